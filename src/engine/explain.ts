import { evidenceOf } from './model.ts';
import type { Models, Reading, Scores } from './read.ts';
import type { Term } from './vocabulary.ts';

/** A word of a message, and how much it spoke for each of the compared topics; below zero, it spoke against. */
export interface ExplainedWord {
  readonly typed: string;
  readonly terms: readonly Term[];
  readonly spokeFor: readonly number[];
}

/** What a message was understood as, for the workbench and `--explain`. */
export interface Explanation extends Scores {
  /** Ids of the likeliest topics, for which the words are weighed. */
  readonly compared: readonly string[];
  readonly words: readonly ExplainedWord[];
  readonly audience: Reading['audience'];
}

const MAX_COMPARED = 2;

/** @param compared ids of topics; the two likeliest if left out */
export function explain(
  { words, audience, length }: Reading,
  scores: Scores,
  { topics, labels }: Models,
  compared: readonly string[] = scores.topics.slice(0, MAX_COMPARED).map(({ id }) => id),
): Explanation {
  return {
    ...scores,
    compared,
    audience,
    words: words.map((word) => {
      const { scores } = evidenceOf([[word]], topics);
      const spokeFor = compared.map((id) => (scores[labels.topics.indexOf(id)] ?? 0) / length);
      return { typed: word.typed, terms: word.terms, spokeFor };
    }),
  };
}
