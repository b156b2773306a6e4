import { parentPort, workerData } from 'node:worker_threads';
import { crossValidated, FOLDS } from '../evaluation/cross-validation.ts';
import { misplacedPhrasing } from '../evaluation/misplaced-phrasings.ts';
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
  for (const fold of crossValidated(knowledge)) {
    problems.push(...fold.flatMap((phrasing) => misplacedPhrasing(phrasing, files)));
    parentPort?.postMessage({ progress: ++folds / FOLDS, problems } satisfies PhrasingCheckStep);
  }
}
