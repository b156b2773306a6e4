import { MAX_CONTENT_LENGTH, RESERVED_LENGTH, sourceLineOf } from '../engine/replies.ts';
import { LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import type { Problem } from '../knowledge/problem.ts';
import type { Rule } from '../knowledge/rule.ts';
import { EvaluationSetError, readSet, SETS } from './sets.ts';

/** Answers that Discord would not show whole, with their line of source, status and note. */
export const overlongAnswers: Rule = (knowledge, { topics }) =>
  topics.flatMap(({ value: { id, ...texts }, problem }) =>
    LANGUAGES.flatMap((language) => {
      const topic = knowledge.topics.find((known) => known.id === id);
      const sourceLine = topic ? sourceLineOf([topic], language, knowledge) : '';
      const length = [...`${texts[language].answer}\n-# ${sourceLine}`].length + RESERVED_LENGTH;
      if (length <= MAX_CONTENT_LENGTH) return [];
      return problem(
        [language, 'answer'],
        `the answer comes to ${length} characters with its source; Discord shows ${MAX_CONTENT_LENGTH}`,
        `Shorten it by ${length - MAX_CONTENT_LENGTH} characters, or the article's last line, or the note in article.yaml.`,
      );
    }),
  );

/** From about here on, a topic is found whatever words people use for it (measured: see the evaluation). */
const ENOUGH = 40;

const NAMES: Readonly<Record<Language, string>> = { de: 'German', en: 'English' };

/** Topics that have too few phrasings in a language. */
export const fewPhrasings: Rule = (_, { topics }) =>
  topics.flatMap(({ value: topic, problem }) =>
    LANGUAGES.flatMap((language) => {
      const count = topic[language].phrasings.length;
      if (count >= ENOUGH) return [];
      const what = `the topic has ${count} ${NAMES[language]} phrasing${count === 1 ? '' : 's'}; ${ENOUGH} make it easy to find`;
      const remedy = `Add ${ENOUGH - count} more of the many ways in which people ask: half sentences, slang, typos, long stories.`;
      return problem([language, 'phrasings'], what, remedy, 'warning');
    }),
  );

/** So many messages in each evaluation set tell whether a topic is found. */
const MIN_MESSAGES = 3;

/** Topics about which the evaluation sets, where there are any, have too few messages; and sets that can't be read. */
export const topicsWithoutMessages: Rule = (knowledge, { topics }) =>
  SETS.flatMap((name): Problem[] => {
    try {
      const messages = readSet(name, knowledge);
      if (!messages) return [];
      return topics.flatMap(({ value: { id }, problem }) => {
        const count = messages.filter((message) => message.topics.includes(id)).length;
        if (count >= MIN_MESSAGES) return [];
        const found = count === 0 ? 'no message' : `only ${count} message${count === 1 ? '' : 's'}`;
        const line = `{"text":"…","lang":"en","kind":"ask","topics":["${id}"]}`;
        return problem(
          ['id'],
          `${found} of evaluation/${name}.jsonl asks for this topic`,
          `Add ${MIN_MESSAGES - count} more there, each a line like ${line}; best written by somebody who does not know the phrasings.`,
          'warning',
        );
      });
    } catch (error) {
      if (!(error instanceof EvaluationSetError)) throw error;
      const { file, line, what } = error;
      return [{ severity: 'warning', file, line, column: 1, what, remedy: 'Correct the line, or delete it.' }];
    }
  });
