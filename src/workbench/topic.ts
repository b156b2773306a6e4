import { shownPath } from '../knowledge/format-problem.ts';
import type { Language } from '../knowledge/knowledge.ts';
import type { TopicFile } from '../knowledge/rule.ts';

export type TopicView = ReturnType<typeof topicView>;

/** A text of a topic and the line of its file, from 1. */
export interface Line {
  readonly text: string;
  readonly line: number;
}

/** A topic with the line of each of its texts. */
export function topicView({ file, value: { id, status, passages, related, ...topic }, place }: TopicFile) {
  const line = (text: string, ...path: PropertyKey[]): Line => ({ text, line: place(path).line });
  const inLanguage = (language: Language) => ({
    title: line(topic[language].title, language, 'title'),
    answer: line(topic[language].answer, language, 'answer'),
    phrasings: topic[language].phrasings.map((text, index) => line(text, language, 'phrasings', index)),
  });
  return {
    id,
    status: status ?? 'small talk',
    file: shownPath(file),
    passages: passages.map((text, index) => line(text, 'passages', index)),
    related,
    de: inLanguage('de'),
    en: inLanguage('en'),
  };
}
