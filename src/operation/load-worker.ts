import { parentPort, workerData } from 'node:worker_threads';
import { trainOn } from '../engine/engine.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { loadKnowledge } from '../knowledge/load.ts';

/** `knowledge` is `undefined` where the folder has errors, `trained` where nothing has changed. */
export type LoadResult = ReturnType<typeof load>;

/** Loads a folder, of which a version is known already. */
function load({ directory, version }: Pick<Knowledge, 'directory' | 'version'>) {
  const { knowledge, problems } = loadKnowledge(directory);
  return { knowledge, problems, trained: knowledge && knowledge.version !== version ? trainOn(knowledge) : undefined };
}

parentPort?.postMessage(load(workerData));
