import { expect, test } from 'vitest';
import { WordUse } from '../../src/gaps/word-use.ts';

test('a word is in common use from the third member on, however often each of them uses it', () => {
  const uses = new WordUse();
  expect(['1', '1', '2', '2', '1'].map((member) => uses.count('band', member))).toEqual(Array(5).fill(false));
  expect(uses.count('watch', '3')).toBe(false);
  expect(['3', '1', '4'].map((member) => uses.count('band', member))).toEqual([true, true, true]);
});

test('words that nobody has used for longest are forgotten first', () => {
  const uses = new WordUse();
  for (const member of ['1', '2']) for (const word of ['old', 'used']) uses.count(word, member);
  for (let word = 0; word < 9_999; word++) uses.count(`new${word}`, '1');
  expect([uses.count('used', '3'), uses.count('old', '3')]).toEqual([true, false]);
});
