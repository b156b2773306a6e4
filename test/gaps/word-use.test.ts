import { expect, test } from 'vitest';
import { wordUse } from '../../src/gaps/recorder.ts';

test('a word is in common use from the third member on, however often each of them uses it', () => {
  const uses = wordUse();
  expect(['1', '1', '2', '2', '1'].map((member) => uses('band', member))).toEqual(Array(5).fill(false));
  expect(uses('watch', '3')).toBe(false);
  expect(['3', '1', '4'].map((member) => uses('band', member))).toEqual([true, true, true]);
});

test('words that nobody has used for longest are forgotten first', () => {
  const uses = wordUse();
  for (const member of ['1', '2']) for (const word of ['old', 'used']) uses(word, member);
  for (let word = 0; word < 9_999; word++) uses(`new${word}`, '1');
  expect([uses('used', '3'), uses('old', '3')]).toEqual([true, false]);
});
