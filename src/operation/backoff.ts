/** A failed attempt. */
export interface FailedAttempt {
  /** 1 for the first since the last success. */
  readonly attempt: number;
  /** How long to wait before the next one, in milliseconds. */
  readonly pause: number;
  /** True for attempts 1, 2, 4, 8, …: a long outage takes up a handful of lines in the log. */
  readonly isLogged: boolean;
}

const MAX_PAUSE = 60_000;

/** Paces attempts at something that keeps failing: after 1, 2, 4, … seconds, and finally once a minute. */
export class Backoff {
  #attempts = 0;

  /** Counts a failure. */
  failed(): FailedAttempt {
    this.#attempts++;
    return {
      attempt: this.#attempts,
      pause: Math.min(MAX_PAUSE, 1_000 * 2 ** (this.#attempts - 1)),
      isLogged: Number.isInteger(Math.log2(this.#attempts)),
    };
  }

  /** Starts again from the shortest pause. */
  reset(): void {
    this.#attempts = 0;
  }
}
