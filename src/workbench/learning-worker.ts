import { parentPort, workerData } from 'node:worker_threads';
import { Engine } from '../engine/engine.ts';
import { figuresOf } from '../evaluation/figures.ts';
import { changedReplies, judge, outcomeOf } from '../evaluation/judge.ts';
import { EvaluationSetError, phrasingMessages, readSet, SETS } from '../evaluation/sets.ts';
import type { Knowledge, Language } from '../knowledge/knowledge.ts';

export interface LearnRequest {
  readonly knowledge: Knowledge;
  readonly language: Language;
  /** What to compare with; `undefined` the first time. A thread receives an engine's values, but not its methods. */
  readonly before: Pick<Engine, 'knowledge' | 'trained'> | undefined;
}

/** What the worker posts once it is done. */
export type Learned = ReturnType<typeof learn>;

/** Learns, unless it is known already, measures what `npm run eval` measures, and finds which messages get another reply than before. */
function learn({ knowledge, language, before }: LearnRequest) {
  const isKnown = before?.knowledge.version === knowledge.version;
  const engine = new Engine(knowledge, language, isKnown ? before?.trained : undefined);
  const sets = SETS.flatMap((set) => {
    try {
      const judged = readSet(set, knowledge)?.map((message) => judge(message, engine));
      return judged ? [{ set, judged }] : [];
    } catch (error) {
      // *Problems* lists its mistakes.
      if (error instanceof EvaluationSetError) return [];
      throw error;
    }
  });
  const tuning = sets.find(({ set }) => set === 'tuning')?.judged;
  const messages = tuning?.map(({ message }) => message) ?? phrasingMessages(before?.knowledge ?? knowledge);
  const compared = {
    figures: sets.map(({ set, judged }) => ({ set, figures: figuresOf(judged) })),
    /** Messages of the tuning set. */
    wrong: (tuning ?? [])
      .filter(({ isRight }) => !isRight)
      .map((judged) => {
        const { message, context } = judged;
        return { text: message.text, context, expected: message.topics, got: outcomeOf(judged) };
      }),
    count: messages.length,
    replies: before ? changedReplies(messages, new Engine(before.knowledge, language, before.trained), engine) : [],
  };
  return { trained: engine.trained, compared };
}

parentPort?.postMessage(learn(workerData));
