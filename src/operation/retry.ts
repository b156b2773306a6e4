import type { Logger } from 'pino';
import { ExpectedError } from '../knowledge/expected-error.ts';
import type { Clock } from './clock.ts';
import { logFailure } from './failures.ts';

/** How long to wait after so many failed attempts, in milliseconds: 1, 2, 4, … seconds, at most a minute. */
export const pauseAfter = (attempts: number): number => Math.min(60_000, 1_000 * 2 ** (attempts - 1));

/** Is this the first, second, fourth, eighth, …? A failure that keeps happening is logged only then. */
export const isPowerOfTwo = (nth: number): boolean => Number.isInteger(Math.log2(nth));

interface RetryOptions {
  readonly log: Logger;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What is attempted, for the log. */
  readonly during: string;
}

/** Repeats `work` until it succeeds. Rejects with an `ExpectedError`, and once the signal is aborted. */
export async function retry<T>(work: () => Promise<T>, { log, clock, signal, during }: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (error instanceof ExpectedError) throw error;
      signal.throwIfAborted();
      const pause = pauseAfter(attempt);
      if (isPowerOfTwo(attempt)) logFailure(log, error, during, { attempt, retryInSeconds: pause / 1_000 });
      await clock.wait(pause, { signal });
    }
  }
}
