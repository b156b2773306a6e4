import { DiscordAPIError, HTTPError } from 'discord.js';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { logFailure, UnexpectedResponse } from '../../src/operation/failures.ts';

const withCode = (code: string) => Object.assign(new Error('no way'), { code });

/** The line with which something is logged. */
function lineOf(error: unknown): string {
  const lines: string[] = [];
  logFailure(pino({ base: null }, { write: (line: string) => void lines.push(line) }), error, 'answering');
  return lines.join('');
}

/** What Discord answers to a request that it refuses. */
const refusal = (code: number, errors?: object) =>
  new DiscordAPIError(
    { code, message: 'no', ...(errors && { errors }) } as DiscordAPIError['rawError'],
    code,
    400,
    'POST',
    'https://discord.com/api/v10/channels/123456789012345678/messages',
    { files: undefined, body: { content: 'hunter2' } },
  );

test.for([
  ['its name is unknown', withCode('ENOTFOUND')],
  ['nobody listens', withCode('ECONNREFUSED')],
  ['the connection breaks', withCode('ECONNRESET')],
  ['it ends in the middle of an answer', withCode('UND_ERR_SOCKET')],
  ['it never answers', Object.assign(new Error('too late'), { name: 'AbortError' })],
  ['it fails', new HTTPError(503, 'Service Unavailable', 'GET', 'https://discord.com', { files: undefined, body: {} })],
] as const)('a Discord that can’t be reached is no bug of the bot: %s', ([, error]) => {
  expect(lineOf(error)).toMatch(/"answering: Discord could not be reached or failed → [^"]+"\}\n$/);
});

test.for<readonly [string, Error, RegExp]>([
  [
    'a failed system call',
    withCode('EMFILE'),
    /"answering: no way → check the disk, the files and the network of this/,
  ],
  [
    'a login page',
    new UnexpectedResponse('200 with text/html'),
    /Discord’s API answered 200 with text\/html → check that DIS/,
  ],
  [
    'too many sessions',
    new Error('Not enough sessions remaining; resets at noon'),
    /resets at noon → wait until then, and see/,
  ],
  ['AutoMod', refusal(200000), /"answering: the server’s AutoMod blocked the message → a moderator can exempt/],
  ['an archived thread', refusal(50083), /"answering: the thread is archived → nothing to do/],
])('%s is named, and what to do', ([, error, line]) => {
  expect(lineOf(error)).toMatch(line);
  expect(lineOf(error)).not.toMatch(/error in the bot|could not be reached|stack/);
});

test('what Discord refuses is logged with the rejected fields, without their content', () => {
  const line = lineOf(
    refusal(50035, {
      content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 2000 or fewer in length.' }] },
      components: { 0: { label: { _errors: [{ code: 'BASE_TYPE_REQUIRED', message: 'hunter2' }] } } },
    }),
  );
  expect(line).toContain(
    'Discord refused content (BASE_TYPE_MAX_LENGTH), components.0.label (BASE_TYPE_REQUIRED) (POST /api/v10/channels/:id/messages)',
  );
  expect(line).not.toContain('hunter2');
});

test('a bug of the bot is logged with its stack trace, and without other properties', () => {
  const line = lineOf(Object.assign(new TypeError('x is no function'), { requestBody: 'hunter2' }));
  expect(line).toContain('an error in the bot → please report it');
  expect(line).toContain('failures.test.ts');
  expect(line).not.toContain('hunter2');
});
