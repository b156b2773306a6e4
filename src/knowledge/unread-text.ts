import { isScalar, Scalar } from 'yaml';

/** Why a part of what an editor wrote is not read as they meant it, and what to do. */
export interface UnreadText {
  readonly what: string;
  readonly remedy: string;
}

/**
 * What YAML makes of a text without quotes in silence: it takes " #" and all after it for a comment, and a line that is
 * indented further for a part of the text above.
 *
 * @param node of the text, from the document of the file
 * @param source the whole file
 */
export function unreadText(node: unknown, source: string): UnreadText | undefined {
  if (!isScalar(node) || node.type !== Scalar.PLAIN || !node.range) return undefined;
  const [start, end, whole] = node.range;
  const comment = /^[ \t]+#[^\n]*/.exec(source.slice(end, whole))?.[0];
  if (comment !== undefined) {
    return {
      what: `what stands after " #" is not read: ${comment.trim()}`,
      remedy: 'Put the whole text in quotes: "…". A comment goes on a line of its own.',
    };
  }
  const swallowed = /\n\s*(- [^\n]*)/.exec(source.slice(start, end))?.[1];
  if (swallowed === undefined) return undefined;
  return {
    what: `a line is read as a part of this text: ${swallowed.trim()}`,
    remedy: 'Indent that line like this one.',
  };
}
