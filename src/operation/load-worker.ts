import { parentPort, workerData } from 'node:worker_threads';
import { type Trained, trainOn } from '../engine/engine.ts';
import { checkKnowledge } from '../evaluation/check.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Problem } from '../knowledge/problem.ts';

/** A folder to load, and the version of it that is known already. */
export interface LoadRequest {
  readonly directory: string;
  readonly known: string;
}

export interface LoadResult {
  /** `undefined` where the folder has errors. */
  readonly knowledge: Knowledge | undefined;
  readonly problems: readonly Problem[];
  /** `undefined` where nothing has changed. */
  readonly trained: Trained | undefined;
}

const { directory, known }: LoadRequest = workerData;
const { knowledge, problems } = checkKnowledge(directory, { errorsOnly: true });
const trained = knowledge && knowledge.version !== known ? trainOn(knowledge) : undefined;
parentPort?.postMessage({ knowledge, problems, trained } satisfies LoadResult);
