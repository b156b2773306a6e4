import { describe, expect, test } from 'vitest';
import { Engine, trainOn } from '../../src/engine/engine.ts';
import { bakeryIn, bakeryKnowledge } from '../bakery.ts';
import { talkativeBakery as engine, talkativeKnowledge } from './talkative-bakery.ts';

const decisionOn = (text: string, context: Parameters<Engine['decide']>[1] = {}) =>
  engine.decide(engine.read(text), context);
const topicsOf = (text: string, context: Parameters<Engine['decide']>[1] = {}) => {
  const decision = decisionOn(text, context);
  return 'topics' in decision ? [decision.kind, ...decision.topics] : [decision.kind];
};

describe('the engine decides', () => {
  test.for<[text: string, decided: string[]]>([
    ['Was kostet denn ein Laib Brot beim Huber?', ['answer', 'bread']],
    ['until when are you open', ['answer', 'hours']],
    ['grüß gott', ['answer', 'greeting']],
    ['<@123> **how much** is the `bread`? :eyes:', ['answer', 'bread']],
    ['Was kostet das Brot und wann macht ihr auf?', ['answer', 'bread', 'hours']],
    ['Ich war gestern in der Stadt. Danach beim Huber. Wie teuer ist ein Laib?', ['answer', 'bread']],
    ['ich weiß, was das brot kostet. wann macht ihr auf?', ['answer', 'hours']],
    ['danke sehr', ['acknowledge']],
    ['xyzzy', ['unknown']],
    ['asdf qwer yxcv', ['unknown']],
    ['wie wird das wetter', ['unknown']],
    ['🙃', ['acknowledge']],
  ])('on %j: %j', ([text, decided]) => {
    expect(topicsOf(text)).toEqual(decided);
  });

  test('not to speak up unless the channel is asked about the subject', () => {
    const overheard = { trigger: 'overheard' } as const;
    expect(topicsOf('Weiß jemand, was ein Laib beim Huber kostet?', overheard)).toEqual(['answer', 'bread']);
    expect(topicsOf('Warst du gestern beim Huber?', overheard)).toEqual(['silent']);
    expect(topicsOf('Das Brot beim Huber war gestern alle', overheard)).toEqual(['silent']);
  });

  test('in the conversation', () => {
    expect(topicsOf('im winter auch?', { previous: ['bread'] })).toEqual(['answer', 'bread']);
    expect(topicsOf('im winter auch?', { previous: ['hours'] })).toEqual(['answer', 'hours']);
  });

  test.for(['bread', 'hours'])('that what is out of scope is so after an answer on %s, too', (previous) => {
    expect(topicsOf('wie wird das wetter morgen', { previous: [previous] })).toEqual(['unknown']);
  });

  test('a long message the same after an answer as by itself', () => {
    const readingOf = (times: number) => engine.read(`und wie teuer ${'ist das wirklich '.repeat(times)}`);
    expect(engine.scores(readingOf(5), ['hours'])).not.toEqual(engine.scores(readingOf(5)));
    expect(engine.scores(readingOf(6), ['hours'])).toEqual(engine.scores(readingOf(6)));
  });

  test('the same by itself as after an answer, without follow-ups to learn from', () => {
    const bakery = bakeryIn('de');
    const reading = bakery.read('was kostet das brot');
    expect(bakery.decide(reading, { previous: ['hours'] })).toEqual(bakery.decide(reading));
  });

  test('in the language of the text, or of the conversation, or its own', () => {
    expect(decisionOn('how much is the bread', { language: 'de' }).language).toBe('en');
    expect(decisionOn('Huber?', { language: 'en' }).language).toBe('en');
    expect(decisionOn('Huber?').language).toBe('de');
    expect(bakeryIn('en').decide(bakeryIn('en').read('Huber?')).language).toBe('en');
  });
});

describe('the context of a message', () => {
  test.for<[what: string, after: string[], context: object]>([
    ['is empty at the beginning', [], { previous: [], language: 'de' }],
    [
      'has the topic and the language of the answer',
      ['how much is the bread'],
      { previous: ['bread'], language: 'en' },
    ],
    [
      'has those of the last answer',
      ['how much is the bread', 'wann macht ihr auf'],
      { previous: ['hours'], language: 'de' },
    ],
    [
      'has both topics of two answers',
      ['Was kostet das Brot und wann macht ihr auf?'],
      { previous: ['bread', 'hours'], language: 'de' },
    ],
    [
      'keeps the topic where nothing was answered',
      ['how much is the bread', 'thanks', 'xyzzy'],
      { previous: ['bread'], language: 'en' },
    ],
    [
      'goes on from a follow-up',
      ['wann macht ihr auf', 'und wie teuer', 'im winter auch'],
      { previous: ['bread'], language: 'de' },
    ],
  ])('%s', ([, after, context]) => {
    expect(engine.contextAfter(after)).toEqual(context);
  });
});

describe('what was learned', () => {
  test('is the same for the same knowledge', () => {
    expect(trainOn(structuredClone(bakeryKnowledge))).toEqual(trainOn(bakeryKnowledge));
  });

  test('makes the same engine after a copy to another thread', () => {
    const copy = new Engine(talkativeKnowledge, 'de', structuredClone(trainOn(talkativeKnowledge)));
    for (const text of ['Was kostet das Brod beim Huber?', 'im winter auch', 'danke']) {
      expect(copy.read(text)).toEqual(engine.read(text));
      expect(copy.scores(copy.read(text), ['bread'])).toEqual(engine.scores(engine.read(text), ['bread']));
    }
  });

  test('of a knowledge without topics leaves every message without an answer', () => {
    const empty = new Engine({ ...bakeryKnowledge, topics: [] }, 'de');
    expect(empty.decide(empty.read('Bäckerei Huber'))).toMatchObject({ kind: 'unknown' });
    expect(empty.decide(empty.read('Bäckerei Huber'), { trigger: 'overheard' })).toMatchObject({ kind: 'silent' });
  });
});

test('the engine answers on topics that were chosen, in the language asked for', () => {
  expect(engine.answer(['hours'], 'en')).toMatchObject({ kind: 'answer', topics: [{ id: 'hours' }], language: 'en' });
  expect(() => engine.answer(['no-such-topic'], 'de')).toThrow(RangeError);
  expect(engine.subject).toBe('Bäckerei Huber');
});

test.for([
  ['4,000 characters', 'kostet das brot '.repeat(250)],
  ['10,000 repeated characters', 'b'.repeat(10_000)],
  ['a thousand rare words', Array.from({ length: 1_000 }, (_, index) => `qz${index.toString(36)}xv`).join(' ')],
  ['markup without end', '`<@:'.repeat(1_000)],
  ['opening quotation marks', '„'.repeat(4_000)],
] as const)('the engine copes with %s', ([, text]) => {
  const { confidence = 0 } = { confidence: 0, ...decisionOn(text) };
  expect(confidence).toBeGreaterThanOrEqual(0);
  expect(confidence).toBeLessThanOrEqual(1);
});
