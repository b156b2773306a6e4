/** Remembers things for a while, and only so many: the oldest are forgotten first. */
export class Recent<K, V> {
  readonly #entries = new Map<K, { readonly value: V; readonly until: number }>();
  readonly #lifetime: number;
  readonly #most: number;
  readonly #now: () => number;

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
    if (this.#entries.size >= this.#most) {
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest);
        break;
      }
    }
    this.#entries.set(key, { value, until: this.#now() + this.#lifetime });
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }
}
