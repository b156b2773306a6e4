import { uncoveredSentences } from '../knowledge/article-coverage.ts';
import { type LoadedKnowledge, loadKnowledge } from '../knowledge/load.ts';
import { inReadingOrder } from '../knowledge/problem.ts';
import type { Rule } from '../knowledge/rule.ts';
import { nearCopies } from './near-copies.ts';
import { fewPhrasings, overlongAnswers, topicsWithoutMessages } from './topic-rules.ts';
import { idleWords } from './word-list-use.ts';

/** What is worth a look in a file by itself. */
const WARNINGS: readonly Rule[] = [fewPhrasings, topicsWithoutMessages];
/** What is worth a look once there are no errors, which could be its cause. */
const WARNINGS_ON_ALL: readonly Rule[] = [uncoveredSentences, nearCopies, idleWords];

export interface CheckOptions {
  /** Skips what only yields warnings: a start shows none. */
  readonly errorsOnly?: boolean;
}

/**
 * Loads a knowledge folder and checks what is in it. Never throws for what an editor can get wrong. With errors among the problems
 * there is no knowledge; only files of the wrong form are not checked further.
 */
export function checkKnowledge(directory: string, { errorsOnly = false }: CheckOptions = {}): LoadedKnowledge {
  const loaded = loadKnowledge(directory);
  const isComplete = loaded.knowledge !== undefined;
  const read = isComplete ? loaded : loaded.rest;
  if (!read) return loaded;
  const { knowledge, files } = read;
  const warnings = errorsOnly ? [] : [...WARNINGS, ...(isComplete ? WARNINGS_ON_ALL : [])];
  const found = [overlongAnswers, ...warnings].flatMap((rule) => rule(knowledge, files));
  const problems = inReadingOrder([...loaded.problems, ...found]);
  if (problems.some(({ severity }) => severity === 'error')) return { knowledge: undefined, problems };
  return { knowledge, files, problems };
}
