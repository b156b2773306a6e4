import { wordsOf } from '../engine/text.ts';
import { type Knowledge, LANGUAGES, type Language } from '../knowledge/knowledge.ts';

/** Tells the language of a message without markup; `undefined` where nothing in it tells. */
export type LanguageGuess = (text: string) => Language | undefined;

/** Below this difference of log-likelihoods a message could be either. */
const MIN_EVIDENCE = 0.5;
/** Half an occurrence of everything everywhere: what was never seen in a language is unlikely there, not impossible. */
const SMOOTHING = 0.5;
/** A word says more than one of its pieces, which overlap. */
const PIECE_WEIGHT = 0.25;
const PIECE_LENGTH = 3;

/** What tells the languages apart. */
export interface LanguageEvidence {
  /** The same in every language. */
  readonly names: ReadonlySet<string>;
  /** Words and pieces of words, each with how much it speaks for the first language rather than the second. */
  readonly evidence: ReadonlyMap<string, number>;
}

/**
 * Learns to tell the languages apart from the knowledge's own texts, which are labelled by language and written in
 * the words of the subject: naive Bayes over words and pieces of words. Names are the same in every language and
 * are left out.
 */
export function learnLanguages({ topics, elsewhere, words }: Knowledge): LanguageEvidence {
  const names = new Set(
    words.names
      .flatMap(({ name, variants }) => [name, ...variants].flatMap(foldedWords))
      .filter((word) => word.length > 2),
  );
  const occurrences = new Map<string, [number, number]>();
  for (const [index, code] of LANGUAGES.entries()) {
    const texts = [...topics.flatMap((topic) => [topic[code].answer, ...topic[code].phrasings]), ...elsewhere[code]];
    for (const word of texts.flatMap(foldedWords)) {
      if (!names.has(word)) countUp(occurrences, word, index === 0 ? [1, 0] : [0, 1]);
    }
  }
  const counts = new Map<string, [number, number]>();
  const totals: [number, number] = [0, 0];
  for (const [word, times] of occurrences) {
    for (const [feature] of evidenceIn(word)) countUp(counts, feature, times);
    totals[0] += times[0];
    totals[1] += times[1];
  }
  const prior = Math.log((totals[0] + SMOOTHING) / (totals[1] + SMOOTHING));
  const evidence = new Map<string, number>();
  for (const [feature, [first, second]] of counts) {
    evidence.set(feature, Math.log((first + SMOOTHING) / (second + SMOOTHING)) - prior);
  }
  return { names, evidence };
}

/** Tells languages by what was learned. */
export function languageGuess({ names, evidence }: LanguageEvidence): LanguageGuess {
  /** What known words speak for, with all their pieces: they come again and again. */
  const known = new Map<string, number>();
  const balanceOf = (word: string) => {
    const met = known.get(word);
    if (met !== undefined) return met;
    const balance = names.has(word)
      ? 0
      : evidenceIn(word).reduce((sum, [feature, weight]) => sum + weight * (evidence.get(feature) ?? 0), 0);
    if (names.has(word) || evidence.has(word)) known.set(word, balance);
    return balance;
  };
  return (text) => {
    let balance = 0;
    for (const word of new Set(foldedWords(text))) balance += balanceOf(word);
    if (Math.abs(balance) < MIN_EVIDENCE) return undefined;
    return balance > 0 ? LANGUAGES[0] : LANGUAGES[1];
  };
}

function countUp(counts: Map<string, [number, number]>, key: string, [first, second]: readonly [number, number]): void {
  const count = counts.get(key);
  if (count) {
    count[0] += first;
    count[1] += second;
  } else {
    counts.set(key, [first, second]);
  }
}

const foldedWords = (text: string) => wordsOf(text).map(({ folded }) => folded);

/** What a word can be recognised by, and how much each counts. */
function evidenceIn(word: string): (readonly [feature: string, weight: number])[] {
  const evidence: (readonly [string, number])[] = [[word, 1]];
  const bounded = `^${word}$`;
  for (let start = 0; start + PIECE_LENGTH <= bounded.length; start++) {
    evidence.push([`${bounded.slice(start, start + PIECE_LENGTH)}*`, PIECE_WEIGHT]);
  }
  return evidence;
}
