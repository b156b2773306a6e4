import { phrasingMessages } from '../evaluation/phrasing-messages.ts';
import { type EvaluationMessage, EvaluationSetError, readSet, type SetName } from '../evaluation/sets.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';

/** The messages of an evaluation set; `undefined` if there is none, or one with mistakes, which *Problems* lists. */
export function messagesOf(set: SetName, knowledge: Knowledge): EvaluationMessage[] | undefined {
  try {
    return readSet(set, knowledge);
  } catch (error) {
    if (error instanceof EvaluationSetError) return undefined;
    throw error;
  }
}

/** By which to compare a knowledge with an earlier version. */
export function messagesToCompare(knowledge: Knowledge): EvaluationMessage[] {
  return messagesOf('tuning', knowledge) ?? phrasingMessages(knowledge);
}
