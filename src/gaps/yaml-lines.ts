import { stringify } from 'yaml';
import type { Language } from '../knowledge/knowledge.ts';
import type { TopicFile } from '../knowledge/rule.ts';

/** The lines that add phrasings to a topic's file, indented like their neighbours, and the line before them, from 1. */
export function phrasingsToAdd({ file, place }: TopicFile, language: Language, phrasings: readonly string[]) {
  // Above the first, as no line of the file tells where the last one ends: it may be of several.
  const first = place([language, 'phrasings', 0]);
  // Before the text stands "- ".
  const indent = ' '.repeat(Math.max(0, first.column - 3));
  const lines = phrasings.map((phrasing) => `${indent}- ${stringify(phrasing, { lineWidth: 0 }).trimEnd()}`);
  return { file, after: first.line - 1, lines };
}
