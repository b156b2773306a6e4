import { describe, expect, test } from 'vitest';
import { buildMatcher, type Lessons } from '../../src/matching/matcher.ts';

const lessons: Lessons = {
  topics: [
    {
      id: 'fees',
      phrasings: [
        'was kostet das',
        'gebühren',
        'wie teuer ist der dienst',
        'what does it cost',
        'any fees',
        'is it free',
      ],
    },
    {
      id: 'phone',
      phrasings: [
        'welches handy brauche ich',
        'braucht man einen fingerabdruckscanner',
        'which phone do i need',
        'nfc chip needed',
        'geht das mit meinem handy',
      ],
    },
    {
      id: 'start',
      phrasings: ['wann geht es los', 'startdatum', 'wann startet der dienst', 'when does it start', 'release date'],
    },
  ],
  elsewhere: ['wie wird das wetter', 'wer hat gestern gewonnen', 'what is for dinner', 'who won the match'],
  words: {
    names: [{ name: 'Mega Zahl', variants: ['mz', 'megazahl'], subject: true }],
    spellings: [{ variant: 'zoin', standard: 'zahlen' }],
    synonyms: [['kostet', 'zahlen', 'berappen']],
  },
};
const matcher = buildMatcher(lessons);
const first = (message: string) => matcher.match(message).topics[0]?.id;
const readings = (message: string) =>
  matcher
    .match(message)
    .words.map(({ typed, readings }) => `${typed}: ${readings.map(({ kind, term }) => `${kind} ${term}`).join(', ')}`);

describe('matching', () => {
  test.each([
    ['Was kostet Mega Zahl?', 'fees'],
    ['GEBUEHREN???', 'fees'],
    ['gebüren', 'fees'],
    ['muss ich da was berappen', 'fees'],
    ['finger abdruck scanner nötig?', 'phone'],
    ['fingerabdruck-scanner', 'phone'],
    ['handys', 'phone'],
    ['wan started der dienst', 'start'],
    ['relaese date pls', 'start'],
  ])('takes %j to be about %s', (message, topic) => {
    expect(first(message)).toBe(topic);
  });

  test('knows what is none of its business', () => {
    const { elsewhere, topics } = matcher.match('wer hat gestern das match gewonnen');
    expect(elsewhere).toBeGreaterThan(topics[0]?.confidence ?? 1);
  });

  test('says what each word was taken for', () => {
    expect(readings('mega zahl')).toEqual(['mega zahl: name mega zahl']);
    expect(readings('mz zoin')).toEqual(['mz: name mega zahl', 'zoin: spelling zahlen, synonym =kostet']);
    expect(readings('gebueren')).toEqual(['gebueren: typo gebuehren']);
    expect(readings('qwertzuiop')).toEqual(['qwertzuiop: unknown qwertzuiop']);
  });

  test('says what each word gave: together the lead of the first topic', () => {
    const match = matcher.match('was kostet das handy');
    const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
    expect(match.contributions('fees')).toHaveLength(4);
    expect(sum(match.contributions('fees'))).toBeGreaterThan(sum(match.contributions('start')));
    expect(match.contributions('fees')[1]).toBeGreaterThan(match.contributions('phone')[1] ?? 0);
  });

  test('shares out its belief', () => {
    const { topics, elsewhere } = matcher.match('gebühren');
    expect(topics.reduce((sum, { confidence }) => sum + confidence, elsewhere)).toBeCloseTo(1);
  });

  test('learns the same from the same lessons', () => {
    expect(buildMatcher(lessons).match('was kostet das handy').topics).toEqual(
      matcher.match('was kostet das handy').topics,
    );
  });

  test.each([
    ['4,000 characters', 'kostet das etwas '.repeat(240)],
    ['10,000 repeated characters', 'g'.repeat(10_000)],
    ['a thousand rare words', Array.from({ length: 1_000 }, (_, i) => `qz${i.toString(36)}xv`).join(' ')],
    ['markup without end', `${'`<@:'.repeat(1_000)}`],
    ['nothing', ''],
  ])('copes with %s', (_, message) => {
    expect(matcher.match(message).topics).toHaveLength(3);
  });

  test.each(['hallo', 'Mega Zahl'])('of a subject without topics says nothing to %j', (message) => {
    expect(buildMatcher({ ...lessons, topics: [], elsewhere: [] }).match(message).topics).toEqual([]);
  });
});
