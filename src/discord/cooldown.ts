import type { Clock } from '../operation/clock.ts';
import { TtlCache } from '../operation/ttl-cache.ts';

const MINUTE = 60_000;
/** More members or channels than this at once, and the first are let off. */
const MAX_KEYS = 20_000;

/** So many a minute for each key, a member or a channel. */
export class Cooldown {
  readonly #perMinute: number;
  readonly #clock: Clock;
  readonly #uses: TtlCache<string, number[]>;

  /** @param perMinute 0 for no limit */
  constructor(perMinute: number, clock: Clock) {
    this.#perMinute = perMinute;
    this.#clock = clock;
    this.#uses = new TtlCache(MINUTE, MAX_KEYS, clock);
  }

  /** Counts one use. Returns 0 if it is allowed, or the milliseconds until the next one is. */
  use(key: string): number {
    if (this.#perMinute === 0) return 0;
    const now = this.#clock.now();
    const uses = (this.#uses.get(key) ?? []).filter((at) => at > now - MINUTE);
    const [oldest] = uses;
    if (uses.length >= this.#perMinute && oldest !== undefined) return oldest + MINUTE - now;
    uses.push(now);
    this.#uses.set(key, uses);
    return 0;
  }
}
