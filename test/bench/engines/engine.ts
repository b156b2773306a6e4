import type { Knowledge, Language } from '../../../src/knowledge/knowledge.ts';

/** The label of a text that belongs to no topic. */
export const OUT_OF_SCOPE = 'oos';

/** A text to learn from, and its topic or `OUT_OF_SCOPE`. */
export interface Example {
  readonly text: string;
  readonly label: string;
}

export interface TrainingData {
  readonly examples: readonly Example[];
  /** What this bot learns from: the same examples with what else belongs to a knowledge. */
  readonly knowledge: Knowledge;
  /** Whose stemmer NLP.js uses. */
  readonly language: Language;
}

/** What an engine makes of a message. */
export interface Verdict {
  /** The likeliest topic. */
  readonly likeliest: string | undefined;
  /** On the engine's own scale, higher is surer; 0 if the message is more likely out of scope. */
  readonly confidence: number;
  /** The topics it answers, for an engine with gates of its own; all others answer the likeliest topic from a threshold on. */
  readonly answers?: readonly string[];
}

/**
 * Looks for the topic of a message. Only this is timed; turning what was found into a verdict isn't.
 */
export type Ask = (text: string) => Finding | Promise<Finding>;
type Finding = () => Verdict;

/** Learns the examples. */
export type Build = (data: TrainingData) => Ask | Promise<Ask>;

/** A label found, and its score above 0. */
export interface Scored {
  readonly label: string;
  readonly score: number;
}

/** @param labels the likeliest first */
export function verdictOf(labels: readonly Scored[]): Verdict {
  const topic = labels.find(({ label }) => label !== OUT_OF_SCOPE);
  return { likeliest: topic?.label, confidence: topic && topic === labels[0] ? topic.score : 0 };
}

/** The labels of the best hits of a search, by their share of the hits' scores. */
export function labelsByVote(hits: readonly Scored[]): Scored[] {
  const all = hits.reduce((sum, { score }) => sum + score, 0);
  const shares = new Map<string, number>();
  for (const { label, score } of hits) shares.set(label, (shares.get(label) ?? 0) + score / all);
  return Array.from(shares, ([label, score]) => ({ label, score })).sort((a, b) => b.score - a.score);
}
