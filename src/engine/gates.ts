import type { Scores } from './scores.ts';
import type { ReadWord } from './vocabulary.ts';

/** A condition that was checked: "Why" in the workbench, `--explain` and the log show it. */
export interface Gate {
  /** A short phrase, like "sure of the topic". */
  readonly name: string;
  readonly passed: boolean;
  /** 0 to 1; `undefined` for a condition without a number. */
  readonly value?: number;
  readonly limit?: number;
}

/** What a probability depends on, each a number of a few units at most; the first is always 1. */
type Features = readonly number[];

/**
 * The weights of the features, in their order. Fitted on `knowledge/evaluation/tuning.jsonl`, never on the set that is
 * reported. `npm run eval -- --fit` prints what fits best now: worth adopting once it answers better.
 */
export const CONFIDENCE_WEIGHTS: readonly number[] = [-3.12, 0.28, 0.18, 0.29, 0.15, -2.7, -6.23, 0.84, 2.64];

/** Probabilities near 0 and 1 differ by orders of magnitude; beyond these, the difference means nothing. */
const MAX_LOG = 5;

const logRatio = (one: number, other: number) =>
  Math.max(-MAX_LOG, Math.min(MAX_LOG, Math.log((one + 1e-9) / (other + 1e-9))));
const logit = (share: number) => logRatio(share, 1 - share);

/**
 * What the confidence in the likeliest topic depends on: how likely it is, alone, beside the second, and beside none at
 * all; whether the message names the subject; how much of it is unknown, or known only by a similar spelling; how many
 * different words it has; and how clear its clearest part is. Tried without gain: other names, single words, continued
 * conversations, the words that speak against.
 */
export function confidenceFeatures(
  words: readonly ReadWord[],
  { topics, outOfScope }: Scores,
  parts: readonly { readonly scores: Scores }[],
): Features {
  const [first, second] = topics;
  const share = first?.share ?? 0;
  // A word that is repeated says nothing new: "la la la".
  const different = [...new Map(words.map((word) => [word.terms[0].term, word.terms[0]])).values()];
  const count = Math.max(1, different.length);
  const unknown = different.filter(({ kind }) => kind === 'unknown').length;
  const misspelt = different.reduce((sum, { kind, weight }) => sum + (kind === 'typo' ? 1 - weight : 0), 0);
  const inParts = parts.map(({ scores }) => scores.topics.find(({ id }) => id === first?.id)?.share ?? 0);
  return [
    1,
    logit(share),
    logRatio(share, second?.share ?? 0),
    logRatio(share, outOfScope),
    words.some(({ name }) => name === 'subject') ? 1 : 0,
    unknown / count,
    misspelt / count,
    Math.log(count),
    Math.max(0, ...inParts),
  ];
}

/** A topic is answered from this confidence on. Just below, only half of the answers would be right. */
export const MIN_CONFIDENCE = 0.6;
/** "Thanks! also, launch date": a part this clear is asked, though it doesn't look like a question. */
export const MIN_CONFIDENCE_IN_STATEMENT = 0.95;

/** Is a part of a message clear enough to be answered by itself? */
export const isClear = (
  part: { readonly asks: boolean; readonly confidence: number },
  minConfidence = MIN_CONFIDENCE,
) => part.confidence >= (part.asks ? minConfidence : MIN_CONFIDENCE_IN_STATEMENT);

/** The weights of the features below, fitted likewise on what was overheard. */
export const HELPFULNESS_WEIGHTS: readonly number[] = [-3.15, 0.81, 0.49, 1.34];

/**
 * What the helpfulness of an unprompted answer depends on: whether the channel was asked, whether the topic is clear, and
 * whether the message ends with its question. A member who says more after it often answers it.
 */
export const helpfulnessFeatures = (asksChannel: number, confidence: number, endsWithQuestion: boolean): Features => [
  1,
  logit(asksChannel),
  logit(confidence),
  endsWithQuestion ? 1 : 0,
];

/** Logistic regression; 0 to 1. */
export function probabilityOf(features: Features, weights: readonly number[]): number {
  const sum = features.reduce((total, feature, index) => total + feature * (weights[index] ?? 0), 0);
  return 1 / (1 + Math.exp(-sum));
}

/** How probable it is that the likeliest topic is the right one; 0 to 1. */
export const confidenceOf = (
  words: readonly ReadWord[],
  scores: Scores,
  parts: readonly { readonly scores: Scores }[],
): number => probabilityOf(confidenceFeatures(words, scores, parts), CONFIDENCE_WEIGHTS);

/** How probable it is that an unprompted answer helps; 0 to 1. */
export const helpfulnessOf = (asksChannel: number, confidence: number, endsWithQuestion: boolean): number =>
  probabilityOf(helpfulnessFeatures(asksChannel, confidence, endsWithQuestion), HELPFULNESS_WEIGHTS);
