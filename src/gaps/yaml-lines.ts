import { stringify } from 'yaml';
import type { Language } from '../knowledge/knowledge.ts';
import type { TopicFile } from '../knowledge/rule.ts';

/** Lines to add to a topic's file. */
export interface Addition {
  readonly file: string;
  /** The line after which they belong, from 1. */
  readonly after: number;
  /** Indented as the lines around them. */
  readonly lines: readonly string[];
}

/** Where a topic's file takes further phrasings, and how they are written there. Writes nothing. */
export function phrasingsToAdd({ file, place }: TopicFile, language: Language, phrasings: readonly string[]): Addition {
  // Above the first, as no line of the file tells where the last one ends: it may be of several.
  const first = place([language, 'phrasings', 0]);
  // Before the text stands "- ".
  const indent = ' '.repeat(Math.max(0, first.column - 3));
  return {
    file,
    after: first.line - 1,
    lines: phrasings.map((phrasing) => `${indent}- ${stringify(phrasing, { lineWidth: 0 }).trimEnd()}`),
  };
}
