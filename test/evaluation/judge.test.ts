import { describe, expect, test } from 'vitest';
import { judge } from '../../src/evaluation/judge.ts';
import type { EvaluationMessage } from '../../src/evaluation/sets.ts';
import { talkativeBakery } from '../engine/talkative-bakery.ts';

const BREAD = 'was kostet das brot';
const BOTH = 'Was kostet das Brot und wann macht ihr auf?';
const TO_THE_CHANNEL = 'Weiß jemand, was ein Laib beim Huber kostet?';
const WEATHER = 'wie wird das wetter';

const judged = (kind: EvaluationMessage['kind'], text: string, topics: readonly string[], after?: string[]) =>
  judge({ text, lang: 'de', kind, topics: [...topics], ...(after ? { after } : {}) }, talkativeBakery);

describe('a message is judged', () => {
  test.for<[kind: EvaluationMessage['kind'], text: string, topics: string[], isRight: boolean, why: string]>([
    ['ask', BREAD, ['bread'], true, 'its topic is answered'],
    ['ask', BREAD, ['hours', 'bread'], true, 'one of its topics is answered'],
    ['ask', BREAD, ['hours'], false, 'another topic is answered'],
    ['ask', WEATHER, ['bread'], false, 'it is not answered'],
    ['two', BOTH, ['bread', 'hours'], true, 'both are answered'],
    ['two', BREAD, ['bread', 'hours'], false, 'only one is answered'],
    ['offtopic', WEATHER, [], true, 'it is not answered'],
    ['offtopic', BREAD, [], false, 'it is answered'],
    ['reaction', 'danke', [], true, 'it is acknowledged'],
    ['reaction', WEATHER, [], false, 'it is told that there is no answer'],
    ['chatter', BREAD, [], true, 'it is left alone'],
    ['chatter', TO_THE_CHANNEL, [], false, 'it is answered'],
    ['overheard', TO_THE_CHANNEL, ['bread'], true, 'it is answered'],
    ['overheard', TO_THE_CHANNEL, ['hours'], false, 'another topic is answered'],
    ['overheard', BREAD, ['bread'], false, 'it is left alone'],
  ])('as %s: %j about %j is right: %s, since %s', ([kind, text, topics, isRight]) => {
    expect(judged(kind, text, topics).isRight).toBe(isRight);
  });

  test('after what the same member asked before', () => {
    const judgedAfter = (...texts: string[]) => judged('follow-up', 'im winter auch?', ['bread'], texts);
    expect(judgedAfter(BREAD).isRight).toBe(true);
    expect(judgedAfter('wann macht ihr auf').isRight).toBe(false);
    expect(judgedAfter('wann macht ihr auf', BREAD, 'danke').isRight).toBe(true);
  });

  test('by what is decided about it as it was said: to the bot, or in an open channel', () => {
    const kinds = (['ask', 'chatter'] as const).map((kind) => judged(kind, BREAD, ['bread']).decision.kind);
    expect(kinds).toEqual(['answer', 'silent']);
  });
});
