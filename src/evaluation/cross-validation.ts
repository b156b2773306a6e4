import { Engine } from '../engine/engine.ts';
import type { Explanation } from '../engine/explain.ts';
import type { Reading } from '../engine/read.ts';
import { type Knowledge, LANGUAGES, type Language, type Topic } from '../knowledge/knowledge.ts';

/** The phrasings are cut into this many parts; each is judged by what was learned from the others. */
export const FOLDS = 5;

/** How a phrasing is understood before it has been learned. */
export interface LeftOut {
  readonly topic: Topic;
  readonly language: Language;
  /** Among the topic's phrasings in that language. */
  readonly index: number;
  readonly phrasing: string;
  readonly reading: Reading;
  /** The words that spoke for another topic rather than for the right one, the strongest first. */
  leadingWords(rival: string): LeadingWord[];
}

/** A word, and by how much it spoke for one topic rather than another. */
export interface LeadingWord {
  readonly typed: string;
  readonly lead: number;
}

/** Judges every phrasing by what was learned from the others, fold by fold; each takes a second or two. The result is the same each time. */
export function* crossValidated(knowledge: Knowledge): Generator<LeftOut[]> {
  for (let fold = 0; fold < FOLDS; fold++) {
    const topics = knowledge.topics.map((topic) => without(topic, fold));
    const engine = new Engine({ ...knowledge, topics }, LANGUAGES[0]);
    yield knowledge.topics.flatMap((topic) =>
      LANGUAGES.flatMap((language) =>
        topic[language].phrasings.flatMap((phrasing, index): LeftOut[] => {
          if (index % FOLDS !== fold) return [];
          const reading = engine.read(phrasing);
          const leadingWords = (rival: string) => leadsIn(engine.explain(reading, [], [topic.id, rival]));
          return [{ topic, language, index, phrasing, reading, leadingWords }];
        }),
      ),
    );
  }
}

function without(topic: Topic, fold: number): Topic {
  const kept = (language: Language) => ({
    ...topic[language],
    phrasings: topic[language].phrasings.filter((_, index) => index % FOLDS !== fold),
  });
  return { ...topic, de: kept('de'), en: kept('en') };
}

const leadsIn = ({ words }: Explanation): LeadingWord[] =>
  words
    .map(({ typed, spokeFor: [right = 0, rival = 0] }) => ({ typed: typed.toLowerCase(), lead: rival - right }))
    .filter(({ lead }) => lead > 0)
    .sort((a, b) => b.lead - a.lead);
