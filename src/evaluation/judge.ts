import type { Decision } from '../engine/decide.ts';
import type { Engine } from '../engine/engine.ts';
import type { EvaluationMessage } from './sets.ts';

/** What the bot does about a labelled message. */
export type Judged = ReturnType<typeof judge>;

/** Takes a message as the bot would, after what the same member asked before. */
export function judge(message: EvaluationMessage, engine: Engine) {
  const context = engine.contextAfter(message.after ?? []);
  const reading = engine.read(message.text);
  /** Had the message been said to the bot. */
  const addressed = engine.decide(reading, context);
  /** Had it been said in an open channel. */
  const overheard = engine.decide(reading, { trigger: 'overheard' });
  return { message, reading, addressed, overheard, isRight: isRight(message, addressed, overheard) };
}

function isRight({ kind, topics }: EvaluationMessage, addressed: Decision, overheard: Decision): boolean {
  switch (kind) {
    case 'ask':
    case 'follow-up':
      return answersAny(addressed, topics);
    case 'two':
      return addressed.kind === 'answer' && topics.every((topic) => addressed.topics.includes(topic));
    case 'offtopic':
      return addressed.kind !== 'answer';
    case 'reaction':
      return addressed.kind === 'acknowledge' || addressed.kind === 'silent';
    case 'chatter':
      return overheard.kind === 'silent';
    case 'overheard':
      return answersAny(overheard, topics);
  }
}

export const answersAny = (decision: Decision, topics: readonly string[]) =>
  decision.kind === 'answer' && decision.topics.some((topic) => topics.includes(topic));

export const offersAny = (decision: Decision, topics: readonly string[]) =>
  decision.kind === 'offer' && decision.topics.some((topic) => topics.includes(topic));
