import type { Match } from '../matching/ranking.ts';
import { stripMarkup } from '../matching/text.ts';
import type { ReadWord } from '../matching/vocabulary.ts';
import { judge, type Verdict } from './gates.ts';
import { isQuestion } from './question.ts';

/** How a message is taken: as a whole, or by the one sentence of it that asks. */
export interface Understanding {
  /** Of what is gone by. */
  readonly match: Match;
  readonly verdict: Verdict;
  /** The sentence that is gone by; `undefined` where it is the whole message. */
  readonly sentence: string | undefined;
  /** All words of the message. */
  readonly words: readonly ReadWord[];
}

type Matching = (text: string) => Match;

/** The question of a long story stands at its end, most often; the rest of a very long one is not read again. */
const MOST_SENTENCES = 8;
/** A shorter sentence tells too little without the others: "Is that so?" */
const LEAST_WORDS = 4;
/** A sentence that asks counts if its topic is among so many of the likeliest of the whole. */
const LIKELIEST_OF_THE_WHOLE = 2;

/**
 * Judges a message. One that tells a story around its question says little as a whole: if no answer comes of that, its
 * questions are read one by one, and the surest of them counts.
 */
export function understand(message: string, match: Matching): Understanding {
  let understood = understandWhole(message, match);
  if (understood.verdict.outcome === 'answer') return understood;
  const { words } = understood;
  const likeliest = understood.match.topics.slice(0, LIKELIEST_OF_THE_WHOLE).map(({ id }) => id);
  for (const sentence of sentencesOf(message)) {
    const alone = match(sentence);
    const verdict = judge(alone);
    const [first] = alone.topics;
    const fits = first !== undefined && likeliest.includes(first.id) && alone.words.length >= LEAST_WORDS;
    const isSurer = verdict.outcome !== 'unknown' && verdict.confidence > understood.verdict.confidence;
    if (fits && isSurer && isQuestion(sentence, alone.words)) understood = { match: alone, verdict, sentence, words };
  }
  return understood;
}

/** Judges a message that is not to be taken apart. */
export function understandWhole(message: string, match: Matching): Understanding {
  const whole = match(message);
  return { match: whole, verdict: judge(whole), sentence: undefined, words: whole.words };
}

/** The last sentences of a message; none where it has but one. */
function sentencesOf(message: string): string[] {
  const sentences = stripMarkup(message)
    .split(/(?<=[.!?…])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
  return sentences.length > 1 ? sentences.slice(-MOST_SENTENCES) : [];
}
