import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ALTERATIONS, altered } from './engines/alterations.ts';
import type { Example, Ranked } from './engines/engine.ts';
import { labelsOf } from './engines/engine.ts';
import { examplesInNumber } from './growth/recombine.ts';
import { asMarkdown, withSection } from './show.ts';
import { barChart, lineChart } from './svg.ts';
import { type Asked, bestThreshold, judgedAt } from './threshold.ts';

const asked = (topics: readonly string[], ...ranked: Ranked[]): Asked => ({
  text: '',
  topics,
  ranked,
  milliseconds: 1,
});

describe('the best threshold', () => {
  test('lies between what is in scope and what is not, where that can be', () => {
    const questions = [
      asked(['a'], { label: 'a', score: 0.9 }),
      asked(['b'], { label: 'b', score: 0.6 }),
      asked([], { label: 'a', score: 0.4 }),
    ];
    expect(bestThreshold(questions)).toBeCloseTo(0.5);
    expect(bestThreshold(questions.toReversed())).toBeCloseTo(0.5);
  });

  test('is such that everything is answered, where nothing is out of scope', () => {
    expect(bestThreshold([asked(['a'], { label: 'a', score: 0.9 }), asked(['b'], { label: 'a', score: 0.1 })])).toBe(0);
  });

  test('never parts two questions of the same score', () => {
    const questions = [
      asked(['a'], { label: 'a', score: 0.5 }),
      asked([], { label: 'a', score: 0.5 }),
      asked([], { label: 'a', score: 0.5 }),
    ];
    expect(bestThreshold(questions)).toBe(Number.POSITIVE_INFINITY);
  });

  test('leaves unanswered what is likelier out of scope, however sure its first topic is', () => {
    const question = asked([], { label: 'oos', score: 0.5 }, { label: 'a', score: 0.4 });
    expect(judgedAt(0, question)).toMatchObject({ outcome: 'unknown', topic: 'a', confidence: 0.4 });
  });
});

describe('hits of a search', () => {
  const hits = [
    { label: 'a', score: 3 },
    { label: 'b', score: 2 },
    { label: 'b', score: 2 },
  ];

  test('count by the nearest, or by the votes of several', () => {
    expect(labelsOf(hits, 'nearest')[0]).toEqual({ label: 'a', score: 3 });
    expect(labelsOf(hits, { votes: 3 })[0]).toEqual({ label: 'b', score: 4 / 7 });
    expect(labelsOf([], { votes: 3 })).toEqual([]);
  });
});

describe('examples in any number', () => {
  const real: Example[] = [
    { text: 'when does it start', label: 'start', language: 'en' },
    { text: 'when will it come', label: 'start', language: 'en' },
    { text: 'wann kommt es', label: 'start', language: 'de' },
    { text: 'what does it cost', label: 'cost', language: 'en' },
  ];

  test('are real ones as long as there are any, and the same each time', () => {
    expect(examplesInNumber(3, real).every((example) => real.includes(example))).toBe(true);
    expect(examplesInNumber(50, real)).toEqual(examplesInNumber(50, real));
    expect(new Set(examplesInNumber(50, real).slice(0, 4))).toEqual(new Set(real));
  });

  test('have no word that their topic does not have in their language', () => {
    for (const { text, label, language } of examplesInNumber(200, real)) {
      const own = real.filter((example) => example.label === label && example.language === language);
      const words = new Set(own.flatMap((example) => example.text.split(' ')));
      expect(text).not.toBe('');
      expect(text.split(' ').filter((word) => !words.has(word))).toEqual([]);
    }
  });
});

describe('what is taken away from the bot', () => {
  test.each(Object.entries(ALTERATIONS))('%s: the line is there, once', (_, alteration) => {
    const source = readFileSync(alteration.file, 'utf8');
    expect(altered(source, alteration)).toContain(alteration.instead);
  });

  test('is not forgotten when the line has changed', () => {
    expect(() => altered('const PAIR = 0.9;', ALTERATIONS['without word pairs'])).toThrow(/features\.ts should have/);
  });
});

describe('a plot', () => {
  test('shows names as they are, whatever they contain', () => {
    const svg = barChart('A & B', ['<i>'], [{ name: '"x"', values: [0.5] }]);
    expect(svg).toContain('A &#38; B');
    expect(svg).not.toMatch(/<i>|"x"|& /);
  });

  test('leaves out what was not measured', () => {
    const axes = { x: 'size', y: 'time', label: String };
    expect(barChart('', ['a'], [{ name: 'x', values: [null] }])).not.toContain('NaN');
    expect(
      lineChart('', axes, [
        {
          name: 'x',
          points: [
            [500, 1],
            [2_000, 0],
          ],
        },
      ]),
    ).not.toMatch(/NaN|Infinity/);
  });
});

describe('a table', () => {
  test('stands in the document where its name says, and nowhere else', () => {
    const document = 'a\n<!-- bench:x -->\nold\n<!-- /bench:x -->\nb';
    expect(withSection(document, 'x', 'new')).toBe('a\n<!-- bench:x -->\nnew\n<!-- /bench:x -->\nb');
    expect(withSection(document, 'y', 'new')).toBeUndefined();
  });

  test('keeps its columns, whatever a cell contains', () => {
    const table = { title: 't', columns: ['name', 'figure'], rows: [['a|b', '1']] };
    expect(asMarkdown(table)).toContain('| a\\|b | 1 |');
    expect(asMarkdown(table)).toContain('| --- | ---: |');
  });
});
