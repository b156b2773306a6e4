import type { Context, Decision } from '../engine/decide.ts';
import type { Engine } from '../engine/engine.ts';
import type { EvaluationMessage } from './sets.ts';

/** What the bot does about a labelled message. */
export type Judged = ReturnType<typeof judge>;

/** Takes a message as the bot would: overheard, or addressed to it after what the same member asked before. */
export function judge(message: EvaluationMessage, engine: Engine) {
  const isOverheard = message.kind === 'chatter' || message.kind === 'overheard';
  const context: Omit<Context, 'offered'> = {
    trigger: isOverheard ? 'overheard' : 'addressed',
    ...engine.contextAfter(isOverheard ? [] : (message.after ?? [])),
  };
  const decision = engine.decide(engine.read(message.text), context);
  return { message, context, decision, isRight: isRight(message, decision) };
}

function isRight({ kind, topics }: EvaluationMessage, decision: Decision): boolean {
  switch (kind) {
    case 'ask':
    case 'follow-up':
    case 'overheard':
      return namesAny('answer', topics, decision);
    case 'two':
      return decision.kind === 'answer' && topics.every((topic) => decision.topics.includes(topic));
    case 'offtopic':
    case 'chatter':
      return decision.kind !== 'answer';
    case 'reaction':
      return decision.kind === 'acknowledge';
  }
}

/** Is one of these topics answered, or offered? */
export const namesAny = (kind: 'answer' | 'offer', topics: readonly string[], decision: Decision): boolean =>
  decision.kind === kind && decision.topics.some((topic) => topics.includes(topic));

/** A message that gets another reply than before. */
export type ChangedReply = ReturnType<typeof changedReplies>[number];

/** Worse: right before, wrong now. */
const VERDICTS = ['worse', 'better', 'other'] as const;

/** Which messages get another reply than before, the worse ones first. */
export function changedReplies(messages: readonly EvaluationMessage[], before: Engine, after: Engine) {
  const changes = messages.flatMap((message) => {
    const [old, current] = [judge(message, before), judge(message, after)];
    const [from, to] = [outcomeOf(old), outcomeOf(current)];
    if (old.isRight === current.isRight && JSON.stringify(from) === JSON.stringify(to)) return [];
    const verdict: (typeof VERDICTS)[number] =
      old.isRight === current.isRight ? 'other' : old.isRight ? 'worse' : 'better';
    return [
      { text: message.text, context: current.context, expected: message.topics, before: from, after: to, verdict },
    ];
  });
  return VERDICTS.flatMap((each) => changes.filter(({ verdict }) => verdict === each));
}

/** What the bot does about a message. The topics are those answered or offered. */
export function outcomeOf({ decision }: Judged) {
  return { kind: decision.kind, topics: 'topics' in decision ? decision.topics : [] };
}
