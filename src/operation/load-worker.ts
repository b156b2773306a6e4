import { parentPort, workerData } from 'node:worker_threads';
import { type LearnedKnowledge, learnKnowledge } from '../answering/answerer.ts';
import { checkKnowledge } from '../evaluation/check.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Problem } from '../knowledge/problem.ts';

/** A folder to be loaded, and the version of it that is known already. */
export interface LoadOrder {
  readonly directory: string;
  readonly known: string;
}

export interface LoadedAnew {
  /** `undefined` where the folder has errors. */
  readonly knowledge: Knowledge | undefined;
  readonly problems: readonly Problem[];
  /** `undefined` where there is nothing new to learn. */
  readonly learned: LearnedKnowledge | undefined;
}

const { directory, known }: LoadOrder = workerData;
const { knowledge, problems } = checkKnowledge(directory, { errorsOnly: true });
const learned = knowledge && knowledge.version !== known ? learnKnowledge(knowledge) : undefined;
parentPort?.postMessage({ knowledge, problems, learned } satisfies LoadedAnew);
