import { sourceLine } from '../engine/replies.ts';
import { TEXTS } from '../engine/texts.ts';
import { LANGUAGES } from '../knowledge/knowledge.ts';
import type { Judge } from './check.ts';

/** https://docs.discord.com/developers/resources/message, in code points */
const MAX_REPLY_LENGTH = 2_000;
/** What may come on top: the line that names who showed a private answer to all, or the member it is posted for. */
const NAMED_MEMBER = [...'\n-# Gezeigt von <@12345678901234567890>'].length;

/** Answers that Discord would not show whole, with their line of source, status and note: errors. */
export const overlongAnswers: Judge = ({ article }, { topics }) =>
  topics.flatMap(({ value: topic, problem }) =>
    LANGUAGES.flatMap((language) => {
      const line = sourceLine({
        source: TEXTS[language].source(article.source),
        status: topic.status,
        note: article.note?.[language],
        language,
      });
      const reply = `${topic[language].answer}\n-# ${line}`;
      const over = [...reply].length + NAMED_MEMBER - MAX_REPLY_LENGTH;
      if (over <= 0) return [];
      return problem(
        [language, 'answer'],
        `the answer comes to ${MAX_REPLY_LENGTH + over} characters with its source; Discord shows ${MAX_REPLY_LENGTH}`,
        `Shorten it by ${over} characters, or the article's last line, or the note in article.yaml.`,
      );
    }),
  );
