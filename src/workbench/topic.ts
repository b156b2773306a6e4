import { shownPath } from '../knowledge/format-problem.ts';
import type { Language } from '../knowledge/knowledge.ts';
import type { TopicFile } from '../knowledge/topic-problems.ts';
import type { Line, TopicView } from './views.ts';

/** A topic with the lines where each of its texts stands. */
export function topicView({ file, value: topic, place }: TopicFile): TopicView {
  const line = (text: string, ...path: PropertyKey[]): Line => ({ text, line: place(path).line });
  const inLanguage = (language: Language) => ({
    title: line(topic[language].title, language, 'title'),
    answer: line(topic[language].answer, language, 'answer'),
    phrasings: topic[language].phrasings.map((text, index) => line(text, language, 'phrasings', index)),
  });
  return {
    id: topic.id,
    status: topic.status ?? 'small talk',
    file: shownPath(file),
    passages: topic.passages.map((text, index) => line(text, 'passages', index)),
    related: topic.related,
    de: inLanguage('de'),
    en: inLanguage('en'),
  };
}
