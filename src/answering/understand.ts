import type { Match } from '../engine/read.ts';
import { stripMarkup, wordsOf } from '../engine/text.ts';
import type { ReadWord } from '../engine/vocabulary.ts';
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
const MAX_SENTENCES = 8;
/** A shorter sentence tells too little without the others: "Is that so?" */
const MIN_WORDS = 4;
/** A message that is understood so well is not read again. */
const SURE_AS_A_WHOLE = 0.7;
/** Against an answer to the whole, a sentence counts that is as sure as this. */
const SURE_ALONE = 0.9;
/** A sentence that asks counts if its topic is among so many of the likeliest of the whole. */
const LIKELIEST_OF_THE_WHOLE = 2;

/**
 * Judges a message. One that tells a story around its question says little as a whole: if no sure answer comes of that,
 * its questions are read one by one, and the surest of them counts. Of two that ask different things neither does.
 */
export function understand(message: string, match: Matching): Understanding {
  const whole = understandWhole(message, match);
  if (whole.verdict.outcome === 'answer' && whole.verdict.confidence >= SURE_AS_A_WHOLE) return whole;
  const asked = sentencesOf(message).flatMap((sentence) => {
    const alone = match(sentence);
    return countsBeside(whole, sentence, alone) ? [{ ...whole, match: alone, verdict: judge(alone), sentence }] : [];
  });
  if (whole.verdict.outcome === 'suggest' && new Set(asked.map(firstTopic)).size > 1) return whole;
  return [whole, ...asked].reduce((surest, next) =>
    next.verdict.confidence > surest.verdict.confidence ? next : surest,
  );
}

/** Does a sentence ask something that the whole message may be about? */
function countsBeside(whole: Understanding, sentence: string, alone: Match): boolean {
  const [first] = alone.topics;
  if (!first || judge(alone).outcome === 'unknown') return false;
  const isLikely = whole.match.topics.slice(0, LIKELIEST_OF_THE_WHOLE).some(({ id }) => id === first.id);
  const fits = whole.verdict.outcome === 'answer' ? first.confidence >= SURE_ALONE : isLikely;
  return fits && wordsOf(sentence).length >= MIN_WORDS && isQuestion(sentence, alone.words);
}

const firstTopic = ({ match }: Understanding) => match.topics[0]?.id;

/** Judges a message that is not to be taken apart. */
export function understandWhole(message: string, match: Matching): Understanding {
  const whole = match(message);
  return { match: whole, verdict: judge(whole), sentence: undefined, words: whole.words };
}

/**
 * Does a message ask, and about the topic that it is taken for? "Xiaomi Pay is out. How was your holiday?" does not: a
 * sentence that asks has to name the subject or to mean the topic by itself.
 */
export function asksAbout({ match: { topics }, words }: Understanding, message: string, match: Matching): boolean {
  if (!isQuestion(stripMarkup(message), words)) return false;
  const sentences = sentencesOf(message);
  if (sentences.length === 0) return true;
  return sentences.some((sentence) => {
    const alone = match(sentence);
    const isAboutIt = alone.words.some(({ subject }) => subject) || alone.topics[0]?.id === topics[0]?.id;
    return isAboutIt && isQuestion(sentence, alone.words);
  });
}

/** The last sentences of a message; none where it has but one. */
function sentencesOf(message: string): string[] {
  const sentences = stripMarkup(message)
    .split(/(?<=[.!?…])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
  return sentences.length > 1 ? sentences.slice(-MAX_SENTENCES) : [];
}
