import { createHmac, randomBytes } from 'node:crypto';

/** So many members who use a word make it one that tells nothing about any of them. */
const MIN_MEMBERS = 3;
/** The least recently used words are forgotten first. */
const MAX_WORDS = 10_000;

/** Counts how many members used a word since the start, by hashes under a key that is only in memory. */
export class WordUse {
  readonly #key = randomBytes(32);
  readonly #members = new Map<string, Set<string>>();

  /** Counts a use of a word, and says whether at least three members have used it. */
  count(word: string, member: string): boolean {
    const hashed = this.#hash(word);
    const members = this.#members.get(hashed) ?? new Set();
    this.#members.delete(hashed);
    this.#members.set(hashed, members);
    if (members.size < MIN_MEMBERS) members.add(this.#hash(`${word} ${member}`));
    const [oldest] = this.#members.keys();
    if (this.#members.size > MAX_WORDS && oldest !== undefined) this.#members.delete(oldest);
    return members.size >= MIN_MEMBERS;
  }

  #hash(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64').slice(0, 16);
  }
}
