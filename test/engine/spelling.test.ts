import Fuse from 'fuse.js';
import { describe, expect, test } from 'vitest';
import { spellingIndex } from '../../src/engine/spelling.ts';

const KNOWN =
  'xiaomi unionpay gebuehren sparkasse install phone charge source deutschland handy work wie nie site paste'.split(
    ' ',
  );
const LONG = [...KNOWN.filter((word) => word.length >= 6), 'donaudampfschifffahrtsgesellschaft'];

/** Everything that one slip of the hand makes of a word, after its first letter. */
function slips(word: string): string[] {
  return Array.from({ length: word.length - 1 }, (_, index) => [word.slice(0, index + 1), word.slice(index + 1)])
    .flatMap(([start = '', end = '']) => [start + end.slice(1), `${start}x${end}`, `${start}q${end.slice(1)}`])
    .filter((typed) => typed !== word);
}

describe('an unknown word', () => {
  const index = spellingIndex(KNOWN);

  test.for<[typed: string, word: string]>([
    ['siaomi', 'xiaomi'],
    ['xioami', 'xiaomi'],
    ['unoinpay', 'unionpay'],
    ['gebueren', 'gebuehren'],
    ['sparkase', 'sparkasse'],
    ['instal', 'install'],
    ['phonne', 'phone'],
    ['chagre', 'charge'],
    ['soruce', 'source'],
    ['doitschland', 'deutschland'],
    ['wrok', 'work'],
    ['pste', 'paste'],
  ])('%s means %s', ([typed, word]) => {
    expect(index(typed)[0]?.word).toBe(word);
  });

  test.for(['kartoffel', 'mie', 'zzzzzzzz', 'xi', 'fernseher', ''])('%j means nothing known', (typed) => {
    expect(index(typed)).toEqual([]);
  });

  test('does not mean another word of the same letters, unless two neighbours are swapped', () => {
    expect(spellingIndex(['eigener'])('energie')).toEqual([]);
    expect(spellingIndex(['eigener'])('eigenre')[0]?.word).toBe('eigener');
  });

  test('may have one wrong letter of five, none of four', () => {
    expect(index('phona')[0]?.word).toBe('phone');
    expect(index('wark')).toEqual([]);
  });

  test('of six letters or more is found with one wrong letter, wherever it is', () => {
    const among = spellingIndex(LONG);
    for (const word of LONG) {
      for (const typed of slips(word)) expect(among(typed)[0]?.word, typed).toBe(word);
    }
  });

  test('means what Fuse.js finds among all known words', () => {
    const marked = (word: string) => `^${word}$`;
    const fuse = new Fuse(LONG.map(marked), { ignoreLocation: true, threshold: 0.5 });
    const among = spellingIndex(LONG);
    for (const typed of LONG.flatMap(slips)) {
      expect(among(typed)[0]?.word, typed).toBe(LONG[fuse.search(marked(typed))[0]?.refIndex ?? -1]);
    }
  });

  test('means up to three words that are about as similar, the most similar first', () => {
    const found = spellingIndex(['banken', 'banker', 'banked', 'bankes', 'backen', 'kanonen'])('bankex');
    expect(found).toHaveLength(3);
    const similarities = found.map(({ similarity }) => similarity);
    expect(similarities).toEqual(similarities.toSorted((a, b) => b - a));
    expect(Math.max(...similarities)).toBeLessThan(1);
  });

  test('means the same each time, whatever was looked up before', () => {
    const used = spellingIndex(LONG);
    for (const typed of LONG.flatMap(slips)) used(typed);
    for (const typed of ['siaomi', 'gebueren']) {
      expect(used(typed)).toEqual(spellingIndex(LONG)(typed));
      expect(used(typed)).toEqual(used(typed));
    }
  });
});
