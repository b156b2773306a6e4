import type { Reading, Scores } from './read.ts';

/** A condition that was checked, for those who want to know why the bot said what it said. */
export interface Gate {
  /** A sentence without its end, like "sure of the topic". */
  readonly name: string;
  readonly passed: boolean;
  /** 0 to 1; `undefined` for a condition without a number. */
  readonly value?: number;
  readonly limit?: number;
}

/** What the confidence depends on, each a number of a few units at most. */
type Features = readonly number[];

/**
 * The weights of the features, in their order. Fitted on `knowledge/evaluation/tuning.jsonl`, never on the set that is reported:
 * `npm run eval -- --fit` prints them.
 */
export const CONFIDENCE_WEIGHTS: Features = [-4.2, 0.2, 0.35, 0.12, 1.5, -4.5, -1, -6, 1, 0.6, 2, 0.4, 0];

/** Probabilities near 0 and 1 differ by orders of magnitude; beyond these, nobody can tell. */
const MAX_LOG = 5;

const clipped = (value: number, most = MAX_LOG) => Math.max(-most, Math.min(most, value));
const logit = (share: number) => clipped(Math.log((share + 1e-9) / (1 - share + 1e-9)));

/**
 * What tells whether the likeliest topic is the right one: how likely it is, by itself and beside the others; what the message names; how
 * much of it is known, exactly or by a similar spelling; how long it is; whether its best sentence agrees; whether it continues a conversation.
 */
export function confidenceFeatures({ words, parts }: Reading, scores: Scores, continues: boolean): Features {
  const [first, second] = scores.topics;
  const share = first?.share ?? 0;
  const names = (role: string) => (words.some(({ name }) => name === role) ? 1 : 0);
  const count = Math.max(1, words.length);
  const unknown = words.filter(({ terms: [{ kind }] }) => kind === 'unknown').length / count;
  const fuzzy =
    words.reduce((sum, { terms: [{ kind, weight }] }) => sum + (kind === 'typo' ? 1 - weight : 0), 0) / count;
  const agreement = Math.max(
    0,
    ...parts.map(({ scores }) => scores.topics.find(({ id }) => id === first?.id)?.share ?? 0),
  );
  return [
    1,
    logit(share),
    clipped(Math.log((share + 1e-9) / ((second?.share ?? 0) + 1e-9))),
    clipped(Math.log((share + 1e-9) / (scores.outOfScope + 1e-9))),
    names('subject'),
    names('other'),
    unknown,
    fuzzy,
    Math.log(count),
    words.length === 1 ? 1 : 0,
    agreement,
    names('mentioned'),
    continues ? 1 : 0,
  ];
}

/** How probable it is that the likeliest topic is the right one, 0 to 1. */
export function confidenceOf(features: Features, weights: Features = CONFIDENCE_WEIGHTS): number {
  const sum = features.reduce((total, feature, index) => total + feature * (weights[index] ?? 0), 0);
  return 1 / (1 + Math.exp(-sum));
}
