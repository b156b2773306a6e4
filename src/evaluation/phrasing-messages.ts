import { type Knowledge, LANGUAGES } from '../knowledge/knowledge.ts';
import type { EvaluationMessage } from './sets.ts';

/** Messages to judge a knowledge by that has no evaluation set: each of its phrasings should lead to its topic. */
export function phrasingMessages({ topics }: Knowledge): EvaluationMessage[] {
  return topics.flatMap((topic) =>
    LANGUAGES.flatMap((lang) =>
      topic[lang].phrasings.map((text): EvaluationMessage => ({ text, lang, kind: 'ask', topics: [topic.id] })),
    ),
  );
}
