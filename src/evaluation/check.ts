import { uncoveredSentences } from '../knowledge/article-coverage.ts';
import { type LoadedKnowledge, loadKnowledge } from '../knowledge/load.ts';
import { fewPhrasings } from '../knowledge/phrasing-count.ts';
import { inReadingOrder } from '../knowledge/problem.ts';
import type { Rule } from '../knowledge/rule.ts';
import { overlongAnswers } from './answer-length.ts';
import { topicsWithoutMessages } from './message-count.ts';
import { nearCopies } from './near-copies.ts';
import { idleWords } from './word-list-use.ts';

/** What would break a reply. */
const ERRORS: readonly Rule[] = [overlongAnswers];
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
  const rules = [...ERRORS, ...(errorsOnly ? [] : WARNINGS), ...(errorsOnly || !isComplete ? [] : WARNINGS_ON_ALL)];
  const problems = inReadingOrder([...loaded.problems, ...rules.flatMap((rule) => rule(knowledge, files))]);
  if (problems.some(({ severity }) => severity === 'error')) return { knowledge: undefined, problems };
  return { knowledge, files, problems };
}
