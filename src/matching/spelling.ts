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
/** From a to z. */
const LETTERS = 26;
/** Shares of errors are no exact numbers. */
const ROUNDING = 1e-6;
/** As many letters as a number has bits. Fuse.js cuts longer patterns into pieces. */
const LONGEST_PATTERN = 32;

const FUSE_OPTIONS = { includeScore: true, location: 0, distance: 60, threshold: 0.5 };

/** The number of a letter: a to z, then one for all others. */
function letterAt(word: string, index: number): number {
  const letter = word.charCodeAt(index) - 97;
  return letter >= 0 && letter < LETTERS ? letter : LETTERS;
}

/** The letters of a word as bits. */
function letterSet(word: string): number {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << letterAt(word, i);
  return bits;
}

/** How many of 32 bits are set: summed in pairs, in fours, in bytes. */
function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Where a word has each letter, as bits. */
function placesOf(word: string, places: Int32Array): Int32Array {
  places.fill(0);
  for (let i = 0; i < word.length; i++) {
    const letter = letterAt(word, i);
    places[letter] = (places[letter] as number) | (1 << i);
  }
  return places;
}

/**
 * The fewest errors with which the whole pattern occurs anywhere in a text, all letters beyond a to z taken for one:
 * Fuse.js never finds it with fewer. All places are tried at once (Myers 1999, in Hyyrö's form).
 *
 * @param places of the pattern's letters
 * @param length of the pattern, at most `LONGEST_PATTERN`
 */
function fewestErrors(places: Int32Array, length: number, text: string): number {
  const last = 1 << (length - 1);
  let more = -1;
  let less = 0;
  let errors = length;
  let fewest = length;
  for (let i = 0; i < text.length; i++) {
    const same = (places[letterAt(text, i)] as number) | less;
    const diagonal = ((more + (same & more)) ^ more) | same;
    const lessBefore = more & diagonal;
    const moreBefore = less | ~(more | diagonal);
    if ((moreBefore & last) !== 0) errors++;
    else if ((lessBefore & last) !== 0 && --errors < fewest) fewest = errors;
    const shifted = moreBefore << 1;
    less = shifted & diagonal;
    more = (lessBefore << 1) | ~(shifted | diagonal);
  }
  return fewest;
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

/** Known words of one length, with the letters of each. */
interface SameLength {
  readonly words: readonly string[];
  readonly letters: Int32Array;
}

/**
 * Prepares the look-up over the given words (folded). A look-up first discards, by length, by letters and by errors,
 * every word that Fuse.js could not find alike enough; Fuse.js judges the few that are left. Answers are remembered, the
 * oldest forgotten first.
 */
export function spellingLookup(words: Iterable<string>): SpellingLookup {
  const byLength: SameLength[] = [];
  const longEnough = Array.from(words).filter((word) => word.length >= SHORTEST);
  for (const [length, sameLength] of Map.groupBy(longEnough, (word) => word.length)) {
    byLength[length] = { words: sameLength, letters: Int32Array.from(sameLength, letterSet) };
  }
  const placesOfTyped = new Int32Array(LETTERS + 1);
  const placesOfWord = new Int32Array(LETTERS + 1);
  const remembered = new Map<string, readonly Spelling[]>();

  /** The words of a length that Fuse.js could find alike enough, and a few more. */
  function* candidates(typed: string, length: number, slips: number): Generator<string> {
    const sameLength = byLength[length];
    if (!sameLength) return;
    const { words, letters } = sameLength;
    const lettersOfTyped = letterSet(typed);
    const patternLength = Math.max(typed.length, length);
    const most = (1 - leastSimilarity(typed.length)) * patternLength + ROUNDING;
    for (let i = 0; i < words.length; i++) {
      const different = (letters[i] as number) ^ lettersOfTyped;
      // One changed letter alters the set by two at the most, one added or missing letter by one.
      if (bitCount(different) > 2 * slips) continue;
      const word = words[i] as string;
      const errors =
        patternLength > LONGEST_PATTERN
          ? 0
          : length > typed.length
            ? fewestErrors(placesOf(word, placesOfWord), length, typed)
            : fewestErrors(placesOfTyped, typed.length, word);
      if (errors <= most || (different === 0 && length === typed.length)) yield word;
    }
  }

  function lookUp(typed: string): readonly Spelling[] {
    const slips = typed.length < 6 ? 1 : 2;
    const found: Spelling[] = [];
    placesOf(typed, placesOfTyped);
    for (let length = typed.length - slips; length <= typed.length + slips; length++) {
      for (const word of candidates(typed, length, slips)) {
        const alike = similarity(typed, word);
        if (alike >= leastSimilarity(typed.length)) found.push({ word, similarity: alike });
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
