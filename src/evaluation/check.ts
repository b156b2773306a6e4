import { uncoveredSentences } from '../knowledge/article-coverage.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { type KnowledgeFiles, type LoadedKnowledge, loadKnowledge } from '../knowledge/load.ts';
import { fewPhrasings } from '../knowledge/phrasing-count.ts';
import { inReadingOrder, type Problem } from '../knowledge/problem.ts';
import { overlongAnswers } from './answer-length.ts';
import { misplacedPhrasings } from './misplaced-phrasings.ts';
import { nearCopies } from './near-copies.ts';
import { idleWords } from './word-list-use.ts';

/** Looks at a knowledge that is free of errors of form, and says what it thinks of it. */
export type Judge = (knowledge: Knowledge, files: KnowledgeFiles) => Problem[];

/** Those that find what would break a reply. */
const STRICT: readonly Judge[] = [overlongAnswers];
/** Those that find what is worth a look. */
const MILD: readonly Judge[] = [uncoveredSentences, fewPhrasings, nearCopies, idleWords];

export interface CheckOptions {
  /** Leave out what yields warnings alone: for a start, which shows none. */
  readonly errorsOnly?: boolean;
  /** Also learn the topics anew, several times: it takes seconds, and finds phrasings that lead to a wrong answer. */
  readonly crossValidate?: boolean;
}

/**
 * Loads a knowledge folder and judges what is in it. Never throws for what an editor can get wrong. With errors among
 * the problems there is no knowledge; what has errors of form is not judged.
 */
export function checkKnowledge(
  directory: string,
  { errorsOnly = false, crossValidate = false }: CheckOptions = {},
): LoadedKnowledge {
  const loaded = loadKnowledge(directory);
  const { knowledge, files } = loaded;
  if (!knowledge) return loaded;
  const judges = [...STRICT, ...(errorsOnly ? [] : MILD), ...(crossValidate ? [misplacedPhrasings] : [])];
  const problems = inReadingOrder([...loaded.problems, ...judges.flatMap((judge) => judge(knowledge, files))]);
  if (problems.some(({ severity }) => severity === 'error')) return { knowledge: undefined, problems };
  return { knowledge, files, problems };
}
