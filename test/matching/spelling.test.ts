import { describe, expect, test } from 'vitest';
import { spellingLookup } from '../../src/matching/spelling.ts';

const known =
  'xiaomi unionpay gebuehren sparkasse install phone charge source deutschland handy work wie nie site paste'.split(
    ' ',
  );

describe('looking up a mistyped word', () => {
  const lookUp = spellingLookup(known);
  const best = (typed: string) => lookUp(typed)[0]?.word;

  test.each([
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
  ])('takes %s for %s', (typed, word) => {
    expect(best(typed)).toBe(word);
  });

  test.each(['kartoffel', 'mie', 'zzzzzzzz', 'xi', 'fernseher'])('takes %s for nothing', (typed) => {
    expect(lookUp(typed)).toEqual([]);
  });

  test('finds a word of six letters or more with one slip of the hand, wherever it is', () => {
    const long = [...known.filter((word) => word.length >= 6), 'donaudampfschifffahrtsgesellschaft'];
    const among = spellingLookup(long);
    for (const word of long) {
      for (let at = 1; at < word.length; at++) {
        const [start, end] = [word.slice(0, at), word.slice(at)];
        for (const typed of [start + end.slice(1), `${start}x${end}`, `${start}ü${end.slice(1)}`]) {
          if (typed !== word) expect(among(typed)[0]?.word, typed).toBe(word);
        }
      }
    }
  });

  test('likes the nearer word more', () => {
    const [first, second] = spellingLookup(['banken', 'banker', 'backen'])('bankn');
    expect(first?.similarity).toBeGreaterThanOrEqual(second?.similarity ?? 0);
  });
});
