import { parentPort, workerData } from 'node:worker_threads';
import { crossValidated, FOLDS, type LeftOut } from '../evaluation/cross-validation.ts';
import { misplacedPhrasing } from '../evaluation/misplaced-phrasings.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import type { KnowledgeFiles } from '../knowledge/rule.ts';
import { confusedPhrasings } from './confusions.ts';

/** What the worker posts after each step. */
export interface PhrasingCheckStep {
  /** 0 to 1. */
  readonly progress: number;
  /** With the last step. */
  readonly result?: ReturnType<typeof resultOf>;
}

const { knowledge, files } = loadKnowledge(String(workerData));
if (knowledge) {
  const post = (step: PhrasingCheckStep) => parentPort?.postMessage(step);
  const leftOut: LeftOut[] = [];
  let folds = 0;
  for (const fold of crossValidated(knowledge)) {
    leftOut.push(...fold);
    post({ progress: ++folds / FOLDS });
  }
  post({ progress: 1, result: resultOf(leftOut, files) });
}

function resultOf(leftOut: readonly LeftOut[], files: KnowledgeFiles) {
  return {
    count: leftOut.length,
    problems: leftOut.flatMap((each) => misplacedPhrasing(each, files)),
    confusions: confusedPhrasings(leftOut, files),
  };
}
