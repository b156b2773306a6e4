import { parentPort } from 'node:worker_threads';
import { Engine, type Trained, trainOn } from '../engine/engine.ts';
import { changedReplies } from '../evaluation/changes.ts';
import { figuresOf } from '../evaluation/figures.ts';
import { judge } from '../evaluation/judge.ts';
import { SETS } from '../evaluation/sets.ts';
import type { Knowledge, Language } from '../knowledge/knowledge.ts';
import { confusedMessages } from './confusions.ts';
import { messagesOf, messagesToCompare } from './messages.ts';

export interface LearnRequest {
  readonly knowledge: Knowledge;
  readonly language: Language;
  /** What is compared with; `undefined` the first time. */
  readonly before: { readonly knowledge: Knowledge; readonly trained: Trained } | undefined;
}

/** What the worker posts, one after the other. */
export interface LearnStep {
  readonly trained?: Trained;
  readonly compared?: Compared;
}
export type Compared = ReturnType<typeof compare>;

/** Learning and comparing take seconds: a thread of its own, ready before it is needed, keeps the page responsive. */
parentPort?.on('message', (request: LearnRequest) => {
  const post = (step: LearnStep) => parentPort?.postMessage(step);
  const trained = trainOn(request.knowledge);
  post({ trained });
  post({ compared: compare(request, trained) });
});

function compare({ knowledge, language, before }: LearnRequest, trained: Trained) {
  const engine = new Engine(knowledge, language, trained);
  const sets = SETS.flatMap((set) => {
    const judged = messagesOf(set, knowledge)?.map((message) => judge(message, engine));
    return judged ? [{ set, judged }] : [];
  });
  const tuning = sets.find(({ set }) => set === 'tuning')?.judged;
  const messages = messagesToCompare(before?.knowledge ?? knowledge);
  return {
    figures: sets.map(({ set, judged }) => ({ set, figures: figuresOf(judged) })),
    confusions: tuning && confusedMessages(tuning),
    count: messages.length,
    replies: before ? changedReplies(messages, new Engine(before.knowledge, language, before.trained), engine) : [],
  };
}
