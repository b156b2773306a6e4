import { DefaultRestOptions, type RESTOptions } from 'discord.js';
import { DiscordUnreachable, errorCode, UnexpectedResponse } from './failures.ts';

/**
 * Options for a REST client of discord.js whose failures say where they come from: no answer is `DiscordUnreachable`, an
 * answer that isn't JSON is `UnexpectedResponse`.
 */
export function restOptions(api: string): Pick<RESTOptions, 'api' | 'makeRequest'> {
  return {
    api,
    makeRequest: async (url, init) => {
      const response = await DefaultRestOptions.makeRequest(url, init).catch((error: unknown) => {
        throw error instanceof Error && errorCode(error) !== undefined ? new DiscordUnreachable(error) : error;
      });
      const type = response.headers.get('content-type');
      if (response.ok && response.status !== NO_CONTENT && !type?.startsWith('application/json')) {
        await response.text();
        throw new UnexpectedResponse(`${response.status} with ${type ?? 'no content type'}`);
      }
      return response;
    },
  };
}

const NO_CONTENT = 204;
