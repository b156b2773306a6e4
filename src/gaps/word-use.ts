import { createHmac, randomBytes } from 'node:crypto';

/** So many members who use a word make it one that tells nothing about any of them. */
const MIN_MEMBERS = 3;
/** The least recently used words are forgotten first. */
const MAX_WORDS = 10_000;

/** Counts how many members used a word since the start, by hashes under a key that is only in memory. */
export function wordUse() {
  const key = randomBytes(32);
  const membersByWord = new Map<string, Set<string>>();
  const hash = (text: string) => createHmac('sha256', key).update(text).digest('base64').slice(0, 16);
  /** Counts a use of a word, and says whether at least three members have used it. */
  return (word: string, member: string): boolean => {
    const hashed = hash(word);
    const members = membersByWord.get(hashed) ?? new Set();
    membersByWord.delete(hashed);
    membersByWord.set(hashed, members);
    if (members.size < MIN_MEMBERS) members.add(hash(`${word} ${member}`));
    const [oldest] = membersByWord.keys();
    if (membersByWord.size > MAX_WORDS && oldest !== undefined) membersByWord.delete(oldest);
    return members.size >= MIN_MEMBERS;
  };
}
