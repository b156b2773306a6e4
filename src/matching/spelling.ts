import Fuse from 'fuse.js';
import { NearWords, sumOfLetters } from './near-words.ts';

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
const MAX_READINGS = 3;
/** Two letters swapped is one slip of the hand that Fuse.js counts as two errors: words of the same letters are this alike. */
const SWAPPED = 0.85;
const REMEMBERED = 4_096;
/** Shares of errors are no exact numbers. */
const ROUNDING = 1e-6;
const FUSE_OPTIONS = { includeScore: true, location: 0, distance: 60, threshold: 0.5 };

/** Fuse.js finds one text *in* another: with the longer one as the pattern, what the shorter one lacks counts too. */
function similarity(a: string, b: string): number {
  const [pattern, text] = a.length >= b.length ? [a, b] : [b, a];
  const result = Fuse.match(pattern, text, FUSE_OPTIONS);
  const alike = result.isMatch ? 1 - result.score : 0;
  return hasSameLetters(a, b) ? Math.max(alike, SWAPPED) : alike;
}

function hasSameLetters(a: string, b: string): boolean {
  if (a.length !== b.length || sumOfLetters(a) !== sumOfLetters(b)) return false;
  return [...a].sort().join('') === [...b].sort().join('');
}

/**
 * Prepares the look-up over the given words (folded), when it is first needed. Fuse.js judges the few words that are near
 * enough to be judged. Answers are remembered, the oldest forgotten first.
 */
export function spellingLookup(words: Iterable<string>): SpellingLookup {
  let known: NearWords | undefined;
  const remembered = new Map<string, readonly Spelling[]>();

  function lookUp(typed: string): readonly Spelling[] {
    known ??= new NearWords([...words].filter((word) => word.length >= SHORTEST));
    const least = leastSimilarity(typed.length);
    const found = known
      .near(typed, { slips: typed.length < 6 ? 1 : 2, errors: 1 - least + ROUNDING })
      .map((word): Spelling => ({ word, similarity: similarity(typed, word) }))
      .filter((spelling) => spelling.similarity >= least)
      .sort((a, b) => b.similarity - a.similarity || (a.word < b.word ? -1 : 1));
    const best = found[0]?.similarity ?? 0;
    return found.filter((spelling) => spelling.similarity >= best - TOLERANCE).slice(0, MAX_READINGS);
  }

  return (typed) => {
    if (typed.length < SHORTEST) return [];
    const answered = remembered.get(typed);
    if (answered) return answered;
    const found = lookUp(typed);
    if (remembered.size >= REMEMBERED) remembered.delete(remembered.keys().next().value ?? '');
    remembered.set(typed, found);
    return found;
  };
}
