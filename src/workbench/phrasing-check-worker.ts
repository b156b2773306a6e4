import { parentPort, workerData } from 'node:worker_threads';
import { FOLDS, misplacedPhrasings } from '../evaluation/misplaced-phrasings.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import type { Problem } from '../knowledge/problem.ts';

/** What the worker posts after each step. */
export interface PhrasingCheckStep {
  /** 0 to 1. */
  readonly progress: number;
  /** Found so far. */
  readonly problems: readonly Problem[];
}

const { knowledge, files } = loadKnowledge(String(workerData));
if (knowledge) {
  const problems: Problem[] = [];
  let folds = 0;
  for (const misplaced of misplacedPhrasings(knowledge, files)) {
    problems.push(...misplaced);
    parentPort?.postMessage({ progress: ++folds / FOLDS, problems } satisfies PhrasingCheckStep);
  }
}
