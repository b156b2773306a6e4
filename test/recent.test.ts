import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Recent } from '../src/recent.ts';

describe('what is remembered for a while', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const recent = () => new Recent<string, number>(1_000, 2, () => performance.now());

  test('is there until its time is over, and then nowhere any more', () => {
    const remembered = recent();
    remembered.set('a', 1);
    vi.advanceTimersByTime(600);
    remembered.set('b', 2);
    expect([remembered.get('a'), remembered.get('b'), remembered.size]).toEqual([1, 2, 2]);
    vi.advanceTimersByTime(600);
    expect([remembered.get('a'), remembered.get('b'), remembered.size]).toEqual([undefined, 2, 1]);
    vi.advanceTimersByTime(600);
    expect(remembered.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('makes room for more, the oldest first; what is remembered anew counts as new', () => {
    const remembered = recent();
    for (const key of ['a', 'b', 'a', 'c']) remembered.set(key, 0);
    expect(['a', 'b', 'c'].map((key) => remembered.get(key))).toEqual([0, undefined, 0]);
  });
});
