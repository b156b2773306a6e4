import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Lessons } from './matcher.ts';

/** What there is to learn from a knowledge: titles and phrasings in both languages, and what is none of its business. */
export function lessonsOf({ topics, elsewhere, words }: Pick<Knowledge, 'topics' | 'elsewhere' | 'words'>): Lessons {
  return {
    topics: topics.map(({ id, de, en }) => ({
      id,
      phrasings: [de.title, ...de.phrasings, en.title, ...en.phrasings],
    })),
    elsewhere: [...elsewhere.de, ...elsewhere.en],
    words,
  };
}
