import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Answerer } from '../../src/answering/answerer.ts';
import { LANGUAGES } from '../../src/knowledge/knowledge.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';

function answererOf(path: string): Answerer {
  const { knowledge, problems } = loadKnowledge(fileURLToPath(new URL(path, import.meta.url)));
  if (!knowledge) throw new Error(JSON.stringify(problems));
  return new Answerer(knowledge, 'de');
}

const shipped = answererOf('../../knowledge');
const bakery = answererOf('../bakery');

describe('the shipped knowledge', () => {
  test.each([
    ['Wann kommt Xiaomi Pay nach Deutschland?', 'outside-china', 'de'],
    ['Welche Gebühren fallen bei Xiaomi Pay an?', 'fees', 'de'],
    ['who is lei jun', 'lei-jun', 'en'],
    ['wich xaiomi phone is the frist one', 'first-phone', 'en'],
    ['brauch ich nen fingerabdruck scanner dafür', 'requirements', 'de'],
    ['Hallo, wer bist du denn?', 'about-bot', 'de'],
    ['is union pay bigger than visa', 'what-is-unionpay', 'en'],
    ['<@123> **how** did the `test phases` go? :eyes:', 'testing', 'en'],
  ])('answers %j with %s in %s', (text, topic, language) => {
    expect(shipped.reply({ text })).toMatchObject({ outcome: 'answer', topic, language });
  });

  test.each(['Wie backe ich einen Apfelkuchen?', 'who won the world cup in 1990', 'asdf qwer yxcv', '', '🙃'])(
    'does not pretend to have an answer to %j',
    (text) => {
      expect(shipped.reply({ text }).outcome).toBe('unknown');
    },
  );

  test('has both languages and at least 40 phrasings in each for every topic, and a status but for small talk', () => {
    for (const topic of shipped.knowledge.topics) {
      for (const language of LANGUAGES) expect(topic[language].phrasings.length, topic.id).toBeGreaterThanOrEqual(40);
      expect(topic.status !== undefined, topic.id).toBe(!topic.smallTalk);
    }
    expect(shipped.knowledge.topics).toHaveLength(25);
  });

  test('says in the answer itself how sure the article is', () => {
    const words = {
      rumour: { de: /Gerücht/, en: /rumour/ },
      opinion: { de: /Autor/, en: /author/ },
      'not-stated': { de: /Artikel (?:nicht|nichts)|nicht im Artikel/, en: /article (?:says nothing|does not)/ },
      reported: { de: /Artikel/, en: /article/ },
    };
    for (const topic of shipped.knowledge.topics) {
      for (const language of LANGUAGES) {
        if (topic.status) expect(topic[language].answer, topic.id).toMatch(words[topic.status][language]);
      }
    }
  });
});

describe('an answer', () => {
  test('carries its topic, status, passages, source and what to ask next', () => {
    expect(shipped.reply({ text: 'which phone is the first with xiaomi pay' })).toMatchObject({
      topic: 'first-phone',
      status: 'rumour',
      source: 'Source: KKJ',
      note: expect.stringContaining('undated'),
      passages: [expect.stringContaining('das kommende Xiaomi Max')],
      related: [{ topic: 'requirements', title: 'What does a phone need for Xiaomi Pay?' }, {}, {}],
    });
    expect(shipped.reply({ text: 'welches handy kann xiaomi pay als erstes' })).toMatchObject({
      source: 'Quelle: KKJ',
    });
  });

  test('comes in the language of the locale, or else the default, where the text has none', () => {
    expect(shipped.reply({ text: 'Xiaomi Pay?', locale: 'en' }).language).toBe('en');
    expect(shipped.reply({ text: 'Xiaomi Pay?' }).language).toBe('de');
    expect(shipped.reply({ text: 'Was ist Xiaomi Pay?', locale: 'en' }).language).toBe('de');
  });

  test('on a topic that is not there is refused', () => {
    expect(() => shipped.answerOn('no-such-topic', 'de')).toThrow(RangeError);
  });
});

describe('a story around a question', () => {
  const story =
    'My neighbour bought a new television last week, then his cat knocked it over, and now he wants a lift to town again.';

  test('is answered by its question, where as a whole it says nothing clear', () => {
    const text = `${story} Anyway, which shops take it?`;
    expect(shipped.understand({ text }).sentence).toBe('Anyway, which shops take it?');
    expect(shipped.reply({ text })).toMatchObject({ outcome: 'answer', topic: 'shops' });
  });

  test('is answered where it names the subject in one sentence and asks in another', () => {
    const text = `${story} He talks of Xiaomi Pay all day. Which shops take it?`;
    expect(shipped.reply({ text })).toMatchObject({ topic: 'shops', interject: true });
  });

  test('is answered by a question of few words that names the subject', () => {
    const text = 'Ich war gestern bei meiner Oma und wir haben Kuchen gegessen. Was kostet Xiaomi Pay? Danke euch.';
    expect(shipped.reply({ text })).toMatchObject({ outcome: 'answer', topic: 'fees' });
  });

  test('is answered by its question, where that is far surer than the whole', () => {
    const text = 'ok so my mi 4c died yesterday. rip. when is xiaomi pay actually coming out. need a phone asap';
    expect(shipped.reply({ text })).toMatchObject({ outcome: 'answer', topic: 'launch-date' });
  });

  test('keeps the offer of both where it asks two things', () => {
    expect(shipped.reply({ text: 'Was kostet Xiaomi Pay? Wann startet Xiaomi Pay?' })).toMatchObject({
      outcome: 'suggest',
      suggestions: [{ topic: 'fees' }, { topic: 'launch-date' }],
    });
  });

  test('is left unanswered where its question means nothing alone', () => {
    expect(shipped.reply({ text: `${story} Is that so?` }).outcome).not.toBe('answer');
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

describe('another folder of knowledge', () => {
  test.each([
    ['Was kostet denn ein Laib Brot beim Huber?', 'bread', 'de'],
    ['until when are you open', 'hours', 'en'],
    ['grüß gott', 'greeting', 'de'],
  ])('answers %j with %s', (text, topic, language) => {
    expect(bakery.reply({ text })).toMatchObject({ outcome: 'answer', topic, language });
  });

  test('names its own subject and source', () => {
    expect(bakery.reply({ text: 'was kostet das brot' })).toMatchObject({ source: 'Quelle: Dorfblatt' });
    expect(bakery.reply({ text: 'xyzzy' }).text).toContain('Bäckerei Huber');
  });
});
