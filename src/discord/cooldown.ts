import type { Clock } from '../operation/clock.ts';
import { TtlCache } from '../operation/ttl-cache.ts';

const MINUTE = 60_000;
/** With more members or channels at once, the ones limited first are let off. */
const MAX_KEYS = 20_000;

/** Limits how often a member or channel is answered per minute. */
export class Cooldown {
  readonly #perMinute: number;
  readonly #clock: Clock;
  readonly #uses: TtlCache<string, readonly number[]>;

  /** @param perMinute 0 for no limit */
  constructor(perMinute: number, clock: Clock) {
    this.#perMinute = perMinute;
    this.#clock = clock;
    this.#uses = new TtlCache(MINUTE, MAX_KEYS, clock);
  }

  /** The milliseconds until the next use is allowed, 0 if it is now. */
  wait(key: string): number {
    const uses = this.#usesOf(key);
    const [oldest] = uses;
    return oldest !== undefined && uses.length >= this.#perMinute ? oldest + MINUTE - this.#clock.now() : 0;
  }

  charge(key: string): void {
    if (this.#perMinute > 0) this.#uses.set(key, [...this.#usesOf(key), this.#clock.now()]);
  }

  #usesOf(key: string): readonly number[] {
    const since = this.#clock.now() - MINUTE;
    return (this.#uses.get(key) ?? []).filter((at) => at > since);
  }
}
