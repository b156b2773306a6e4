import { DefaultRestOptions, type RESTOptions } from 'discord.js';
import { UnexpectedResponse } from './failures.ts';

/** Options for a REST client of discord.js that rejects an answer that isn't JSON with an `UnexpectedResponse`. */
export function restOptions(api: string): Pick<RESTOptions, 'api' | 'makeRequest'> {
  return {
    api,
    makeRequest: async (url, init) => {
      const response = await DefaultRestOptions.makeRequest(url, init);
      const type = response.headers.get('content-type');
      if (response.ok && response.status !== 204 && !type?.startsWith('application/json')) {
        await response.text();
        throw new UnexpectedResponse(`${response.status} with ${type ?? 'no content type'}`);
      }
      return response;
    },
  };
}
