import { describe, expect, test } from 'vitest';
import type { Decision } from '../../src/engine/decide.ts';
import { confidenceInterval, figuresOf } from '../../src/evaluation/figures.ts';
import type { Judged } from '../../src/evaluation/judge.ts';
import type { EvaluationMessage } from '../../src/evaluation/sets.ts';

// Newcombe 1998, Two-sided confidence intervals for the single proportion, table I, method 3.
test.for<[hits: number, of: number, from: number, to: number]>([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
  [29, 29, 1 - 0.117, 1],
  [0, 0, 0, 1],
])('the confidence interval of %i in %i is %f to %f', ([hits, of, from, to]) => {
  const [low, high] = confidenceInterval({ hits, of });
  expect(low).toBeCloseTo(from, 3);
  expect(high).toBeCloseTo(to, 3);
});

const decided = { reasons: [], language: 'de', confidence: 0.9 } as const;
const ANSWER: Decision = { ...decided, kind: 'answer', topics: ['bread'], alsoLikely: [] };
const OFFER: Decision = { ...decided, kind: 'offer', topics: ['hours', 'bread'] };
const UNKNOWN: Decision = { ...decided, kind: 'unknown', isForeign: false };

function judged(
  kind: EvaluationMessage['kind'],
  decision: Decision,
  isRight: boolean,
  more: Partial<EvaluationMessage> = {},
): Judged {
  const message: EvaluationMessage = { text: '', lang: 'de', kind, topics: ['bread'], ...more };
  const context = { trigger: 'addressed', previous: [], language: 'de' } as const;
  return { message, context, decision, isRight };
}

/** Each figure as "hits/of". */
const shown = (all: readonly Judged[]) =>
  Object.fromEntries(figuresOf(all).map(({ name, hits, of }) => [name.trim(), `${hits}/${of}`]));

describe('the figures', () => {
  test('of questions are how many were answered correctly, answered or offered, and answered wrongly', () => {
    const hard = { style: 'hard' };
    expect(
      shown([
        judged('ask', ANSWER, true),
        judged('ask', ANSWER, true, hard),
        judged('ask', ANSWER, false, hard),
        judged('ask', OFFER, false),
        judged('ask', { ...OFFER, topics: ['hours'] }, false),
        judged('ask', UNKNOWN, false),
      ]),
    ).toEqual({
      'questions: answered correctly': '2/6',
      'questions: answered correctly or offered': '3/6',
      'questions: answered wrongly': '1/6',
      'hard: answered correctly': '1/2',
      'hard: answered wrongly': '1/2',
      'language detected correctly': '6/6',
    });
  });

  test('of two questions tell one answer from both', () => {
    const both = { topics: ['bread', 'hours'] };
    expect(shown([judged('two', ANSWER, true, both), judged('two', ANSWER, false, both)])).toMatchObject({
      'two questions in one: both answered': '1/2',
      'two questions in one: at least one answered': '2/2',
    });
  });

  test('of messages to leave alone are how many were not', () => {
    const none: Partial<EvaluationMessage> = { topics: [], style: 'statements' };
    expect(
      shown([
        judged('offtopic', UNKNOWN, true, none),
        judged('offtopic', ANSWER, false, none),
        judged('chatter', UNKNOWN, true, none),
        judged('chatter', UNKNOWN, false, none),
        judged('chatter', UNKNOWN, true, none),
      ]),
    ).toMatchObject({
      'off-topic: answered': '1/2',
      'statements: answered': '1/2',
      'overheard, statements: answered': '1/3',
    });
  });

  test('of conversations and overheard questions are how many were right', () => {
    expect(
      shown([
        judged('follow-up', ANSWER, true),
        judged('reaction', UNKNOWN, false),
        judged('overheard', UNKNOWN, true),
      ]),
    ).toMatchObject({
      'follow-ups: answered correctly': '1/1',
      'follow-ups: answered wrongly': '0/1',
      'reactions: left alone': '0/1',
      'overheard questions to the channel: helped': '1/1',
    });
  });

  test('of the language leave out mixed messages, chatter and reactions', () => {
    expect(
      shown([
        judged('ask', ANSWER, true, { lang: 'en' }),
        judged('ask', ANSWER, true),
        judged('ask', ANSWER, true, { lang: 'mixed' }),
        judged('chatter', ANSWER, true),
        judged('reaction', ANSWER, true),
      ]),
    ).toMatchObject({ 'language detected correctly': '1/2' });
  });

  test('say of which a low number is good', () => {
    const figures = figuresOf([judged('ask', ANSWER, true), judged('offtopic', ANSWER, false)]);
    expect(figures.filter(({ lowIsGood }) => lowIsGood).map(({ name }) => name)).toEqual([
      'questions: answered wrongly',
      'off-topic: answered',
    ]);
  });

  test('of nothing are none', () => {
    expect(figuresOf([])).toEqual([]);
  });
});
