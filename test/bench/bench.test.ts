import { describe, expect, test } from 'vitest';
import { type Example, labelsByVote, verdictOf } from './engines/engine.ts';
import { recombined } from './growth.ts';
import { asMarkdown, withSection } from './report.ts';
import { answersAt, bestThreshold, isHandled, type Judged } from './threshold.ts';

const judged = (topics: string[], likeliest: string, confidence: number): Judged => ({
  topics,
  verdict: { likeliest, confidence },
});

describe('the best threshold', () => {
  test('lies between questions in scope and out of scope if that is possible', () => {
    const questions = [judged(['a'], 'a', 0.9), judged(['b'], 'b', 0.6), judged([], 'a', 0.4)];
    expect(bestThreshold(questions)).toBeCloseTo(0.5);
    expect(bestThreshold(questions.toReversed())).toBeCloseTo(0.5);
  });

  test('answers everything if nothing is out of scope', () => {
    expect(bestThreshold([judged(['a'], 'a', 0.9), judged(['b'], 'a', 0.1)])).toBe(0);
  });

  test('does not separate questions of the same confidence', () => {
    const questions = [judged(['a'], 'a', 0.5), judged([], 'a', 0.5), judged([], 'a', 0.5)];
    expect(bestThreshold(questions)).toBe(Number.POSITIVE_INFINITY);
  });
});

test('a message that is more likely out of scope is not answered at any threshold', () => {
  const verdict = verdictOf([
    { label: 'oos', score: 0.5 },
    { label: 'a', score: 0.4 },
  ]);
  expect(verdict.likeliest).toBe('a');
  expect(answersAt(0, verdict)).toEqual([]);
});

test('an engine with gates of its own answers by them, whatever the threshold', () => {
  expect(answersAt(0.9, { likeliest: 'a', confidence: 0.1, answers: ['a', 'b'] })).toEqual(['a', 'b']);
  expect(isHandled(['a', 'b'], ['b'])).toBe(true);
});

test('the hits of a search vote on the label by their scores', () => {
  const hits = [
    { label: 'a', score: 3 },
    { label: 'b', score: 2 },
    { label: 'b', score: 2 },
  ];
  expect(labelsByVote(hits)[0]).toEqual({ label: 'b', score: 4 / 7 });
});

test('recombined examples are the real ones first, then sequences of words of the same topic', () => {
  const real: Example[] = [
    { text: 'when does it start', label: 'start' },
    { text: 'when will it come', label: 'start' },
    { text: 'what does it cost', label: 'cost' },
  ];
  const all = recombined(100, real);
  expect(new Set(all.slice(0, 3))).toEqual(new Set(real));
  expect(recombined(100, real)).toEqual(all);
  for (const { text, label } of all) {
    const words = real.filter((example) => example.label === label).flatMap((example) => example.text.split(' '));
    expect(words).toEqual(expect.arrayContaining(text.split(' ')));
  }
});

test('a table replaces the section of its name and keeps its columns', () => {
  const document = 'a\n<!-- bench:x -->\nold\n<!-- /bench:x -->\nb';
  expect(withSection(document, 'x', 'new')).toBe('a\n<!-- bench:x -->\n\nnew\n\n<!-- /bench:x -->\nb');
  expect(withSection(document, 'y', 'new')).toBeUndefined();
  expect(asMarkdown({ title: 't', columns: ['name', 'figure'], rows: [['a', '1']] })).toMatch(/\| -+ \| -+: \|/);
});
