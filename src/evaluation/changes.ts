import { type Gist, gistOf } from '../answering/gist.ts';
import type { Engine, Reply } from '../engine/engine.ts';
import type { EvaluationMessage } from './read.ts';
import { isRight } from './right.ts';

/** A message that gets another reply than before. */
export interface ChangedReply {
  readonly text: string;
  /** Ids of the topics that are right for it; none, if it belongs to none. */
  readonly expected: readonly string[];
  readonly before: Gist;
  readonly after: Gist;
  /** Worse: right before, wrong now. */
  readonly verdict: 'worse' | 'better' | 'other';
}

/** Which of the messages get another reply than before, the worse ones first. */
export function changedReplies(
  messages: readonly EvaluationMessage[],
  before: Pick<Engine, 'reply'>,
  after: Pick<Engine, 'reply'>,
): ChangedReply[] {
  return messages
    .flatMap((message) => changeOf(message, before.reply(message), after.reply(message)) ?? [])
    .sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
}

const ORDER: readonly ChangedReply['verdict'][] = ['worse', 'better', 'other'];

function changeOf(message: EvaluationMessage, before: Reply, after: Reply): ChangedReply | undefined {
  const [wasRight, isRightNow] = [isRight(message, before), isRight(message, after)];
  const [from, to] = [gistOf(before), gistOf(after)];
  if (wasRight === isRightNow && JSON.stringify(from) === JSON.stringify(to)) return undefined;
  const verdict = wasRight === isRightNow ? 'other' : wasRight ? 'worse' : 'better';
  return { text: message.text, expected: message.topics, before: from, after: to, verdict };
}
