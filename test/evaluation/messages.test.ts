import { describe, expect, test } from 'vitest';
import { wordsOfMessage } from '../../src/engine/text.ts';
import { readOwnSet } from '../../src/evaluation/own-set.ts';
import type { EvaluationMessage } from '../../src/evaluation/read.ts';
import { isAnsweredRight, isRight } from '../../src/evaluation/right.ts';
import { shippedEngine, shippedKnowledge } from '../shipped-knowledge.ts';

const engine = shippedEngine();
const replied = readOwnSet().map((message) => ({ message, reply: engine.reply(message) }));
type Replied = (typeof replied)[number];

describe('the evaluation set', () => {
  test('has every topic at least five times', () => {
    for (const { id } of shippedKnowledge.topics) {
      const about = replied.filter(({ message }) => message.topics.includes(id));
      expect(about.length, id).toBeGreaterThanOrEqual(5);
    }
  });

  test('measures: none of its messages is learned from', () => {
    const said = (text: string) =>
      wordsOfMessage(text)
        .map(({ folded }) => folded)
        .join(' ');
    const { topics, elsewhere } = shippedKnowledge;
    const learned = new Set(
      [
        ...topics.flatMap(({ de, en }) => [de.title, ...de.phrasings, en.title, ...en.phrasings]),
        ...elsewhere.de,
        ...elsewhere.en,
      ].map(said),
    );
    expect(replied.filter(({ message }) => learned.has(said(message.text)))).toEqual([]);
  });
});

test('overhearing says just what would be worth saying', () => {
  for (const { message, reply } of replied) {
    expect(engine.overhear(message), message.text).toEqual(reply.interject ? reply : undefined);
  }
});

describe('on the evaluation set, the bot', () => {
  const ofKind = (kind: EvaluationMessage['kind']) => replied.filter(({ message }) => message.kind === kind);
  const share = (of: readonly Replied[], hit: (each: Replied) => boolean) => of.filter(hit).length / of.length;
  const right = ({ message, reply }: Replied) => isRight(message, reply);
  const offered = ({ message, reply }: Replied) =>
    reply.outcome === 'suggest' && reply.suggestions.some(({ topic }) => message.topics.includes(topic));
  const wrong = ({ message, reply }: Replied) => reply.outcome === 'answer' && !isAnsweredRight(message, reply);

  test('answers at least 92 % right, offers or answers 97 % right, and answers at most 2 % wrong', () => {
    const asked = ofKind('ask');
    expect(share(asked, right)).toBeGreaterThanOrEqual(0.92);
    expect(share(asked, (each) => right(each) || offered(each))).toBeGreaterThanOrEqual(0.97);
    expect(share(asked, wrong)).toBeLessThanOrEqual(0.02);
  });

  test('leaves at least 95 % of what is off topic unanswered', () => {
    expect(share(ofKind('offtopic'), right)).toBeGreaterThanOrEqual(0.95);
  });

  test('never interrupts chatter, and helps at least 85 % of those who ask the channel', () => {
    expect(ofKind('chatter').filter(({ reply }) => reply.interject)).toEqual([]);
    expect(share(ofKind('overheard'), right)).toBeGreaterThanOrEqual(0.85);
  });

  test('replies in the language of the message', () => {
    const told = replied.filter(({ message: { lang, kind } }) => lang !== 'mixed' && kind !== 'chatter');
    expect(told.filter(({ message, reply }) => reply.language !== message.lang)).toEqual([]);
  });

  test('is right about as often as it says', () => {
    const judged = [...ofKind('ask'), ...ofKind('offtopic'), ...ofKind('overheard')].map(({ message }) => {
      const [first] = engine.understand({ text: message.text }).match.topics;
      return { confidence: first?.confidence ?? 0, right: first !== undefined && message.topics.includes(first.id) };
    });
    const said = judged.reduce((sum, { confidence }) => sum + confidence, 0) / judged.length;
    const was = judged.filter(({ right }) => right).length / judged.length;
    expect(Math.abs(said - was)).toBeLessThan(0.05);
  });
});
