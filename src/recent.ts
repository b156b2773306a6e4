/** Remembers things for a while, and only so many: the oldest are forgotten first. */
export class Recent<K, V> {
  readonly #entries = new Map<K, { readonly value: V; readonly until: number }>();
  readonly #lifetime: number;
  readonly #most: number;
  readonly #now: () => number;
  #sweeping: NodeJS.Timeout | undefined;

  /**
   * @param lifetime in milliseconds
   * @param now the time in milliseconds, from a clock that does not jump
   */
  constructor(lifetime: number, most: number, now: () => number) {
    this.#lifetime = lifetime;
    this.#most = most;
    this.#now = now;
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    return entry && entry.until > this.#now() ? entry.value : undefined;
  }

  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until: this.#now() + this.#lifetime });
    this.#forget();
  }

  /** How many are kept. */
  get size(): number {
    return this.#entries.size;
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  /** The oldest stand first, as all live equally long. */
  #forget(): void {
    const now = this.#now();
    for (const [key, { until }] of this.#entries) {
      if (until > now && this.#entries.size <= this.#most) break;
      this.#entries.delete(key);
    }
    this.#sweeping ??= this.#sweepLater();
  }

  /** What nothing new pushes out is forgotten in time, too. */
  #sweepLater(): NodeJS.Timeout | undefined {
    for (const { until } of this.#entries.values()) {
      return setTimeout(() => {
        this.#sweeping = undefined;
        this.#forget();
      }, until - this.#now()).unref();
    }
    return undefined;
  }
}
