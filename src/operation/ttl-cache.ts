import type { Clock } from './clock.ts';

/** A map whose entries expire; beyond its capacity, the oldest go first. */
export class TtlCache<K, V> {
  readonly #entries = new Map<K, { readonly value: V }>();
  readonly #lifetime: number;
  readonly #capacity: number;
  readonly #clock: Clock;

  /** @param lifetime in milliseconds */
  constructor(lifetime: number, capacity: number, clock: Clock) {
    this.#lifetime = lifetime;
    this.#capacity = capacity;
    this.#clock = clock;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key)?.value;
  }

  set(key: K, value: V): void {
    const entry = { value };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#capacity && oldest !== undefined) this.#entries.delete(oldest);
    void this.#clock.wait(this.#lifetime, { ref: false }).then(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    });
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }
}
