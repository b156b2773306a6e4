import { describe, expect, test } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import type { Part } from '../../src/engine/read.ts';
import { talkativeBakery as engine } from './talkative-bakery.ts';

const textOf = ({ words }: Part) => words.map(({ typed }) => typed).join(' ');
const partsOf = (text: string) => engine.read(text).parts.map(textOf);
const questionsIn = (text: string) =>
  engine.read(text).parts.flatMap((part) => (part.asks ? [[textOf(part), part.scores.topics[0]?.id]] : []));
const likeliest = (text: string) => engine.read(text).scores.topics[0]?.id;
const shareOf = (topic: string, text: string) =>
  engine.read(text).scores.topics.find(({ id }) => id === topic)?.share ?? 0;

describe('a reading', () => {
  const reading = engine.read('<@123> Was kostet das Brod beim Huber?');

  test('has the text as it was typed, and its words without markup', () => {
    expect(reading.text).toBe('<@123> Was kostet das Brod beim Huber?');
    expect(reading.words.map(({ typed }) => typed)).toEqual(['Was', 'kostet', 'das', 'Brod', 'beim Huber']);
  });

  test('shares out its belief among all topics, out of scope and a reaction', () => {
    for (const text of ['was kostet das brot', 'danke', 'wie wird das wetter', '', 'xyzzy']) {
      const { topics, outOfScope, reaction } = engine.read(text).scores;
      const shares = topics.map(({ share }) => share);
      expect(topics.map(({ id }) => id).toSorted()).toEqual(['bread', 'greeting', 'hours']);
      expect(shares).toEqual(shares.toSorted((a, b) => b - a));
      expect([...shares, outOfScope, reaction].reduce((sum, share) => sum + share)).toBeCloseTo(1);
    }
  });

  test.for<[text: string, label: 'outOfScope' | 'reaction']>([
    ['wie wird das wetter heute', 'outOfScope'],
    ['was kostet es beim Sacher', 'outOfScope'],
    ['danke schön', 'reaction'],
    ['all right, thank you', 'reaction'],
  ])('of %j believes most in its %s', ([text, label]) => {
    const { topics, ...others } = engine.read(text).scores;
    expect(others[label]).toBeGreaterThan(topics[0]?.share ?? 1);
  });

  test('tells whom the message is for', () => {
    const audience = (text: string) => Object.entries(engine.read(text).audience).toSorted(([, a], [, b]) => b - a)[0];
    expect(audience('Weiß jemand, was die Semmeln beim Huber kosten?')?.[0]).toBe('channel');
    expect(audience('@lena warst du gestern beim Huber?')?.[0]).toBe('someone');
    expect(audience('Die Semmeln beim Huber waren gestern alle')?.[0]).toBe('nobody');
    expect(Object.values(reading.audience).reduce((sum, share) => sum + share)).toBeCloseTo(1);
  });

  test.for<[text: string, language: string]>([
    ['in German, please', 'de'],
    ['auf Englisch bitte', 'en'],
    ['kannst du das auf englisch sagen?', 'en'],
    ['the German version, please', 'de'],
    ['in german plz', 'de'],
    ['German pls', 'de'],
    ['english bitte', 'en'],
    ['in German, thanks', 'de'],
    ['in english thx', 'en'],
    ['in english instead', 'en'],
    ['and when in German shops', 'en'],
    ['und wann in english shops', 'de'],
    ['gibt es das Brot beim Huber auf Englisch?', 'de'],
    ['my English teacher wants to know when you open on Sundays', 'en'],
  ])('is in the language that %j asks for, or is written in: %s', ([text, language]) => {
    expect(engine.read(text).language).toBe(language);
  });

  test.for<[text: string, isForeign: boolean]>([
    ['combien coûte votre pain complet', true],
    ['ile kosztuje u was ten chleb', true],
    ['パン は いくら です か', true],
    ['Сколько стоит Huber', true],
    ['面包多少钱', true],
    ['Huber? ¯\\_(ツ)_/¯', false],
    ['Brotpreis, Winterbrot, Filmwetter', false],
    ['brot qwertz', false],
    ['quanto costa', false],
    ['was kostet das qwertz', false],
    ['', false],
  ])('tells whether %j is in a language that the bot does not speak: %s', ([text, isForeign]) => {
    const { knowledge, trained } = engine;
    const more = Array.from({ length: 1_000 }, (_, number) => `word${number}`);
    const wordy = new Engine(knowledge, 'de', { ...trained, words: [...trained.words, ...more] });
    expect(wordy.read(text).isForeign).toBe(isForeign);
    // A small knowledge hardly knows the languages that the bot speaks.
    expect(engine.read(text).isForeign).toBe(false);
  });

  test('looks only the first unknown words of a message up, whatever sentences they are in', () => {
    const noise = 'qwxqwa. qwxqwb. qwxqwc. qwxqwd! qwxqwe? qwxqwf, qwxqwg: qwxqwh.';
    const kinds = (text: string) => engine.read(text).words.map(({ terms: [{ kind }] }) => kind);
    expect(kinds(`roggenbort. ${noise}`)[0]).toBe('typo');
    expect(kinds(`${noise} roggenbort`).at(-1)).toBe('unknown');
  });
});

describe('a message is taken apart', () => {
  test.for<[text: string, parts: string[]]>([
    ['Ich war dort. Was kostet das Brot?', ['Ich war dort', 'Was kostet das Brot']],
    ['Was kostet das Brot und wann macht ihr auf?', ['Was kostet das Brot', 'und wann macht ihr auf']],
    ['Leute, was kostet das Brot, das dunkle?', ['Leute', 'was kostet das Brot das dunkle']],
    ['', []],
  ])('into sentences, and where a question is added: %j', ([text, parts]) => {
    expect(partsOf(text)).toEqual(parts);
  });

  test('into parts with topics of their own, of which some ask', () => {
    expect(questionsIn('Ich war dort. Was kostet das Brot? Danke. und wann macht ihr auf')).toEqual([
      ['Was kostet das Brot', 'bread'],
      ['und wann macht ihr auf', 'hours'],
    ]);
  });

  test.for<[text: string, questions: (string | undefined)[][]]>([
    ['Hallo, wann macht ihr auf?', [['wann macht ihr auf', 'hours']]],
    ['Brot: wann macht ihr auf?', [['wann macht ihr auf', 'hours']]],
    [
      'Verkauft ihr Brot und wann macht ihr auf?',
      [
        ['Verkauft ihr Brot', 'bread'],
        ['und wann macht ihr auf', 'hours'],
      ],
    ],
    ['Brot?', [['Brot', 'bread']]],
  ])(
    'and of %j, what stands before a question asks nothing, unless the question is added to it',
    ([text, questions]) => {
      expect(questionsIn(text)).toEqual(questions);
    },
  );

  test('and what the member says they do not ask is left out', () => {
    const dismissing = 'I know what the bread costs. I want to know when you open.';
    expect(partsOf(dismissing)).toEqual(['I want to know when you open']);
    expect(shareOf('hours', dismissing)).toBe(shareOf('hours', 'I want to know when you open.'));
  });

  test('and a sentence that asks counts more than one that tells', () => {
    const story = 'Ich war gestern schon da und es war offen.';
    expect(likeliest(`${story} Wie teuer ist ein Laib?`)).toBe('bread');
    const [mark, word, neither] = ['ein Laib teuer?', 'wie ein Laib teuer', 'ein Laib teuer'].map((asking) =>
      shareOf('bread', `${story} ${asking}`),
    );
    expect(mark).toBeGreaterThan(neither ?? 1);
    expect(word).toBeGreaterThan(neither ?? 1);
  });
});

describe('greetings and thanks', () => {
  test.for<[message: string, parts: string[]]>([
    ['Hallo! Was kostet das Brot? Danke!', ['Was kostet das Brot']],
    ['was kostet das brot? alles klar.', ['was kostet das brot']],
    ['hello there, what does bread cost', ['what does bread cost']],
  ])('are left out of %j, which clearly asks something else', ([message, parts]) => {
    expect(partsOf(message)).toEqual(parts);
  });

  test.for(['Hallo! Danke!', 'Hallo. qwertz?', 'danke'])('are not left out of %j', (message) => {
    expect(partsOf(message).join(' ')).toBe(message.replace(/[!.?]/g, ''));
  });

  test('count as something that is said after the question', () => {
    expect(engine.read('was kostet das brot?').endsWithQuestion).toBe(true);
    expect(engine.read('was kostet das brot? danke').endsWithQuestion).toBe(false);
  });
});
