import { PassThrough } from 'node:stream';
import { WriteStream } from 'node:tty';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { screenOn } from '../../src/cli/screen.ts';
import { bakeryIn, bakeryKnowledge } from '../bakery.ts';

/** A terminal that is this wide. */
const terminal = (columns: number) => Object.assign(new PassThrough(), { isTTY: true, columns });

function withEnvironment(variables: Readonly<Record<string, string | undefined>>) {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}

const engine = bakeryIn('de');
const reply = engine.answer(['bread', 'hours'], 'de');
const suggestions = bakeryKnowledge.topics.map(({ id, de }) => ({ topic: id, title: de.title }));

describe('a screen', () => {
  test.for([30, 40, 60, 72])('breaks texts and lists between words, as wide as the terminal: %i columns', (columns) => {
    const screen = screenOn(terminal(columns));
    const shown = stripVTControlCharacters(`${screen.reply(reply)}\n${screen.numbered('Themen:', suggestions)}`);
    const longest = Math.max(...shown.split('\n').map((line) => line.length));
    expect(longest).toBeLessThanOrEqual(columns);
    expect(longest).toBeGreaterThan(columns - 15);
  });

  test('follows a terminal that is resized', () => {
    const output = terminal(80);
    const screen = screenOn(output);
    const wide = screen.reply(reply).split('\n').length;
    output.columns = 30;
    expect(screen.reply(reply).split('\n').length).toBeGreaterThan(wide);
  });

  test.for([undefined, 0, 500])('is of a readable width where the terminal says %j', (columns) => {
    const screen = screenOn(Object.assign(new PassThrough(), columns === undefined ? {} : { columns }));
    const lines = screen.wrapped('wort '.repeat(200).trim()).split('\n');
    const longest = Math.max(...lines.map((line) => line.length));
    expect(longest).toBeLessThanOrEqual(100);
    expect(longest).toBeGreaterThan(80);
  });

  test('keeps a word whole that is longer than the terminal is wide', () => {
    expect(screenOn(terminal(20)).wrapped(`siehe ${'x'.repeat(50)} dort`)).toBe(`siehe\n${'x'.repeat(50)}\ndort`);
  });

  test('lines numbers up, and the lines of a title', () => {
    const many = Array.from({ length: 10 }, (_, index) => ({
      topic: `t${index}`,
      title: 'Was ist das denn für eins?',
    }));
    const rows = screenOn(Object.assign(new PassThrough(), { columns: 25 }))
      .numbered('Themen:', many)
      .split('\n');
    expect([rows[1], rows[2], rows.at(-2)]).toEqual([
      '   1  Was ist das denn',
      '      für eins?',
      '  10  Was ist das denn',
    ]);
  });

  test('is coloured where the terminal has colours', () => {
    withEnvironment({ NO_COLOR: undefined, FORCE_COLOR: undefined, NODE_DISABLE_COLORS: undefined });
    const output = Object.assign(terminal(80), { getColorDepth: () => 4 });
    expect(screenOn(output).reply(reply)).toContain('\x1b[1m');
  });

  test.for<[string, Record<string, string>, PassThrough]>([
    [
      'NO_COLOR is set',
      { NO_COLOR: '1' },
      Object.assign(terminal(80), { getColorDepth: () => WriteStream.prototype.getColorDepth() }),
    ],
    ['the terminal has none', {}, Object.assign(terminal(80), { getColorDepth: () => 1 })],
    ['it is a pipe', {}, new PassThrough()],
  ])('has no colours if %s', ([, variables, output]) => {
    withEnvironment({ FORCE_COLOR: undefined, NO_COLOR: undefined, NODE_DISABLE_COLORS: undefined, ...variables });
    expect(screenOn(output).reply(reply)).not.toContain('\x1b');
  });
});
