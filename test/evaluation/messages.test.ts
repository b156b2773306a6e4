import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Answerer } from '../../src/answering/answerer.ts';
import { type EvaluationMessage, readMessages } from '../../src/evaluation/read.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { wordsOfMessage } from '../../src/matching/text.ts';

const messages = readMessages(fileURLToPath(new URL('messages.jsonl', import.meta.url)));
const { knowledge } = loadKnowledge(fileURLToPath(new URL('../../knowledge', import.meta.url)));
if (!knowledge) throw new Error('The shipped knowledge has errors: npm run knowledge shows them.');
const answerer = new Answerer(knowledge, 'de');

const ofKind = (kind: EvaluationMessage['kind']) => messages.filter((message) => message.kind === kind);

describe('the evaluation set', () => {
  test('has at least 150 messages, and every topic at least five times', () => {
    expect(messages.length).toBeGreaterThanOrEqual(150);
    for (const { id } of knowledge.topics) {
      expect(messages.filter(({ topics }) => topics.includes(id)).length, id).toBeGreaterThanOrEqual(5);
    }
  });

  test('measures: none of its messages is learned from', () => {
    const said = (text: string) =>
      wordsOfMessage(text)
        .map(({ folded }) => folded)
        .join(' ');
    const learned = new Set(
      [
        ...knowledge.topics.flatMap(({ de, en }) => [de.title, ...de.phrasings, en.title, ...en.phrasings]),
        ...knowledge.elsewhere.de,
        ...knowledge.elsewhere.en,
      ].map(said),
    );
    expect(messages.filter(({ text }) => learned.has(said(text)))).toEqual([]);
  });
});

describe('overhearing', () => {
  test('says just what would be worth saying', () => {
    for (const message of messages) {
      const reply = answerer.reply(message);
      expect(answerer.overhear(message), message.text).toEqual(reply.interject ? reply : undefined);
    }
  });
});

describe('on the evaluation set, the bot', () => {
  const share = (of: readonly EvaluationMessage[], hit: (message: EvaluationMessage) => boolean) =>
    of.filter(hit).length / of.length;
  const isRight = (message: EvaluationMessage) => {
    const reply = answerer.reply(message);
    return reply.outcome === 'answer' && message.topics.includes(reply.topic);
  };
  const isOffered = (message: EvaluationMessage) => {
    const reply = answerer.reply(message);
    return reply.outcome === 'suggest' && reply.suggestions.some(({ topic }) => message.topics.includes(topic));
  };

  test('answers at least 92 % right, offers or answers 97 % right, and answers at most 2 % wrong', () => {
    const asked = ofKind('ask');
    expect(share(asked, isRight)).toBeGreaterThanOrEqual(0.92);
    expect(share(asked, (message) => isRight(message) || isOffered(message))).toBeGreaterThanOrEqual(0.97);
    const isWrong = (message: EvaluationMessage) => answerer.reply(message).outcome === 'answer' && !isRight(message);
    expect(share(asked, isWrong)).toBeLessThanOrEqual(0.02);
  });

  test('answers at most 5 % of what is off topic', () => {
    expect(share(ofKind('offtopic'), (message) => answerer.reply(message).outcome === 'answer')).toBeLessThanOrEqual(
      0.05,
    );
  });

  test('never interrupts chatter, and helps at least 85 % of those who ask the channel', () => {
    expect(ofKind('chatter').filter((message) => answerer.reply(message).interject)).toEqual([]);
    const helps = (message: EvaluationMessage) => answerer.reply(message).interject && isRight(message);
    expect(share(ofKind('overheard'), helps)).toBeGreaterThanOrEqual(0.85);
  });

  test('replies in the language of the message', () => {
    const told = messages.filter(({ lang, kind }) => lang !== 'mixed' && kind !== 'chatter');
    expect(told.filter((message) => answerer.reply(message).language !== message.lang)).toEqual([]);
  });

  test('is right about as often as it says', () => {
    const judged = [...ofKind('ask'), ...ofKind('offtopic'), ...ofKind('overheard')].map(({ text, topics }) => {
      const [first] = answerer.understand({ text }).match.topics;
      return { confidence: first?.confidence ?? 0, right: first !== undefined && topics.includes(first.id) };
    });
    const said = judged.reduce((sum, { confidence }) => sum + confidence, 0) / judged.length;
    const was = judged.filter(({ right }) => right).length / judged.length;
    expect(Math.abs(said - was)).toBeLessThan(0.05);
  });
});
