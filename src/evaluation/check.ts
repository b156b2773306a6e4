import { fold, textCounts, tokensOf } from '../engine/text.ts';
import { uncoveredSentences } from '../knowledge/article-coverage.ts';
import { type Knowledge, LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { type Problem, problemIn } from '../knowledge/problem.ts';
import { type KnowledgeFiles, type Rule, spellingsIn } from '../knowledge/rule.ts';
import { isOriginal, remedyForId } from '../knowledge/topic-rules.ts';
import { nearCopies } from './near-copies.ts';
import { EvaluationSetError, type PlacedMessage, readPlaced, SETS, type SetName } from './sets.ts';

/** Below this many phrasings, a topic is missed by people who use other words. */
const MIN_PHRASINGS = 40;

const NAMES: Readonly<Record<Language, string>> = { de: 'German', en: 'English' };

/** Topics that have too few phrasings in a language. */
const fewPhrasings: Rule = (_, { topics }) =>
  topics.flatMap(({ value: topic, problem }) =>
    LANGUAGES.flatMap((language) => {
      const count = topic[language].phrasings.length;
      // Having none at all is an error that the schema reports.
      if (count === 0 || count >= MIN_PHRASINGS) return [];
      const what = `the topic has ${count} ${NAMES[language]} phrasing${count === 1 ? '' : 's'}; ${MIN_PHRASINGS} make it easy to find`;
      const remedy = `Add ${MIN_PHRASINGS - count} more of the many ways in which people ask: half sentences, slang, long stories.`;
      return problem([language, 'phrasings'], what, remedy, 'warning');
    }),
  );

/** Mistakes in the evaluation sets, where there are any, and topics about which they have too few messages. */
const evaluationSets: Rule = (knowledge, files) =>
  SETS.flatMap((name): Problem[] => {
    try {
      const messages = readPlaced(name, knowledge);
      return messages ? [...unknownTopics(messages, files), ...fewMessages(name, messages, files)] : [];
    } catch (error) {
      if (!(error instanceof EvaluationSetError)) throw error;
      return error.problems.map((problem) => ({ ...problem, severity: 'warning' }));
    }
  });

const unknownTopics = (messages: readonly PlacedMessage[], { ids }: KnowledgeFiles): Problem[] =>
  messages.flatMap(({ value, file, place }) =>
    value.topics
      .filter((id) => !ids.has(id))
      .map((id) => ({
        ...problemIn(file, `there is no topic "${id}"`, `${remedyForId(id, ids)}, or delete the line.`, place),
        severity: 'warning',
      })),
  );

/** This many messages in each evaluation set show whether a topic is found. */
const MIN_MESSAGES = 3;

const fewMessages = (name: SetName, messages: readonly PlacedMessage[], files: KnowledgeFiles): Problem[] =>
  files.topics.flatMap((topic) => {
    const { id } = topic.value;
    const count = messages.filter(({ value }) => value.topics.includes(id)).length;
    if (count >= MIN_MESSAGES || !isOriginal(topic, files)) return [];
    const found = count === 0 ? 'no message' : `only ${count} message${count === 1 ? '' : 's'}`;
    const line = `{"text":"…","lang":"en","kind":"ask","topics":["${id}"]}`;
    return topic.problem(
      ['id'],
      `evaluation/${name}.jsonl has ${found} for this topic`,
      `Add ${MIN_MESSAGES - count} more there, each a line like ${line}; best written by somebody who does not know the phrasings.`,
      'warning',
    );
  });

/** A word in this many texts is an ordinary word, not a typo. */
const MIN_TEXTS = 3;

/** Spellings in `words.yaml` that do nothing, or harm. */
const uselessSpellings: Rule = (knowledge, { words }) => {
  if (!words) return [];
  const counts = textCounts(textsOf(knowledge));
  const count = (word: string) => counts.get(fold(word)) ?? 0;
  return spellingsIn(words).flatMap(({ text: variant, standard, path }) => {
    const warning = (what: string, remedy: string) => words.problem(path, what, remedy, 'warning');
    if (tokensOf(variant).length !== 1) {
      const remedy = 'Delete it; to give several words the meaning of one, put both among the synonyms.';
      return warning(`"${variant}" is never met: messages are read word by word, and this is several`, remedy);
    }
    const texts = count(variant);
    if (texts < MIN_TEXTS || texts <= count(standard)) return [];
    const what = `"${variant}" is an ordinary word (in ${texts} texts), which now means "${standard}" wherever it is said`;
    return warning(what, 'Delete it, so that it means what it says.');
  });
};

/** All that the knowledge says and is asked. */
const textsOf = ({ article, topics, outOfScope }: Knowledge): string[] => [
  article.text,
  ...topics.flatMap(({ de, en }) => [de, en].flatMap(({ title, answer, phrasings }) => [title, answer, ...phrasings])),
  ...outOfScope.de,
  ...outOfScope.en,
];

/** Loads a knowledge folder, as `loadKnowledge` does, and also checks what does not keep the bot from answering. */
export const checkKnowledge = (directory: string) =>
  loadKnowledge(directory, [evaluationSets], [fewPhrasings, uncoveredSentences, nearCopies, uselessSpellings]);
