import { describe, expect, test } from 'vitest';
import { tokensOf } from '../../src/engine/text.ts';
import { OTHER, UNKNOWN, Vocabulary } from '../../src/engine/vocabulary.ts';

const WORDS = 'was kostet handy gebuehren finger abdruck zahlung dienst startet scanner laden offen bei der an in';

const vocabulary = new Vocabulary(WORDS.split(' '), {
  names: [
    { name: 'Mega Zahl', variants: ['mz', 'Zahl von Mega'], role: 'subject' },
    { name: 'Mega', variants: ['Mäga'], role: 'mentioned' },
    { name: 'Giga Pay', variants: ['GigaPay', 'gp'], role: 'other' },
  ],
  spellings: [{ variant: 'zoin', standard: 'zahlen' }],
  synonyms: [
    ['kostet', 'berappen', 'geld hinlegen'],
    ['kostet', 'gebühren'],
    ['Mega Zahl', 'der dienst'],
  ],
});

const wordsOf = (message: string) => vocabulary.read(tokensOf(message));
/** Each word, and what it is read as. */
const readings = (message: string) =>
  wordsOf(message).map(
    ({ typed, name, terms }) =>
      `${typed}: ${terms.map(({ kind, term }) => `${kind} ${term}`).join(', ')}${name ? ` (${name})` : ''}`,
  );
/** The terms of the first word, without its main one. */
const besides = (message: string) =>
  wordsOf(message)[0]
    ?.terms.slice(1)
    .map(({ kind, term }) => `${kind} ${term}`);

describe('the words of a message are read', () => {
  test.for<[how: string, message: string, readings: string[]]>([
    ['as they are known', 'Handy', ['Handy: known handy']],
    ['in their standard spelling', 'zoin', ['zoin: spelling zahlen']],
    ['as unknown', 'qwertzuiop', [`qwertzuiop: unknown qwertzuiop, unknown ${UNKNOWN}`]],
    ['as the name that several form', 'Mega Zahl', ['Mega Zahl: name mega zahl, synonym =mega zahl (subject)']],
    ['as a name written in one', 'megazahl', ['megazahl: name mega zahl, synonym =mega zahl (subject)']],
    ['as another way of writing a name', 'MZ', ['MZ: name mega zahl, synonym =mega zahl (subject)']],
    [
      'as the longest name',
      'mega zahl von mega',
      ['mega zahl: name mega zahl, synonym =mega zahl (subject)', 'von: known von', 'mega: name mega (mentioned)'],
    ],
    [
      'as a longer name by another spelling of a part',
      'mäga zahl',
      ['mäga zahl: name mega zahl, synonym =mega zahl (subject)'],
    ],
    ['as another thing, which is like all others', 'gp', [`gp: name giga pay, synonym ${OTHER} (other)`]],
    ['with their synonyms', 'berappen', ['berappen: known berappen, synonym =kostet']],
  ])('%s', ([, message, expected]) => {
    expect(readings(message)).toEqual(expected);
  });

  test('as each group of synonyms that they are in, once', () => {
    expect(besides('gebühren')).toEqual(['synonym =kostet']);
    expect(besides('kostet')).toEqual(['synonym =kostet']);
  });

  test('as an expression where it begins', () => {
    expect(besides('geld hinlegen')).toEqual(['synonym =kostet']);
    expect(besides('geld')).toEqual([]);
    expect(besides('der dienst')).toEqual(['synonym =mega zahl']);
  });

  test.for<[kind: string, message: string, parts: string[]]>([
    ['of two known words', 'fingerabdruck', ['compound finger', 'compound abdruck']],
    ['with a joining s', 'zahlungsdienst', ['compound zahlung', 'compound dienst']],
    ['of short words, which are in too many', 'anin', []],
  ])('as compounds: %s', ([, message, parts]) => {
    expect(besides(message)?.filter((term) => term.startsWith('compound'))).toEqual(parts);
  });

  test('as one word that was typed as two', () => {
    const split = new Vocabulary(['fingerabdruck', 'finger', 'abdruck'], { names: [], spellings: [], synonyms: [] });
    const [first] = split.read(tokensOf('finger abdruck'));
    expect(first?.terms.map(({ term }) => term)).toEqual(['finger', 'fingerabdruck']);
  });
});

describe('a mistyped word', () => {
  const [typo] = wordsOf('gebueren');

  test('is read as what it resembles, and to some extent as unknown', () => {
    expect(typo?.terms).toContainEqual(expect.objectContaining({ kind: 'typo', term: 'gebuehren' }));
    expect(typo?.terms).toContainEqual(expect.objectContaining({ kind: 'unknown', term: UNKNOWN }));
    expect(typo?.terms.every(({ weight }) => weight > 0 && weight < 1)).toBe(true);
  });

  test('counts less, the less similar it is', () => {
    const weight = (typed: string) => wordsOf(typed)[0]?.terms.find(({ kind }) => kind === 'typo')?.weight ?? 0;
    expect(weight('gebuehrenn')).toBeGreaterThan(weight('gebüren'));
    expect(weight('gebüren')).toBeGreaterThan(0);
  });

  test('can be a name', () => {
    expect(wordsOf('megazhal')[0]).toMatchObject({ name: 'subject' });
    expect(wordsOf('megazhal')[0]?.terms[0]).toMatchObject({ term: 'mega zahl', kind: 'name' });
  });

  test('is looked up only among the first unknown words of a message', () => {
    const noise = Array.from({ length: 8 }, (_, index) => `${'qwx'.repeat(2)}${'abcdefgh'[index]}`).join(' ');
    const kindsOf = (message: string) => wordsOf(message).map(({ terms: [{ kind }] }) => kind);
    expect(kindsOf(`gebueren ${noise}`)[0]).toBe('typo');
    expect(kindsOf(`${noise} gebueren`).at(-1)).toBe('unknown');
    const lookups = { left: 1 };
    const first = vocabulary.read(tokensOf('gebueren'), lookups);
    const next = vocabulary.read(tokensOf('gebueren'), lookups);
    expect([first[0]?.terms[0].kind, next[0]?.terms[0].kind]).toEqual(['typo', 'unknown']);
  });
});

test('a vocabulary knows the words that it learned, in each of their spellings, and no typos', () => {
  const knows = (...words: string[]) =>
    words.map((word) =>
      ['known', 'spelling', 'name'].includes(vocabulary.read(tokensOf(word))[0]?.terms[0].kind ?? ''),
    );
  expect(knows('handy', 'zoin', 'zahlen', 'megazahl', 'berappen')).toEqual([true, true, true, true, true]);
  expect(knows('hnady', 'qwertz')).toEqual([false, false]);
});
