import type { TimerOptions } from 'node:timers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../src/operation/clock.ts';

interface Wait {
  readonly due: number;
  readonly end: () => void;
}

/** A clock that stands still until a test lets time pass. */
export class FakeClock implements Clock {
  #now = 0;
  readonly #startedAt: number;
  readonly #waits = new Set<Wait>();

  /** @param date where it stands at first, like 2026-11-23 */
  constructor(date = '2026-11-23') {
    this.#startedAt = Date.parse(date);
  }

  now(): number {
    return this.#now;
  }

  date(): number {
    return this.#startedAt + this.#now;
  }

  wait(milliseconds: number, { signal }: TimerOptions = {}): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const giveUp = () => {
      this.#waits.delete(wait);
      reject(signal?.reason);
    };
    const wait = {
      due: this.#now + milliseconds,
      end: () => {
        this.#waits.delete(wait);
        signal?.removeEventListener('abort', giveUp);
        resolve();
      },
    };
    if (signal?.aborted) return Promise.reject(signal.reason);
    signal?.addEventListener('abort', giveUp, { once: true });
    this.#waits.add(wait);
    return promise;
  }

  /** What is waited for, in milliseconds from now, the next first. */
  get waits(): number[] {
    return [...this.#waits].map(({ due }) => due - this.#now).sort((a, b) => a - b);
  }

  /** Lets time pass: whoever waits goes on in order, and may wait again meanwhile. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = [...this.#waits].sort((a, b) => a.due - b.due);
      if (!next || next.due > end) break;
      this.#now = Math.max(this.#now, next.due);
      next.end();
      await nextTurn();
    }
    this.#now = end;
  }
}
