import { expect, test } from 'vitest';
import { ExpectedError } from '../../src/knowledge/expected-error.ts';
import { retry } from '../../src/operation/retry.ts';
import { FakeClock } from '../fake-clock.ts';

class Away extends ExpectedError {
  override readonly isTemporary = true;
}

/** Retries work that fails with the error of each attempt, and succeeds after the last one. */
function retried(errors: readonly Error[]) {
  const [clock, ending, attempts] = [new FakeClock(), new AbortController(), [] as number[]];
  const left = [...errors];
  const work = async () => {
    const error = left.shift();
    if (error) throw error;
    return 'done';
  };
  const failed = (_: unknown, { attempt }: { readonly attempt: number }) => void attempts.push(attempt);
  const result = retry(work, { clock, signal: ending.signal, failed });
  // Otherwise, a rejection that nobody awaits yet would fail the test.
  result.catch(() => {});
  return { clock, ending, attempts, left, result };
}

test('what fails is repeated ever less often until it succeeds, and told of at the 1st, 2nd, 4th, … failure', async () => {
  const { clock, attempts, result } = retried([
    new Error('a bug'),
    ...Array.from({ length: 8 }, () => new Away('away')),
  ]);
  for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60, 60]) {
    await expect.poll(() => clock.waits).toEqual([seconds * 1_000]);
    await clock.advance(seconds * 1_000);
  }
  expect(await result).toBe('done');
  expect(attempts).toEqual([1, 2, 4, 8]);
});

test('what somebody has to fix first is not repeated', async () => {
  const { result, left } = retried([new ExpectedError('Fix it.'), new Error('not reached')]);
  await expect(result).rejects.toThrow('Fix it.');
  expect(left).toHaveLength(1);
});

test('once it is ended, it rejects with the latest error', async () => {
  const { clock, ending, result } = retried([new Away('away'), new Away('still away'), new Error('not reached')]);
  await expect.poll(() => clock.waits).toEqual([1_000]);
  await clock.advance(1_000);
  await expect.poll(() => clock.waits).toEqual([2_000]);
  ending.abort();
  await expect(result).rejects.toThrow('still away');
});
