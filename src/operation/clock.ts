import { setTimeout as wait } from 'node:timers/promises';

/** The time, and waiting for it. Whatever of the bot depends on time takes one, so that a test need not wait. */
export interface Clock {
  /** Milliseconds since some moment, from a clock that nobody sets. */
  now(): number;
  /** Milliseconds since 1970, from the clock that people and time servers set. */
  date(): number;
  /**
   * Resolves after so many milliseconds; rejects with an `AbortError` when the signal comes before.
   *
   * @param options with `ref: false`, waiting does not keep the process alive
   */
  wait(milliseconds: number, options?: WaitOptions): Promise<void>;
}

export interface WaitOptions {
  readonly signal?: AbortSignal;
  readonly ref?: boolean;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  wait: (milliseconds, options) => wait(milliseconds, undefined, options),
};

/**
 * Does something again and again, first after so many milliseconds. Keeps no process alive.
 *
 * @returns a function that ends it
 */
export function every(milliseconds: number, clock: Clock, work: () => void): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const repeat = async () => {
    for (;;) {
      await clock.wait(milliseconds, { signal, ref: false });
      work();
    }
  };
  repeat().catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return () => ending.abort();
}
