import { parentPort, workerData } from 'node:worker_threads';
import { trainOn } from '../engine/engine.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { loadKnowledge } from '../knowledge/load.ts';

/** A folder to load, and the version of it that is known already. */
export type LoadRequest = Pick<Knowledge, 'directory' | 'version'>;

/** `knowledge` is `undefined` where the folder has errors, `trained` where nothing has changed. */
export type LoadResult = ReturnType<typeof load>;

function load({ directory, version }: LoadRequest) {
  const { knowledge, problems } = loadKnowledge(directory);
  return { knowledge, problems, trained: knowledge && knowledge.version !== version ? trainOn(knowledge) : undefined };
}

parentPort?.postMessage(load(workerData));
