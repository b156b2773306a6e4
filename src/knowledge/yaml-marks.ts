import { type Document, isAlias, isCollection, type Node, visit } from 'yaml';
import { BEGINS_WITH_A_SIGN, lineAround, shown, type YamlMistake } from './yaml-mistake.ts';

/**
 * Every tag ("!"), anchor ("&") and alias ("*") of a file. YAML takes them off the text in silence; in texts that people
 * write, they are the first word of it.
 *
 * @param source the whole file
 */
export function yamlMarks(document: Document, source: string): YamlMistake[] {
  const mistakes: YamlMistake[] = [];
  visit(document, {
    Node(_, node) {
      const at = placeOfMark(node, source);
      if (at === undefined) return;
      const { what, remedy } = isCollection(node) ? ON_A_GROUP : BEGINS_WITH_A_SIGN;
      mistakes.push({ at, what: shown(what, lineAround(source, at)), remedy });
    },
  });
  return mistakes;
}

const ON_A_GROUP = {
  what: 'there is a mark of YAML that is not used here ("!" or "&" and what follows it)',
  remedy: 'Delete the mark.',
};

function placeOfMark(node: Node, source: string): number | undefined {
  const start = node.range?.[0] ?? 0;
  if (isAlias(node)) return start;
  // The range of a node begins after its marks.
  const anchor = 'anchor' in node && node.anchor ? source.lastIndexOf(`&${node.anchor}`, start) : start;
  const tag = node.tag === undefined ? start : beginOfWord(source, source.lastIndexOf('!', start));
  const at = Math.min(anchor, tag);
  return at < start ? Math.max(0, at) : undefined;
}

/** Of what stands at a place without white space, or a sign of a list in brackets, in it. */
function beginOfWord(source: string, at: number): number {
  let begin = at;
  while (begin > 0 && !/[\s[{,]/.test(source.charAt(begin - 1))) begin--;
  return begin;
}
