import type { Judged, Labelled } from '../../src/evaluation/figures.ts';
import { OUT_OF_SCOPE, type Ranked } from './engines/engine.ts';

/** A question and what an engine made of it. */
export interface Asked extends Labelled {
  readonly ranked: readonly Ranked[];
  readonly milliseconds: number;
}

/** What an engine that answers from a threshold on does with a question. */
export function judgedAt(threshold: number, { text, topics, ranked, milliseconds }: Asked): Judged {
  const [first] = ranked;
  const topic = ranked.find(({ label }) => label !== OUT_OF_SCOPE);
  const confidence = topic?.score ?? 0;
  const answers = first !== undefined && first === topic && confidence >= threshold;
  return { text, topics, topic: topic?.label, confidence, outcome: answers ? 'answer' : 'unknown', milliseconds };
}

/**
 * The threshold at which most questions are judged right: those in scope answered rightly, those out of scope not
 * answered. It lies halfway between two scores; of equally good ones it is the lowest. 0 is "answer everything".
 */
export function bestThreshold(asked: readonly Asked[]): number {
  // From the surest down: what each further answer adds or costs.
  const answers = asked
    .map((question) => judgedAt(0, question))
    .filter(({ outcome }) => outcome === 'answer')
    .sort((a, b) => b.confidence - a.confidence);
  let gain = 0;
  let best = { gain: 0, threshold: Number.POSITIVE_INFINITY };
  for (const [index, { topic, topics, confidence }] of answers.entries()) {
    if (topics.length === 0) gain--;
    else if (topic !== undefined && topics.includes(topic)) gain++;
    const next = answers[index + 1]?.confidence;
    if (next === confidence || gain < best.gain) continue;
    best = { gain, threshold: next === undefined ? 0 : (confidence + next) / 2 };
  }
  return best.threshold;
}
