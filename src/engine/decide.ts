import type { Language } from '../knowledge/knowledge.ts';
import {
  confidenceOf,
  type Gate,
  helpfulnessOf,
  isClear,
  MIN_CONFIDENCE,
  MIN_CONFIDENCE_IN_STATEMENT,
} from './gates.ts';
import { chosenFrom } from './pointing.ts';
import type { Part, Reading } from './read.ts';
import type { Scores } from './scores.ts';

/** Was the bot asked, or did it merely overhear a message in a channel where it may speak up? */
export type Trigger = 'addressed' | 'overheard';

/** What surrounds a message. */
export interface Context {
  readonly trigger: Trigger;
  /** Ids of the topics that the bot answered last in this conversation; empty at its beginning. */
  readonly previous: readonly string[];
  /** Ids of the topics in the numbered list that the bot showed last: "2" chooses one of them. */
  readonly offered: readonly string[];
  /** For a text without a language of its own: the language of the conversation, the channel or the member. */
  readonly language: Language;
}

/** What the bot does about a message, and why: each gate in the order in which it was checked. */
export type Decision = { readonly reasons: readonly Gate[]; readonly language: Language } & (
  | {
      readonly kind: 'answer';
      /** One topic, or one for each of several questions, in the order asked. */
      readonly topics: readonly string[];
      /** What further questions are likeliest about, though not clearly enough to be answered. */
      readonly alsoLikely: readonly string[];
      /** How probable it is that the likeliest topic is the right one, 0 to 1. */
      readonly confidence: number;
    }
  /** One to three topics, one of which may be meant. */
  | { readonly kind: 'offer'; readonly topics: readonly string[]; readonly confidence: number }
  | { readonly kind: 'unknown'; readonly confidence: number; readonly isForeign: boolean }
  /** Thanks, "ok": at most a reaction. */
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'silent' }
);

/** Less is enough to stay with the topic just answered, and for several questions that are each clear. */
const MIN_CONFIDENCE_IN_CONTEXT = 0.2;
/** "Nothing but an assumption, then?" stays with the topic; what may well be about something else does not. */
const MAX_OUT_OF_SCOPE_TO_STAY = 0.05;
/** From this confidence on, topics are offered instead. */
const MIN_CONFIDENCE_TO_OFFER = 0.12;
/** A topic this unlikely is not offered beside a likelier one. */
const MIN_SHARE_TO_OFFER = 0.04;
export const MAX_OFFERS = 3;
/** Unprompted, an answer must also be this likely to help. */
const MIN_HELPFULNESS = 0.65;

/** A further question this clear is suggested, at least. */
const MIN_CONFIDENCE_TO_SUGGEST = 0.3;
/** A message answers no more questions than this. */
export const MAX_ANSWERS = 3;

/**
 * Decides what to do about a message.
 *
 * @param scores of the message in its conversation
 * @param smallTalk ids of the topics that are only answered when the bot is addressed
 */
export function decide(reading: Reading, scores: Scores, context: Context, smallTalk: ReadonlySet<string>): Decision {
  const reasons: Gate[] = [];
  /** Checks a condition and keeps it for the explanation. */
  const check = (name: string, passed: boolean, numbers: Pick<Gate, 'value' | 'limit'> = {}): boolean => {
    reasons.push({ name, passed, ...numbers });
    return passed;
  };
  const reaches = (name: string, value: number, limit: number) => check(name, value >= limit, { value, limit });
  const language = reading.language ?? context.language;
  const base = { reasons, language };

  const chosen = chosenFrom(context.offered, reading);
  if (chosen !== undefined) {
    check('chooses by number', true);
    return { ...base, kind: 'answer', topics: [chosen], alsoLikely: [], confidence: 1 };
  }

  const { parts } = reading;
  const confidence = confidenceOf(reading.words, scores, parts);
  const [first] = scores.topics;
  const { topics, alsoLikely } = topicsOf(first?.id, parts, smallTalk);
  if (context.trigger === 'overheard') {
    const speaksUp =
      check('names something in the article', namesSubject(reading)) &&
      check('in German or English', !reading.isForeign) &&
      reaches('sure of the topic', confidence, MIN_CONFIDENCE) &&
      reaches(
        'an answer helps',
        helpfulnessOf(reading.audience.channel, confidence, reading.endsWithQuestion),
        MIN_HELPFULNESS,
      ) &&
      check('no small talk', first !== undefined && !smallTalk.has(first.id));
    if (!speaksUp) return { ...base, kind: 'silent' };
    return { ...base, kind: 'answer', topics, alsoLikely, confidence };
  }
  // After an answer, what is about something else is more likely a remark than a question.
  const rival = context.previous.length > 0 ? 0 : scores.outOfScope;
  const soundsLikeReaction = scores.reaction > Math.max(first?.share ?? 0, rival);
  const hasQuestion =
    parts.some(({ hasQuestionMark }) => hasQuestionMark) ||
    topicsIn(parts, MIN_CONFIDENCE_IN_STATEMENT).some((id) => !smallTalk.has(id));
  const asks = reading.words.length > 0 && (!soundsLikeReaction || hasQuestion);
  if (!check('asks something', asks)) {
    return { ...base, kind: 'acknowledge' };
  }
  if (!check('in German or English', !reading.isForeign)) {
    return { ...base, kind: 'unknown', confidence, isForeign: true };
  }
  const stays = first && context.previous.includes(first.id) && scores.outOfScope < MAX_OUT_OF_SCOPE_TO_STAY;
  const limit = stays || topics.length > 1 ? MIN_CONFIDENCE_IN_CONTEXT : MIN_CONFIDENCE;
  if (first && reaches('sure of the topic', confidence, limit)) {
    return { ...base, kind: 'answer', topics, alsoLikely, confidence };
  }
  const offers = scores.topics
    .slice(0, MAX_OFFERS)
    .filter(({ share }, rank) => rank === 0 || share >= MIN_SHARE_TO_OFFER)
    .filter(({ id }) => !context.previous.includes(id));
  if (
    reaches('likely enough to offer topics', confidence, MIN_CONFIDENCE_TO_OFFER) &&
    check('other topics than just answered', offers.length > 0)
  ) {
    return { ...base, kind: 'offer', topics: offers.map(({ id }) => id), confidence };
  }
  return { ...base, kind: 'unknown', confidence, isForeign: false };
}

/** Does a message name what the bot may speak up about? */
export const namesSubject = ({ words }: Reading): boolean =>
  words.some(({ name }) => name === 'subject' || name === 'mentioned');

/** The topics of the parts that are clear, each judged as a message of its own, in the order asked. */
function topicsIn(parts: readonly Part[], minConfidence: number): string[] {
  const clear = parts.filter((part) => isClear(part, minConfidence));
  return [...new Set(clear.flatMap(({ scores }) => scores.topics[0]?.id ?? []))];
}

/** The topics to answer, in the order asked, and those that are also likely but not clear enough. */
function topicsOf(likeliest: string | undefined, parts: readonly Part[], smallTalk: ReadonlySet<string>) {
  if (likeliest === undefined) return { topics: [], alsoLikely: [] };
  // What stands before the first question only leads up to it.
  const opening = parts.findIndex(({ asks }) => asks);
  const asked = parts
    .slice(Math.max(opening, 0))
    // The subject alone is no question beside another: "Xiaomi Pay? What does it cost?"
    .filter(({ words }) => words.some(({ name }) => name !== 'subject'));
  const clear = topicsIn(asked, MIN_CONFIDENCE);
  // After an answer, parts like "why not? And when?" are not what they would be by themselves.
  const topics = clear.includes(likeliest) ? clear.slice(0, MAX_ANSWERS) : [likeliest];
  const likely = topicsIn(asked, MIN_CONFIDENCE_TO_SUGGEST);
  return { topics, alsoLikely: likely.filter((id) => !topics.includes(id) && !smallTalk.has(id)) };
}
