import { createHmac, randomBytes } from 'node:crypto';

/** So many members who use a word make it one that tells nothing about any of them. */
const MIN_MEMBERS = 3;
/** The words that nobody has used for longest are forgotten first. */
const MAX_WORDS = 10_000;

/**
 * Counts in memory how many members have used a word since the bot started. Neither words nor members are kept, only hashes of both under
 * a key that nobody has and that dies with the process.
 */
export class WordUse {
  readonly #key = randomBytes(32);
  readonly #most: number;
  /** By word, those who used it. */
  readonly #members = new Map<string, Set<string>>();

  /** @param most how many words are remembered */
  constructor(most = MAX_WORDS) {
    this.#most = most;
  }

  /**
   * Counts a use of a word.
   *
   * @param member id of the member who used it
   * @returns whether at least three members have used it
   */
  count(word: string, member: string): boolean {
    const hashed = this.#hash(word);
    const members = this.#members.get(hashed) ?? new Set();
    this.#members.delete(hashed);
    this.#members.set(hashed, members);
    if (members.size < MIN_MEMBERS) members.add(this.#hash(`${word} ${member}`));
    const [oldest] = this.#members.keys();
    if (this.#members.size > this.#most && oldest !== undefined) this.#members.delete(oldest);
    return members.size >= MIN_MEMBERS;
  }

  #hash(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64').slice(0, 16);
  }
}
