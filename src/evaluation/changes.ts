import type { Decision } from '../engine/decide.ts';
import type { Engine } from '../engine/engine.ts';
import { type Judged, judge } from './judge.ts';
import type { EvaluationMessage } from './sets.ts';

/** What a decision comes down to. */
export interface Outcome {
  readonly kind: Decision['kind'];
  /** Ids of the topics that are answered or offered. */
  readonly topics: readonly string[];
}

/** A message that gets another reply than before. */
export interface ChangedReply {
  readonly text: string;
  /** Ids of the topics that are right for it; none if it belongs to none. */
  readonly expected: readonly string[];
  readonly before: Outcome;
  readonly after: Outcome;
  /** Worse: right before, wrong now. */
  readonly verdict: 'worse' | 'better' | 'other';
}

/** Which messages get another reply than before, the worse ones first. */
export function changedReplies(messages: readonly EvaluationMessage[], before: Engine, after: Engine): ChangedReply[] {
  const changes = messages.flatMap((message) => changeOf(message, before, after));
  return (['worse', 'better', 'other'] as const).flatMap((each) => changes.filter(({ verdict }) => verdict === each));
}

function changeOf(message: EvaluationMessage, before: Engine, after: Engine): ChangedReply[] {
  const [old, current] = [judge(message, before), judge(message, after)];
  const [from, to] = [outcomeOf(old), outcomeOf(current)];
  if (old.isRight === current.isRight && JSON.stringify(from) === JSON.stringify(to)) return [];
  const verdict = old.isRight === current.isRight ? 'other' : old.isRight ? 'worse' : 'better';
  return [{ text: message.text, expected: message.topics, before: from, after: to, verdict }];
}

/** What came of a message in the way in which it was said. */
export function outcomeOf({ message: { kind }, addressed, overheard }: Judged): Outcome {
  const decision = kind === 'chatter' || kind === 'overheard' ? overheard : addressed;
  return { kind: decision.kind, topics: 'topics' in decision ? decision.topics : [] };
}
