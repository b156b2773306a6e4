import { parentPort, workerData } from 'node:worker_threads';
import { crossValidated } from '../evaluation/cross-validation.ts';
import { misplaced } from '../evaluation/misplaced-phrasings.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import type { Problem } from '../knowledge/problem.ts';
import { confusedPhrasings } from './confusions.ts';
import type { Confusions } from './views.ts';

/** What the worker tells, once. */
export interface CrossValidation {
  readonly problems: readonly Problem[];
  readonly confusions: Confusions;
}

/** A thread of its own, so that the page stays quick during the seconds that learning anew takes. */
const { knowledge, files } = loadKnowledge(String(workerData));
if (knowledge) {
  const leftOut = [...crossValidated(knowledge)];
  const told: CrossValidation = {
    problems: leftOut.flatMap((each) => misplaced(each, files)),
    confusions: confusedPhrasings(leftOut, files),
  };
  parentPort?.postMessage(told);
}
