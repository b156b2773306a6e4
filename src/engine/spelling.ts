import Fuse from 'fuse.js';

/** A known word that a typed one can mean, and how similar they are (0 to 1). */
export interface Spelling {
  readonly word: string;
  readonly similarity: number;
}

/** Shorter words are too easily mistaken for one another: "nie", "wie", "die". */
const MIN_LENGTH = 4;
/** About two wrong letters, and one in a word of five; one changed letter of four makes another word. */
const minSimilarity = (length: number) => (length < 6 ? 0.78 : Math.max(0.65, 1 - 2.5 / length));
/** Readings this close to the best one stay in play. */
const TOLERANCE = 0.08;
const MAX_READINGS = 3;
/** How many words of similar letters Fuse.js searches. */
const MAX_CANDIDATES = 40;
const MAX_LENGTH_DIFFERENCE = 2;
const CACHE_SIZE = 4_096;

/** Two swapped letters are one slip that Fuse.js counts as two errors: such words are this similar. */
const SWAPPED = 0.85;

/**
 * Fuse.js looks for the typed word anywhere *in* a known one and rates it by the share of letters that differ.
 * `minSimilarity` decides, so Fuse.js's own threshold only has to be generous.
 */
const FUSE_OPTIONS = {
  includeScore: true,
  ignoreLocation: true,
  ignoreFieldNorm: true,
  shouldSort: false,
  threshold: 0.5,
};

/** Finds the known words, all folded, that a mistyped one can mean: the most similar first. */
export function spellingIndex(known: Iterable<string>): (typed: string) => readonly Spelling[] {
  const words = [...known].filter(({ length }) => length >= MIN_LENGTH);
  /** The words, by their place, that have a letter pair and a length: "ab7". */
  const places = new Map<string, number[]>();
  const cache = new Map<string, readonly Spelling[]>();
  for (const [place, word] of words.entries()) {
    for (const pair of letterPairs(word)) {
      const key = pair + word.length;
      const others = places.get(key);
      if (others) others.push(place);
      else places.set(key, [place]);
    }
  }

  function search(typed: string): Spelling[] {
    const limit = minSimilarity(typed.length);
    const found = similarities(typed, candidates(typed))
      .filter(({ similarity }) => similarity >= limit)
      .sort((a, b) => b.similarity - a.similarity || (a.word < b.word ? -1 : 1));
    const best = found[0]?.similarity ?? 0;
    return found.filter(({ similarity }) => similarity >= best - TOLERANCE).slice(0, MAX_READINGS);
  }

  /** The words of similar length that share most letter pairs; with less than a third in common, none is similar. */
  function candidates(typed: string): string[] {
    const pairs = letterPairs(typed);
    const minShared = Math.ceil(pairs.size / 3);
    const shared = new Uint8Array(words.length);
    const found: number[] = [];
    for (const pair of pairs) {
      for (let difference = -MAX_LENGTH_DIFFERENCE; difference <= MAX_LENGTH_DIFFERENCE; difference++) {
        for (const place of places.get(pair + (typed.length + difference)) ?? []) {
          const count = (shared[place] ?? 0) + 1;
          shared[place] = count;
          if (count === minShared) found.push(place);
        }
      }
    }
    return found
      .map((place) => ({ word: words[place] ?? '', count: shared[place] ?? 0 }))
      .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
      .slice(0, MAX_CANDIDATES)
      .map(({ word }) => word);
  }

  return (typed) => {
    if (typed.length < MIN_LENGTH) return [];
    const cached = cache.get(typed);
    if (cached) return cached;
    if (cache.size >= CACHE_SIZE) cache.clear();
    const found = search(typed);
    cache.set(typed, found);
    return found;
  };
}

/** Pairs of neighbouring letters, both ends marked. Each is sorted, so that two swapped letters share one. */
function letterPairs(word: string): Set<string> {
  const text = marked(word);
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < text.length; at++) pairs.add(pairOf(text.charAt(at), text.charAt(at + 1)));
  return pairs;
}

/** The candidates that Fuse.js finds. Both ends of each word are marked, so that extra letters count as errors, too. */
function similarities(typed: string, candidates: readonly string[]): Spelling[] {
  const fuse = new Fuse(candidates.map(marked), FUSE_OPTIONS);
  return fuse.search(marked(typed)).map(({ refIndex, score = 1 }) => {
    const word = candidates[refIndex] ?? '';
    const errors = Math.round(score * (typed.length + 2));
    const similarity = 1 - errors / Math.max(typed.length, word.length);
    return { word, similarity: isSwapped(typed, word) ? Math.max(similarity, SWAPPED) : similarity };
  });
}

const pairOf = (one: string, other: string) => (one < other ? one + other : other + one);
const marked = (word: string) => `^${word}$`;

/** Do two words differ only by two neighbouring letters that have changed places? */
function isSwapped(one: string, other: string): boolean {
  const at = [...one].findIndex((letter, index) => letter !== other[index]);
  return one.slice(0, at) + one.charAt(at + 1) + one.charAt(at) + one.slice(at + 2) === other;
}
