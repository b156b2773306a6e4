import type { Verdict } from './engines/engine.ts';

/** A question, with the topics that are right for it (none if it is out of scope) and what an engine made of it. */
export interface Judged {
  readonly topics: readonly string[];
  readonly verdict: Verdict;
}

/** The topics that an engine answers: by its own gates, or the likeliest from a threshold on. */
export function answersAt(threshold: number, { likeliest, confidence, answers }: Verdict): readonly string[] {
  if (answers) return answers;
  return likeliest !== undefined && confidence > 0 && confidence >= threshold ? [likeliest] : [];
}

/** In scope and answered correctly, or out of scope and not answered. */
export function isHandled(answers: readonly string[], topics: readonly string[]): boolean {
  return topics.length === 0 ? answers.length === 0 : answers.some((topic) => topics.includes(topic));
}

/**
 * The threshold at which most questions are handled correctly. It lies halfway between two confidences; of equally good ones it is the
 * lowest. 0 answers everything.
 */
export function bestThreshold(questions: readonly Judged[]): number {
  const answered = questions
    .filter(({ verdict }) => answersAt(0, verdict).length > 0)
    .sort((a, b) => b.verdict.confidence - a.verdict.confidence);
  let gain = 0;
  let best = { gain: 0, threshold: Number.POSITIVE_INFINITY };
  // From the surest down: each further answer gains or loses one question.
  for (const [index, { topics, verdict }] of answered.entries()) {
    if (topics.length === 0) gain--;
    else if (isHandled(answersAt(0, verdict), topics)) gain++;
    const next = answered[index + 1]?.verdict.confidence;
    if (next === verdict.confidence || gain < best.gain) continue;
    best = { gain, threshold: next === undefined ? 0 : (verdict.confidence + next) / 2 };
  }
  return best.threshold;
}
