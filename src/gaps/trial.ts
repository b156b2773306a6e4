import { Engine } from '../engine/engine.ts';
import { changedReplies } from '../evaluation/changes.ts';
import type { EvaluationMessage } from '../evaluation/sets.ts';
import type { Language } from '../knowledge/knowledge.ts';
import { withUnknownWords } from './anonymise.ts';

/** What adding phrasings to a topic would do. */
export interface Trial {
  readonly topic: string;
  /** Would the topic answer all of them? */
  readonly answers: boolean;
  /** Messages of the evaluation set that get the right reply now and would no longer. */
  readonly broken: readonly string[];
  /** How many of them would get the right reply that do not now. */
  readonly mended: number;
}

/** Trains again with phrasings added to one topic, and asks both them and the evaluation set. Takes a second or two. */
export function tryPhrasings(
  engine: Engine,
  topic: string,
  language: Language,
  phrasings: readonly string[],
  messages: readonly EvaluationMessage[],
): Trial {
  const { knowledge, defaultLanguage } = engine;
  const topics = knowledge.topics.map((known) => {
    const text = { ...known[language], phrasings: [...known[language].phrasings, ...phrasings] };
    return known.id === topic ? { ...known, [language]: text } : known;
  });
  const changed = new Engine({ ...knowledge, topics }, defaultLanguage);
  const changes = changedReplies(messages, engine, changed);
  return {
    topic,
    answers: phrasings.every((text) => {
      const decision = changed.decide(changed.read(withUnknownWords(text)), { language });
      return decision.kind === 'answer' && decision.topics.includes(topic);
    }),
    broken: changes.filter(({ verdict }) => verdict === 'worse').map(({ text }) => text),
    mended: changes.filter(({ verdict }) => verdict === 'better').length,
  };
}
