import { parentPort, workerData } from 'node:worker_threads';
import { trainOn } from '../engine/engine.ts';
import { checkKnowledge } from '../evaluation/check.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';

/** A folder to load, and the version of it that is known already. */
export type LoadRequest = Pick<Knowledge, 'directory' | 'version'>;

/** `knowledge` is `undefined` where the folder has errors, `trained` where nothing has changed. */
export type LoadResult = ReturnType<typeof load>;

function load({ directory, version }: LoadRequest) {
  const { knowledge, problems } = checkKnowledge(directory, { errorsOnly: true });
  return { knowledge, problems, trained: knowledge && knowledge.version !== version ? trainOn(knowledge) : undefined };
}

parentPort?.postMessage(load(workerData));
