import { LANGUAGES, type Language } from './knowledge.ts';
import type { Rule } from './rule.ts';

/** From about here on, a topic is found whatever words people use for it (measured: see the evaluation). */
const ENOUGH = 40;
/** A language with a smaller share than this of the other's phrasings loses questions to topics that have more. */
const MIN_SHARE = 0.6;

const NAMES: Readonly<Record<Language, string>> = { de: 'German', en: 'English' };

/** Topics that have too few phrasings in a language, by themselves or beside the other language. */
export const fewPhrasings: Rule = (_, { topics }) =>
  topics.flatMap(({ value: topic, problem }) =>
    LANGUAGES.flatMap((language) => {
      const count = topic[language].phrasings.length;
      const most = Math.max(...LANGUAGES.map((any) => topic[any].phrasings.length));
      const wanted = Math.max(ENOUGH, Math.ceil(most * MIN_SHARE));
      if (count >= wanted) return [];
      const beside = count < ENOUGH ? '' : `, and ${most} in the other language`;
      return problem(
        [language, 'phrasings'],
        `the topic has ${count} ${NAMES[language]} phrasing${count === 1 ? '' : 's'}${beside}; ${wanted} make it easy to find`,
        `Add ${wanted - count} more of the many ways in which people ask: half sentences, slang, typos, long stories.`,
        'warning',
      );
    }),
  );
