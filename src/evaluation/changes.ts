import type { Engine } from '../engine/engine.ts';
import { type Judged, judge } from './judge.ts';
import type { EvaluationMessage } from './sets.ts';

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
