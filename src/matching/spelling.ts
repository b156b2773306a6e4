import Fuse from 'fuse.js';

/** A known word that a typed one can mean, and how alike they are (0 to 1). */
export interface Spelling {
  readonly word: string;
  readonly similarity: number;
}

/** Finds the known words that a mistyped one can mean; `[]` where nothing is near enough. */
export type SpellingLookup = (typed: string) => readonly Spelling[];

/** Shorter words are too easily one another: "nie", "wie", "die". */
const SHORTEST = 4;
/** Two and a half wrong letters, whatever the length; of four or five letters one changed makes another word. */
const leastSimilarity = (length: number) => (length < 6 ? 0.78 : Math.max(0.65, 1 - 2.5 / length));
/** Rivals this near to the best reading stay in play. */
const TOLERANCE = 0.08;
const MOST_READINGS = 3;
/** Two letters swapped is one slip of the hand that Fuse.js counts as two errors: words of the same letters are this alike. */
const SWAPPED = 0.85;
const REMEMBERED = 4_096;

const FUSE_OPTIONS = { includeScore: true, location: 0, distance: 60, threshold: 0.5 };

/** The letters of a word as bits (a to z, then one bit for all others). */
function letterSet(word: string): number {
  let bits = 0;
  for (let i = 0; i < word.length; i++) {
    const letter = word.charCodeAt(i) - 97;
    bits |= 1 << (letter >= 0 && letter < 26 ? letter : 26);
  }
  return bits;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Fuse.js finds one text *in* another: with the longer one as the pattern, what the shorter one lacks counts too. */
function similarity(a: string, b: string): number {
  const [pattern, text] = a.length >= b.length ? [a, b] : [b, a];
  const result = Fuse.match(pattern, text, FUSE_OPTIONS);
  const alike = result.isMatch ? 1 - result.score : 0;
  return a.length === b.length && sameLetters(a, b) ? Math.max(alike, SWAPPED) : alike;
}

function sameLetters(a: string, b: string): boolean {
  return [...a].sort().join('') === [...b].sort().join('');
}

/**
 * Prepares the look-up over the given words (folded). A look-up first discards, by length and by letters, every word
 * that cannot be within two slips of the hand; Fuse.js judges the few that are left. Answers are remembered, the
 * oldest forgotten first.
 */
export function spellingLookup(words: Iterable<string>): SpellingLookup {
  const byLength: { word: string; letters: number }[][] = [];
  for (const word of words) {
    if (word.length < SHORTEST) continue;
    const sameLength = byLength[word.length] ?? [];
    sameLength.push({ word, letters: letterSet(word) });
    byLength[word.length] = sameLength;
  }
  const remembered = new Map<string, readonly Spelling[]>();

  function lookUp(typed: string): readonly Spelling[] {
    const letters = letterSet(typed);
    const slips = typed.length < 6 ? 1 : 2;
    const found: Spelling[] = [];
    for (let length = typed.length - slips; length <= typed.length + slips; length++) {
      for (const candidate of byLength[length] ?? []) {
        // One changed letter alters the set by two at the most, one added or missing letter by one.
        if (bitCount(candidate.letters ^ letters) > 2 * slips) continue;
        const alike = similarity(typed, candidate.word);
        if (alike >= leastSimilarity(typed.length)) found.push({ word: candidate.word, similarity: alike });
      }
    }
    found.sort((a, b) => b.similarity - a.similarity || (a.word < b.word ? -1 : 1));
    const best = found[0]?.similarity ?? 0;
    return found.filter((spelling) => spelling.similarity >= best - TOLERANCE).slice(0, MOST_READINGS);
  }

  return (typed) => {
    if (typed.length < SHORTEST) return [];
    const known = remembered.get(typed);
    if (known) return known;
    const found = lookUp(typed);
    if (remembered.size >= REMEMBERED) remembered.delete(remembered.keys().next().value ?? '');
    remembered.set(typed, found);
    return found;
  };
}
