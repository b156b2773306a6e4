import { MAX_CONTENT_LENGTH, RESERVED_LENGTH, sourceLineOf } from '../engine/replies.ts';
import { LANGUAGES } from '../knowledge/knowledge.ts';
import type { Rule } from '../knowledge/rule.ts';

/** Answers that Discord would not show whole, with their line of source, status and note. */
export const overlongAnswers: Rule = (knowledge, { topics }) =>
  topics.flatMap(({ value: { id, de, en }, problem }) =>
    LANGUAGES.flatMap((language) => {
      const topic = knowledge.topics.find((known) => known.id === id);
      const answer = { de, en }[language].answer;
      const reply = `${answer}\n-# ${topic ? sourceLineOf([topic], language, knowledge) : ''}`;
      const length = [...reply].length + RESERVED_LENGTH;
      const over = length - MAX_CONTENT_LENGTH;
      if (over <= 0) return [];
      return problem(
        [language, 'answer'],
        `the answer comes to ${length} characters with its source; Discord shows ${MAX_CONTENT_LENGTH}`,
        `Shorten it by ${over} characters, or the article's last line, or the note in article.yaml.`,
      );
    }),
  );
