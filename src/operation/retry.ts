import { ExpectedError } from '../knowledge/expected-error.ts';
import type { Clock } from './clock.ts';

/** How long to wait after so many failed attempts, in milliseconds: 1, 2, 4, … seconds, at most a minute. */
export const pauseAfter = (attempts: number): number => Math.min(60_000, 1_000 * 2 ** (attempts - 1));

/** Is this the first, second, fourth, eighth, …? A failure that keeps happening is logged only then. */
export const isPowerOfTwo = (nth: number): boolean => Number.isInteger(Math.log2(nth));

interface RetryOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called at the first, second, fourth, eighth, … failure. */
  failed(error: unknown, next: { readonly attempt: number; readonly retryInSeconds: number }): void;
}

/**
 * Repeats `work` until it succeeds. Rejects with an `ExpectedError` that isn't temporary and, once the signal is aborted,
 * with the latest error.
 */
export async function retry<T>(work: () => Promise<T>, { clock, signal, failed }: RetryOptions): Promise<T> {
  signal.throwIfAborted();
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || (error instanceof ExpectedError && !error.isTemporary)) throw error;
      const pause = pauseAfter(attempt);
      if (isPowerOfTwo(attempt)) failed(error, { attempt, retryInSeconds: pause / 1_000 });
      await clock.wait(pause, { signal }).catch(() => {
        throw error;
      });
    }
  }
}
