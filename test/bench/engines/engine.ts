import type { Language } from '../../../src/knowledge/knowledge.ts';

/** The label of what belongs to no topic. */
export const OUT_OF_SCOPE = 'oos';

/** What an engine learns from or looks for: a text and its topic, or `OUT_OF_SCOPE`. */
export interface Example {
  readonly text: string;
  readonly label: string;
  /** For engines that want to be told. */
  readonly language: Language | undefined;
}

/** A label that an engine found, and how sure it is: more is surer, on whatever scale the engine has. */
export interface Ranked {
  readonly label: string;
  readonly score: number;
}

/** An engine that has taken up its examples. */
export interface Built<Found = unknown> {
  /** The engine's own work on a message; this alone is timed. */
  ask(text: string, language: Language | undefined): Found | Promise<Found>;
  /** The same as labels, the likeliest first; `[]` where nothing was found. */
  ranked(found: Found): readonly Ranked[];
}

/** One way to find the topic of a message. */
export interface Engine<Options, Found = unknown> {
  build(examples: readonly Example[], options: Options): Built<Found> | Promise<Built<Found>>;
}

/** How hits become labels: by the nearest hit, or by the shares of the labels among several, each hit with its score. */
export type Counting = 'nearest' | { readonly votes: number };

/** Hits, the best first, as labels. A hit's score is above zero. */
export function labelsOf(hits: readonly Ranked[], counting: Counting): readonly Ranked[] {
  const scores = new Map<string, number>();
  if (counting === 'nearest') {
    for (const { label, score } of hits) if (!scores.has(label)) scores.set(label, score);
  } else {
    const voters = hits.slice(0, counting.votes);
    const all = voters.reduce((sum, { score }) => sum + score, 0);
    for (const { label, score } of voters) scores.set(label, (scores.get(label) ?? 0) + score / all);
  }
  return Array.from(scores, ([label, score]) => ({ label, score })).sort((a, b) => b.score - a.score);
}
