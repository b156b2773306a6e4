import { stringify } from 'yaml';
import type { Language } from '../knowledge/knowledge.ts';
import type { TopicFile } from '../knowledge/topic-problems.ts';

/** Lines to add to a topic's file. */
export interface Addition {
  readonly file: string;
  /** The line after which they belong, from 1. */
  readonly after: number;
  /** Indented as the lines around them. */
  readonly lines: readonly string[];
}

/** Where a topic's file takes further phrasings, and how they are written there. Writes nothing. */
export function phrasingsToAdd(
  { file, value, place }: TopicFile,
  language: Language,
  phrasings: readonly string[],
): Addition {
  const last = place([language, 'phrasings', value[language].phrasings.length - 1]);
  // Before the text stands "- ".
  const indent = ' '.repeat(Math.max(0, last.column - 3));
  return {
    file,
    after: last.line,
    lines: phrasings.map((phrasing) => `${indent}- ${stringify(phrasing, { lineWidth: 0 }).trimEnd()}`),
  };
}
