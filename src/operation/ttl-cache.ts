import type { Clock } from './clock.ts';

/** A map whose entries expire; beyond its capacity, the oldest go first. */
export class TtlCache<K, V> {
  readonly #entries = new Map<K, { readonly value: V; readonly until: number }>();
  readonly #lifetime: number;
  readonly #capacity: number;
  readonly #clock: Clock;
  #isSweeping = false;

  /** @param lifetime in milliseconds */
  constructor(lifetime: number, capacity: number, clock: Clock) {
    this.#lifetime = lifetime;
    this.#capacity = capacity;
    this.#clock = clock;
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.until > this.#clock.now() ? entry.value : undefined;
  }

  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: this.#clock.now() + this.#lifetime });
    this.#forget();
  }

  /** How many entries there are. */
  get size(): number {
    return this.#entries.size;
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  /** The oldest come first, because all live equally long. */
  #forget(): void {
    const now = this.#clock.now();
    for (const [key, { until }] of this.#entries) {
      if (until > now && this.#entries.size <= this.#capacity) break;
      this.#entries.delete(key);
    }
    if (!this.#isSweeping) void this.#sweep();
  }

  /** Entries expire even if none is added. */
  async #sweep(): Promise<void> {
    this.#isSweeping = true;
    for (let [next] = this.#entries.values(); next; [next] = this.#entries.values()) {
      await this.#clock.wait(Math.max(0, next.until - this.#clock.now()), { ref: false });
      this.#forget();
    }
    this.#isSweeping = false;
  }
}
