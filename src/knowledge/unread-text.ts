import { type Document, isScalar, Scalar, visit } from 'yaml';
import type { YamlMistake } from './yaml-mistake.ts';

/** What stands in these is no text that people write freely; a comment may follow it. */
const NO_TEXTS = new Set([
  'id',
  'status',
  'smallTalk',
  'related',
  'voice',
  'language',
  'after',
  'asks',
  'names',
  'spellings',
  'synonyms',
]);

/**
 * What YAML makes of texts without quotes in silence: it takes " #" and all after it for a comment, and a line that is indented further
 * for a part of the text above.
 *
 * @param source the whole file
 */
export function unreadTexts(document: Document, source: string): YamlMistake[] {
  const mistakes: YamlMistake[] = [];
  visit(document, {
    Pair: (_, { key }) => (isScalar(key) && NO_TEXTS.has(String(key.value)) ? visit.SKIP : undefined),
    Scalar(key, { type, range }) {
      if (key === 'key' || type !== Scalar.PLAIN || !range) return;
      const [at, end, whole] = range;
      const comment = /^[ \t]+#[^\n]*/.exec(source.slice(end, whole))?.[0].trim();
      const swallowed = /\n\s*(- [^\n]*)/.exec(source.slice(at, end))?.[1];
      if (comment !== undefined) {
        const remedy = 'Put the whole text in quotes: "…". A comment goes on a line of its own.';
        mistakes.push({ at, what: `what stands after " #" is not read: ${comment}`, remedy });
      } else if (swallowed !== undefined) {
        const remedy = 'Indent that line like this one.';
        mistakes.push({ at, what: `a line is read as a part of this text: ${swallowed.trim()}`, remedy });
      }
    },
  });
  return mistakes;
}
