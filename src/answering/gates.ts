import type { Match } from '../engine/read.ts';

/** An addressed question is answered from this confidence on. */
export const ANSWER_FROM = 0.5;
/** Nearer than this to the second topic, and both are offered instead. */
export const MIN_MARGIN = 0.1;
/** A topic below this is not worth offering, and with none above it nothing is known. */
export const OFFER_FROM = 0.1;
/** Beside a likelier one, a topic is offered from here. */
const OFFER_ALSO_FROM = 0.04;
/** With less of its weight known than this, a message is not understood at all. */
export const MIN_COVERAGE = 0.12;
/** Above this, that no topic is meant is said plainly, without guesses. */
const NOT_OURS_FROM = 0.7;
/** Nobody asked the bot: to speak up it has to be this sure. */
export const INTERJECT_FROM = 0.6;
/** Discord shows this many buttons beside others in a row, and people read no more. */
export const MAX_OFFERS = 3;

export type Verdict =
  | { readonly outcome: 'answer'; readonly topic: string; readonly confidence: number }
  | { readonly outcome: 'suggest'; readonly topics: readonly string[]; readonly confidence: number }
  | { readonly outcome: 'unknown'; readonly confidence: number };

/** What an addressed question gets: an answer, a choice of topics, or the truth that there is none. */
export function judge({ topics, elsewhere, coverage }: Match): Verdict {
  const [first, second] = topics;
  const confidence = first?.confidence ?? 0;
  if (!first || coverage < MIN_COVERAGE || first.confidence < OFFER_FROM) return { outcome: 'unknown', confidence };
  const margin = first.confidence - (second?.confidence ?? 0);
  if (first.confidence >= ANSWER_FROM && margin >= MIN_MARGIN && first.confidence > elsewhere) {
    return { outcome: 'answer', topic: first.id, confidence };
  }
  if (elsewhere > NOT_OURS_FROM) return { outcome: 'unknown', confidence };
  const offers = topics.slice(0, MAX_OFFERS).filter(({ confidence }) => confidence >= OFFER_ALSO_FROM);
  return { outcome: 'suggest', topics: offers.map(({ id }) => id), confidence };
}
