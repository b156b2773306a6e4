import { describe, expect, test } from 'vitest';
import { Engine } from '../../src/answering/engine.ts';
import { sourceLine } from '../../src/engine/replies.ts';
import { TEXTS } from '../../src/engine/texts.ts';
import { LANGUAGES } from '../../src/knowledge/knowledge.ts';
import { bakeryIn, bakeryKnowledge, bakeryTopic } from '../bakery.ts';
import { shippedAnswerer, shippedKnowledge } from '../shipped-knowledge.ts';

const shipped = shippedAnswerer();
const bakery = bakeryIn('de');

describe('a reply', () => {
  test('is the answer with its topic, status, passages, source and what to ask next', () => {
    expect(bakery.reply({ text: 'how much is the bread' })).toMatchObject({
      outcome: 'answer',
      topic: 'bread',
      status: 'reported',
      text: bakeryTopic('bread', 'en').answer,
      source: TEXTS.en.source('Dorfblatt'),
      passages: bakeryKnowledge.topics.find(({ id }) => id === 'bread')?.passages,
      related: [{ topic: 'hours', title: bakeryTopic('hours', 'en').title }],
    });
  });

  test('says of an article what its editors note', () => {
    const note = { de: 'undatiert', en: 'undated' };
    const noted = { ...bakeryKnowledge, article: { ...bakeryKnowledge.article, note } };
    const answer = new Engine(noted, 'de').answerOn('bread', 'en');
    expect(sourceLine(answer)).toBe(`Source: Dorfblatt · ${TEXTS.en.status.reported} · undated`);
  });

  test.each([
    ['Was kostet denn ein Laib Brot beim Huber?', 'bread', 'de'],
    ['until when are you open', 'hours', 'en'],
    ['grüß gott', 'greeting', 'de'],
    ['<@123> **how much** is the `bread`? :eyes:', 'bread', 'en'],
  ])('to %j is on %s in %s', (text, topic, language) => {
    expect(bakery.reply({ text })).toMatchObject({ outcome: 'answer', topic, language });
  });

  test.each(['xyzzy', 'asdf qwer yxcv', '', '🙃'])('to %j has no answer', (text) => {
    const reply = bakery.reply({ text });
    expect(reply.outcome).toBe('unknown');
    expect(reply.text).toBe(TEXTS[reply.language].unknown('Bäckerei Huber'));
  });

  test('comes in the language of the locale, or else the default, where the text has none', () => {
    expect(bakery.reply({ text: 'Huber?', locale: 'en' }).language).toBe('en');
    expect(bakery.reply({ text: 'Huber?' }).language).toBe('de');
    expect(bakery.reply({ text: 'Was kostet das Brot?', locale: 'en' }).language).toBe('de');
  });

  test('on a topic that is not there is refused', () => {
    expect(() => bakery.answerOn('no-such-topic', 'de')).toThrow(RangeError);
  });
});

test('the answers that ship say themselves how sure the article is', () => {
  const words = {
    rumour: { de: /Gerücht/, en: /rumour/ },
    opinion: { de: /Autor/, en: /author/ },
    'not-stated': { de: /Artikel (?:nicht|nichts)|nicht im Artikel/, en: /article (?:says nothing|does not)/ },
    reported: { de: /Artikel/, en: /article/ },
  };
  for (const topic of shippedKnowledge.topics) {
    for (const language of LANGUAGES) {
      if (topic.status) expect(topic[language].answer, topic.id).toMatch(words[topic.status][language]);
    }
  }
});

// What depends on how sure the bot is shows only with a knowledge of real size.
describe('a story around a question', () => {
  const story =
    'My neighbour bought a new television last week, then his cat knocked it over, and now he wants a lift to town again.';
  /** The topic that answers a text, if one does. */
  const topicFor = (text: string) => {
    const reply = shipped.reply({ text });
    return reply.outcome === 'answer' ? reply.topic : undefined;
  };

  test.each([
    ['as a whole it says nothing clear', `${story} Anyway, which shops take it?`, 'Anyway, which shops take it?'],
    [
      'it names the subject in one sentence and asks in another',
      `${story} He talks of Xiaomi Pay all day. Which shops take it?`,
      'Which shops take Xiaomi Pay?',
    ],
    [
      'the question has few words and names the subject',
      'Ich war gestern bei meiner Oma und wir haben Kuchen gegessen. Was kostet Xiaomi Pay? Danke euch.',
      'Was kostet Xiaomi Pay?',
    ],
    [
      'the question is far surer than the whole',
      'ok so my mi 4c died yesterday. rip. when is xiaomi pay actually coming out. need a phone asap',
      'when is xiaomi pay actually coming out',
    ],
  ])('is answered as the question alone where %s', (_, text, question) => {
    expect(topicFor(text)).toBeDefined();
    expect(topicFor(text)).toBe(topicFor(question));
  });

  test('is worth an interjection where it names the subject in one sentence and asks in another', () => {
    const text = `${story} He talks of Xiaomi Pay all day. Which shops take it?`;
    expect(shipped.reply({ text }).interject).toBe(true);
  });

  test('says which sentence it was taken by', () => {
    const text = `${story} Anyway, which shops take it?`;
    expect(shipped.understand({ text }).sentence).toBe('Anyway, which shops take it?');
  });

  test('keeps the offer of both where it asks two things', () => {
    const questions = ['Was kostet Xiaomi Pay?', 'Wann startet Xiaomi Pay?'];
    expect(shipped.reply({ text: questions.join(' ') })).toMatchObject({
      outcome: 'suggest',
      suggestions: questions.map((question) => ({ topic: topicFor(question) })),
    });
  });

  test('is left unanswered where its question means nothing alone', () => {
    expect(topicFor(`${story} Is that so?`)).toBeUndefined();
  });

  test('is taken as a whole together with what it goes on from', () => {
    const question = { text: `${story} Which shops take it?`, after: 'What does Xiaomi Pay cost?' };
    expect(shipped.understand(question).sentence).toBeUndefined();
  });
});

describe('an overheard message', () => {
  test.each([
    'Leute, weiß wer, was Xiaomi Pay kostet?',
    'anyone here know when mi pay launches',
    'does xiaomipay need a fingerprint scanner',
    'ich frag mich ja wie sicher xiaomi pay ist',
    'ab wann kann ich mit xiaomi pay zahlen',
  ])('is answered when it asks about the subject by name: %j', (text) => {
    expect(shipped.reply({ text }).interject).toBe(true);
  });

  test.each([
    ['names the subject but asks nothing', 'xiaomi pay kommt bestimmt bald nach deutschland'],
    ['looks forward to it', "can't wait for xiaomi pay"],
    ['asks something else in another sentence', 'Xiaomi Pay startet bald. Wie war dein Urlaub?'],
    ['asks for opinions', 'was haltet ihr von xiaomi pay?'],
    ['tells what somebody else asked', '"wann kommt xiaomi pay?" fragt er schon wieder'],
    ['asks without naming the subject', 'wann startet das denn?'],
    ['asks something else of the like', 'Was kostet Google Pay?'],
    ['is a greeting', 'hallo, wer bist du?'],
    ['is chatter', 'lol same'],
  ])('is left alone when it %s', (_, text) => {
    expect(shipped.reply({ text }).interject).toBe(false);
  });
});
