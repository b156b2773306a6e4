import { expect, test } from 'vitest';
import { ttlCache } from '../../src/operation/ttl-cache.ts';
import { FakeClock } from '../fake-clock.ts';

test('what is remembered for a while is there until its time is over, and then nowhere any more', async () => {
  const clock = new FakeClock();
  const remembered = ttlCache<string, number>(1_000, 2, clock);
  remembered.set('a', 1);
  await clock.advance(600);
  remembered.set('b', 2);
  expect([remembered.get('a'), remembered.get('b')]).toEqual([1, 2]);
  await clock.advance(600);
  expect([remembered.get('a'), remembered.get('b')]).toEqual([undefined, 2]);
  await clock.advance(600);
  expect(remembered.get('b')).toBeUndefined();
  expect(clock.waits).toEqual([]);
});

test('what is remembered for a while makes room for more, the oldest first; what is remembered anew counts as new', () => {
  const remembered = ttlCache<string, number>(1_000, 2, new FakeClock());
  for (const key of ['a', 'b', 'a', 'c']) remembered.set(key, 0);
  expect(['a', 'b', 'c'].map((key) => remembered.get(key))).toEqual([0, undefined, 0]);
});

test('however much is remembered, a single timer waits for its end', async () => {
  const clock = new FakeClock();
  const remembered = ttlCache<number, number>(1_000, 2, clock);
  for (const key of Array(100).keys()) {
    remembered.set(key, key);
    await clock.advance(1);
  }
  expect(clock.waits).toHaveLength(1);
  await clock.advance(998);
  expect([98, 99].map((key) => remembered.get(key))).toEqual([undefined, 99]);
  await clock.advance(1);
  expect(remembered.get(99)).toBeUndefined();
  expect(clock.waits).toEqual([]);
  remembered.set(1, 1);
  await clock.advance(1_000);
  expect(remembered.get(1)).toBeUndefined();
});
