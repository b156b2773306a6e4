/** A wish that was not fulfilled in time; the text says what was waited for and what happened instead. */
export class WaitedInVain extends Error {
  override readonly name = 'WaitedInVain';
}

/** How often those who wait look again though nothing happened here, for what happens in the bot; in milliseconds. */
const GLANCE = 10;

/** Tells those who wait for something that the world has changed. */
export class Changes {
  readonly #waiting = new Set<() => void>();

  /** To be called after every change. */
  announce(): void {
    for (const look of [...this.#waiting]) look();
  }

  /**
   * Resolves with the first value other than `undefined` that `look` returns.
   * @param patienceMs after these milliseconds it rejects with `complain()`
   * @throws whatever `look` throws
   */
  until<T>(look: () => T | undefined, patienceMs: number, complain: () => string): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const settle = (end: () => void) => {
      clearTimeout(timer);
      clearInterval(glances);
      this.#waiting.delete(check);
      end();
    };
    const check = () => {
      try {
        const found = look();
        if (found !== undefined) settle(() => resolve(found));
      } catch (error) {
        settle(() => reject(error));
      }
    };
    const timer = setTimeout(() => settle(() => reject(new WaitedInVain(complain()))), patienceMs);
    const glances = setInterval(check, GLANCE);
    this.#waiting.add(check);
    check();
    return promise;
  }
}
