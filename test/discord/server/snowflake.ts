/** Discord's epoch: the first second of 2015, in Unix milliseconds. */
const EPOCH = 1_420_070_400_000;

/** Makes Discord ids: unique, and in the order of the moments at which they were made. */
export class Snowflakes {
  #millisecond = 0;
  #increment = 0;

  /** The next id, never the same and never smaller than one before. */
  next(): string {
    const now = Date.now();
    if (now > this.#millisecond) {
      this.#millisecond = now;
      this.#increment = 0;
    } else if (++this.#increment > 0xfff) {
      this.#millisecond += 1;
      this.#increment = 0;
    }
    return this.#current;
  }

  /** The next id of a server that this shard is told of, of so many: the millisecond decides that. */
  nextOf(shard: number, count: number): string {
    this.#millisecond = Math.max(this.#millisecond + 1, Date.now());
    while (this.#millisecond % count !== (shard + EPOCH) % count) this.#millisecond += 1;
    this.#increment = 0;
    return this.#current;
  }

  get #current(): string {
    return ((BigInt(this.#millisecond - EPOCH) << 22n) | BigInt(this.#increment)).toString();
  }
}

/** When an id was made, in Unix milliseconds. */
export function timeOf(snowflake: string): number {
  return Number(BigInt(snowflake) >> 22n) + EPOCH;
}

/** Whether one id is younger than another. */
export function isAfter(id: string, other: string): boolean {
  return BigInt(id) > BigInt(other);
}
