import { uncoveredSentences } from '../knowledge/article-coverage.ts';
import { type LoadedKnowledge, loadKnowledge } from '../knowledge/load.ts';
import { inReadingOrder } from '../knowledge/problem.ts';
import type { Rule } from '../knowledge/rule.ts';
import type { ParsedFiles } from '../knowledge/yaml-file.ts';
import { nearCopies } from './near-copies.ts';
import { evaluationSets, fewPhrasings, overlongAnswers } from './topic-rules.ts';
import { idleWords } from './word-list-use.ts';

/** What is worth a look once there are no errors, which could be its cause. */
const WARNINGS_ON_ALL: readonly Rule[] = [uncoveredSentences, nearCopies, idleWords];

export interface CheckOptions {
  /** Skips what does not keep the bot from answering: a start shows none of it. */
  readonly errorsOnly?: boolean;
  /** As for `loadKnowledge`. */
  readonly parsed?: ParsedFiles;
}

/** Loads a knowledge folder, as `loadKnowledge` does, and also checks it by the rules that need the engine. */
export function checkKnowledge(directory: string, { errorsOnly = false, parsed }: CheckOptions = {}): LoadedKnowledge {
  if (errorsOnly) return loadKnowledge(directory, [overlongAnswers], parsed);
  const loaded = loadKnowledge(directory, [overlongAnswers, fewPhrasings, evaluationSets], parsed);
  const { knowledge, files, problems } = loaded;
  if (!knowledge) return loaded;
  const warnings = WARNINGS_ON_ALL.flatMap((rule) => rule(knowledge, files));
  return { knowledge, files, problems: inReadingOrder([...problems, ...warnings]) };
}
