import type { TimerOptions } from 'node:timers';
import { setTimeout as wait } from 'node:timers/promises';

/** The time. Everything that depends on it takes a clock, so that tests needn't wait. */
export interface Clock {
  /** Milliseconds since some moment; never set back. */
  now(): number;
  /** Milliseconds since 1970; people and time servers may set it back. */
  date(): number;
  /** As in `node:timers/promises`: rejects if the signal is aborted; with `ref: false`, the process may end first. */
  wait(milliseconds: number, options?: TimerOptions): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  wait: (milliseconds, options) => wait(milliseconds, undefined, options),
};

/** Calls `work`, which must not throw, at this interval until the returned function is called. Keeps no process alive. */
export function every(milliseconds: number, clock: Clock, work: () => void): () => void {
  const ending = new AbortController();
  const next = () => void clock.wait(milliseconds, { signal: ending.signal, ref: false }).then(again, () => {});
  const again = () => {
    work();
    next();
  };
  next();
  return () => ending.abort();
}
