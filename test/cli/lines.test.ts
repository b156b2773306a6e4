import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { linesOf } from '../../src/cli/ask.ts';

/** The lines of a stream that comes in these chunks. */
async function linesIn(chunks: readonly Uint8Array[]): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of linesOf(Readable.from(chunks))) lines.push(line);
  return lines;
}

describe('the lines of a stream', () => {
  const CASES: readonly (readonly [name: string, input: string, lines: readonly string[]])[] = [
    ['none of no input', '', []],
    ['several, in order', 'a\nb\na\n', ['a', 'b', 'a']],
    ['empty ones too', '\n  \na\n\n', ['', '  ', 'a', '']],
    ['without the ends of Windows', 'a\r\n\r\nb\r\n', ['a', '', 'b']],
    ['the last one where it does not end', 'a\nb', ['a', 'b']],
    ['without a byte order mark', '\uFEFFa\nb\n', ['a', 'b']],
    ['with a lone carriage return inside', 'a\rb\nc\n', ['a\rb', 'c']],
    ['with line separators inside', 'a\u2028b\u2029c\u0085d\ne\n', ['a\u2028b\u2029c\u0085d', 'e']],
    ['with emoji and other scripts', 'grüß 🥨\nхлеб パン\n', ['grüß 🥨', 'хлеб パン']],
  ];

  test.for(CASES)('are %s, also where the bytes come one by one', async ([, input, lines]) => {
    const bytes = Buffer.from(input);
    expect(await linesIn([bytes])).toEqual(lines);
    expect(await linesIn(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(lines);
  });

  test.for<[name: string, bytes: string, lines: readonly string[]]>([
    ['in the middle', 'a\xFF\xFEb\nc', ['a\uFFFD\uFFFDb', 'c']],
    ['at the end', 'a\n\xC3', ['a', '\uFFFD']],
  ])('have a replacement character for what is not UTF-8 %s', async ([, bytes, lines]) => {
    expect(await linesIn([Buffer.from(bytes, 'latin1')])).toEqual(lines);
  });
});
