import { describe, expect, test } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { changedReplies } from '../../src/evaluation/judge.ts';
import { type EvaluationMessage, phrasingMessages } from '../../src/evaluation/sets.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { talkativeBakery as before, talkativeKnowledge } from '../engine/talkative-bakery.ts';

const MARKET = 'was ist mit dem markt';

/** The bakery without one topic, and with a phrasing more in another. */
const changed: Knowledge = {
  ...talkativeKnowledge,
  topics: talkativeKnowledge.topics
    .filter(({ id }) => id !== 'greeting')
    .map((topic) =>
      topic.id === 'hours' ? { ...topic, de: { ...topic.de, phrasings: [...topic.de.phrasings, MARKET] } } : topic,
    ),
};
const after = new Engine(changed, 'de');

const message = (text: string, kind: EvaluationMessage['kind'], ...topics: string[]): EvaluationMessage => ({
  text,
  lang: 'de',
  kind,
  topics,
});
const changes = (...messages: EvaluationMessage[]) => changedReplies(messages, before, after);

describe('changed replies', () => {
  test('are none where nothing has changed', () => {
    expect(changedReplies(phrasingMessages(talkativeKnowledge), before, before)).toEqual([]);
  });

  test('come with what was expected, what was replied and what is replied now', () => {
    expect(changes(message(MARKET, 'ask', 'hours'))).toEqual([
      {
        text: MARKET,
        context: { trigger: 'addressed', previous: [], language: 'de' },
        expected: ['hours'],
        before: { kind: expect.not.stringMatching('answer'), topics: expect.any(Array) },
        after: { kind: 'answer', topics: ['hours'] },
        verdict: 'better',
      },
    ]);
  });

  test('come with the worse ones first, and those that were and are wrong last', () => {
    const verdicts = changes(
      message(MARKET, 'ask', 'bread'),
      message(MARKET, 'ask', 'hours'),
      message(MARKET, 'offtopic'),
      message('was kostet das brot', 'ask', 'bread'),
    ).map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['worse', 'better', 'other']);
  });

  test('of overheard messages are what is said unprompted', () => {
    expect(changes(message(MARKET, 'chatter'), message(MARKET, 'overheard', 'hours'))).toEqual([]);
  });
});
