import { setTimeout as wait } from 'node:timers/promises';

/** The time. Everything that depends on it takes a clock, so that tests needn't wait. */
export interface Clock {
  /** Milliseconds since some moment; never set back. */
  now(): number;
  /** Milliseconds since 1970; people and time servers may set it back. */
  date(): number;
  /** Resolves after so many milliseconds, or rejects with an `AbortError` once the signal is aborted. */
  wait(milliseconds: number, options?: WaitOptions): Promise<void>;
}

export interface WaitOptions {
  readonly signal?: AbortSignal;
  /** `false` lets the process end meanwhile. */
  readonly ref?: boolean;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  wait: (milliseconds, options) => wait(milliseconds, undefined, options),
};

/**
 * Does `work`, which must not throw, every so many milliseconds. Doesn't keep the process alive.
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
