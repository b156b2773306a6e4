import { Engine } from '../engine/engine.ts';
import { changedReplies } from '../evaluation/changes.ts';
import type { EvaluationMessage } from '../evaluation/read.ts';
import type { Language } from '../knowledge/knowledge.ts';

/** What adding a phrasing to a topic would do. */
export interface Trial {
  readonly topic: string;
  /** Would the question, and what else was asked in its sense, be answered with the topic? */
  readonly answers: boolean;
  /** Messages of the evaluation set that get the right reply now, and would no more. */
  readonly broken: readonly string[];
  /** How many of them would get the right one that do not now. */
  readonly mended: number;
}

/**
 * Learns the knowledge anew with phrasings added to one topic, and asks both what was asked and the evaluation set. Takes
 * about a second. Nothing is changed by it.
 *
 * @param phrasings in the language given
 */
export function tryPhrasings(
  engine: Engine,
  topic: string,
  language: Language,
  phrasings: readonly string[],
  messages: readonly EvaluationMessage[],
): Trial {
  const { knowledge, defaultLanguage } = engine;
  const topics = knowledge.topics.map((known) =>
    known.id === topic
      ? { ...known, [language]: { ...known[language], phrasings: [...known[language].phrasings, ...phrasings] } }
      : known,
  );
  const changed = new Engine({ ...knowledge, topics }, defaultLanguage);
  const answersIt = (text: string) => {
    const reply = changed.reply({ text, locale: language });
    return reply.outcome === 'answer' && reply.topic === topic;
  };
  const changes = changedReplies(messages, engine, changed);
  return {
    topic,
    answers: phrasings.every(answersIt),
    broken: changes.filter(({ verdict }) => verdict === 'worse').map(({ text }) => text),
    mended: changes.filter(({ verdict }) => verdict === 'better').length,
  };
}
