import { parentPort, workerData } from 'node:worker_threads';
import { trainOn } from '../engine/engine.ts';
import { checkKnowledge } from '../evaluation/check.ts';

/** A folder to load, and the version of it that is known already. */
export interface LoadRequest {
  readonly directory: string;
  readonly known: string;
}

/** `knowledge` is `undefined` where the folder has errors, `trained` where nothing has changed. */
export type LoadResult = ReturnType<typeof load>;

function load({ directory, known }: LoadRequest) {
  const { knowledge, problems } = checkKnowledge(directory, { errorsOnly: true });
  return { knowledge, problems, trained: knowledge && knowledge.version !== known ? trainOn(knowledge) : undefined };
}

parentPort?.postMessage(load(workerData));
