import { type Document, isAlias, isScalar, Scalar, visit } from 'yaml';
import { MAX_PER_FILE } from './problem.ts';
import { mistake, QUOTE_IT, type YamlMistake } from './yaml-syntax.ts';

/** Tags ("!"), anchors ("&") and aliases ("*"), which YAML silently drops from a text; and repeated fields. */
export function marksAndRepeatedFields(document: Document, source: string): YamlMistake[] {
  const mistakes: YamlMistake[] = [];
  const tell = (at: number, what: string, remedy: string) => {
    if (mistakes.length < MAX_PER_FILE) mistakes.push(mistake(source, at, what, remedy));
  };
  visit(document, {
    Node(_, node) {
      const start = node.range?.[0] ?? 0;
      if (!isAlias(node) && !node.tag && !('anchor' in node && node.anchor)) return;
      // The range of a node begins after its marks.
      const marks = /(?:[!&][^\s,[\]{}!&]*\s*)*$/.exec(source.slice(Math.max(0, start - 200), start))?.[0] ?? '';
      return tell(start - marks.length, 'a word that begins with "!", "&" or "*" is not read as text', QUOTE_IT);
    },
    // The parser's own check compares each field with all others.
    Map(_, { items }) {
      const names = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const at = key.range?.[0] ?? 0;
        const remedy = 'Keep one of the two, and in it what both say.';
        if (names.has(key.value)) tell(at, 'this field appears twice', remedy);
        names.add(key.value);
      }
    },
  });
  return mistakes;
}

/** Fields without texts that people write freely; a comment may follow them. */
const NO_TEXTS = /^(?:id|status|smallTalk|related|voice|language|after|asks|names|spellings|synonyms)$/;

/** Texts that YAML cuts off at " #" because it begins a comment, or joins with an indented line. */
export function unreadTexts(document: Document, source: string): YamlMistake[] {
  const mistakes: YamlMistake[] = [];
  visit(document, {
    Pair: (_, { key }) => (isScalar(key) && NO_TEXTS.test(String(key.value)) ? visit.SKIP : undefined),
    Scalar(key, { type, range }) {
      if (key === 'key' || type !== Scalar.PLAIN || !range) return;
      const [at, end, whole] = range;
      const comment = /^[ \t]+#[^\n]*/.exec(source.slice(end, whole))?.[0].trim();
      const swallowed = /\n\s*(- [^\n]*)/.exec(source.slice(at, end))?.[1];
      if (comment !== undefined) {
        const remedy = `${QUOTE_IT} A comment goes on a line of its own.`;
        mistakes.push({ at, what: `what stands after " #" is not read: ${comment}`, remedy });
      } else if (swallowed !== undefined) {
        const remedy = 'Indent that line like this one.';
        mistakes.push({ at, what: `a line is read as a part of this text: ${swallowed.trim()}`, remedy });
      }
    },
  });
  return mistakes;
}
