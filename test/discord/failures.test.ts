import { pino } from 'pino';
import { expect, test } from 'vitest';
import { logFailure } from '../../src/operation/failures.ts';

const withCode = (code: string) => Object.assign(new Error('no way'), { code });

/** The line with which something is logged. */
function lineOf(error: unknown): string {
  const lines: string[] = [];
  logFailure(pino({ base: null }, { write: (line: string) => void lines.push(line) }), error, 'answering');
  return lines.join('');
}

test.for([
  ['its name leads nowhere', withCode('ENOTFOUND')],
  ['nobody listens', withCode('ECONNREFUSED')],
  ['the line breaks', withCode('ECONNRESET')],
  ['it ends in the middle of an answer', withCode('UND_ERR_SOCKET')],
  ['no answer ever comes', Object.assign(new Error('too late'), { name: 'AbortError' })],
] as const)('a Discord that cannot be reached is no error of the bot: %s', ([, error]) => {
  expect(lineOf(error)).toMatch(/"answering: Discord could not be reached or failed → [^"]+"\}\n$/);
});

test('an error in the bot is logged with its stack trace, and without what else it carries', () => {
  const line = lineOf(Object.assign(new TypeError('x is no function'), { requestBody: 'hunter2' }));
  expect(line).toContain('an error in the bot → please report it');
  expect(line).toContain('failures.test.ts');
  expect(line).not.toContain('hunter2');
});
