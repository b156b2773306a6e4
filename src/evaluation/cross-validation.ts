import type { Match } from '../engine/read.ts';
import { type Knowledge, LANGUAGES, type Language, type Topic } from '../knowledge/knowledge.ts';
import { lessonsOf } from '../matching/lessons.ts';
import { buildMatcher } from '../matching/matcher.ts';

/** In how many parts the phrasings are cut; each is judged by what was learned from the others. */
const FOLDS = 5;

/** How a phrasing is understood as long as it has not been learned. */
export interface LeftOut {
  readonly topic: Topic;
  readonly language: Language;
  /** Among the topic's phrasings in that language. */
  readonly index: number;
  readonly phrasing: string;
  readonly match: Match;
}

/**
 * Judges every phrasing by what was learned from others, which takes seconds. The folds are dealt out in the order of
 * the files, so that it comes to the same each time.
 */
export function* crossValidated(knowledge: Knowledge): Generator<LeftOut> {
  for (let fold = 0; fold < FOLDS; fold++) {
    const topics = knowledge.topics.map((topic) => without(topic, fold));
    const matcher = buildMatcher(lessonsOf({ ...knowledge, topics }));
    for (const topic of knowledge.topics) {
      for (const language of LANGUAGES) {
        for (const [index, phrasing] of topic[language].phrasings.entries()) {
          if (index % FOLDS !== fold) continue;
          yield { topic, language, index, phrasing, match: matcher.match(phrasing) };
        }
      }
    }
  }
}

function without(topic: Topic, fold: number): Topic {
  const kept = (language: Language) => ({
    ...topic[language],
    phrasings: topic[language].phrasings.filter((_, index) => index % FOLDS !== fold),
  });
  return { ...topic, de: kept('de'), en: kept('en') };
}

/** A word, and by how much it spoke for one topic rather than another. */
export interface LeadingWord {
  readonly typed: string;
  readonly lead: number;
}

/** The words that spoke for the rival rather than for the right topic, the strongest first. */
export function leadingWords(match: Match, right: string, rival: string): LeadingWord[] {
  const forRight = match.contributions(right);
  const leads = new Map<string, number>();
  for (const [index, given] of match.contributions(rival).entries()) {
    const typed = match.words[index]?.typed.toLowerCase() ?? '';
    leads.set(typed, (leads.get(typed) ?? 0) + given - (forRight[index] ?? 0));
  }
  return Array.from(leads, ([typed, lead]) => ({ typed, lead }))
    .filter(({ lead }) => lead > 0)
    .sort((a, b) => b.lead - a.lead);
}
