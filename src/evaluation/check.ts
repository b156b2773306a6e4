import { uncoveredSentences } from '../knowledge/article-coverage.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { nearCopies } from './near-copies.ts';
import { evaluationSets, fewPhrasings } from './topic-rules.ts';
import { uselessSpellings } from './useless-spellings.ts';

/** Loads a knowledge folder, as `loadKnowledge` does, and also checks what does not keep the bot from answering. */
export const checkKnowledge = (directory: string) =>
  loadKnowledge(directory, [evaluationSets], [fewPhrasings, uncoveredSentences, nearCopies, uselessSpellings]);
