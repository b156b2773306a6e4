import { uncoveredSentences } from '../knowledge/article-coverage.ts';
import { type LoadedKnowledge, loadKnowledge } from '../knowledge/load.ts';
import { inReadingOrder } from '../knowledge/problem.ts';
import type { Rule } from '../knowledge/rule.ts';
import { nearCopies } from './near-copies.ts';
import { evaluationSets, fewPhrasings } from './topic-rules.ts';
import { uselessSpellings } from './useless-spellings.ts';

/** What is worth a look once there are no errors, which could be its cause. */
const WARNINGS_ON_ALL: readonly Rule[] = [uncoveredSentences, nearCopies, uselessSpellings];

/** Loads a knowledge folder, as `loadKnowledge` does, and also checks what does not keep the bot from answering. */
export function checkKnowledge(directory: string): LoadedKnowledge {
  const loaded = loadKnowledge(directory, [fewPhrasings, evaluationSets]);
  const { knowledge, files, problems } = loaded;
  if (!knowledge) return loaded;
  const warnings = WARNINGS_ON_ALL.flatMap((rule) => rule(knowledge, files));
  return { knowledge, files, problems: inReadingOrder([...problems, ...warnings]) };
}
