import type { Reply } from '../engine/engine.ts';
import type { EvaluationMessage } from './read.ts';

/** Is a message answered with a topic that is right for it? */
export function isAnsweredRight({ topics }: Pick<EvaluationMessage, 'topics'>, reply: Reply): boolean {
  return reply.outcome === 'answer' && topics.includes(reply.topic);
}

/** Does a message get what it should: the right answer, none, or silence? */
export function isRight(message: EvaluationMessage, reply: Reply): boolean {
  switch (message.kind) {
    case 'ask':
      return isAnsweredRight(message, reply);
    case 'offtopic':
      return reply.outcome !== 'answer';
    case 'chatter':
      return !reply.interject;
    case 'overheard':
      return reply.interject && isAnsweredRight(message, reply);
  }
}
