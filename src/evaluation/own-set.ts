import { fileURLToPath } from 'node:url';
import { type Knowledge, LANGUAGES } from '../knowledge/knowledge.ts';
import { type EvaluationMessage, readMessages } from './read.ts';

const FILE = fileURLToPath(new URL('../../test/evaluation/messages.jsonl', import.meta.url));

/**
 * The project's own evaluation set, which is about the knowledge that comes with the bot.
 *
 * @throws {CommandError} where the file cannot be read or a line has another form
 */
export function readOwnSet(): EvaluationMessage[] {
  return readMessages(FILE);
}

/**
 * Messages by which to see whether a change of a knowledge breaks anything: the evaluation set where it is about that
 * knowledge, else the knowledge's own phrasings, each of which should lead to its topic.
 */
export function messagesFor(
  { topics }: Pick<Knowledge, 'topics'>,
  own: readonly EvaluationMessage[] = readOwnSet(),
): readonly EvaluationMessage[] {
  const ids = new Set(topics.map(({ id }) => id));
  if (own.length > 0 && own.every((message) => message.topics.every((topic) => ids.has(topic)))) return own;
  return topics.flatMap((topic) =>
    LANGUAGES.flatMap((lang) =>
      topic[lang].phrasings.map((text) => ({ text, lang, kind: 'ask' as const, topics: [topic.id] })),
    ),
  );
}
