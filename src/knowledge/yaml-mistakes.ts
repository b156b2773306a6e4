import { type Document, isAlias, isScalar, Scalar, visit, type YAMLError } from 'yaml';
import { MAX_PER_FILE } from './problem.ts';

/** A mistake in a file's YAML, told to someone who may not know YAML. */
export interface YamlMistake {
  /** In UTF-16 units from the beginning of the file. */
  readonly at: number;
  readonly what: string;
  readonly remedy: string;
}

const QUOTE_IT = 'Put the whole text in quotes: "…", or \'…\' if it has " in it.';

const FIELDS = '(?:id|status|smallTalk|passages|related|de|en|title|answer|phrasings|names|spellings|synonyms)';
const ENTRY = '^\\s*(?:- |\\w+: )\\s*';

/** What a line gives away better than the parser's error, looked for in the line of the error and the one before. */
const SIGNS: readonly (readonly [line: RegExp, what: string, remedy: string])[] = [
  [
    /^(?:<{7}|={7}$|>{7})/,
    'this marks where two people changed the same lines (a merge conflict)',
    'Keep the lines that are right, and delete the others and all such marks.',
  ],
  [
    /^ *\t|^\s*[^\S \t\r\n]/,
    'the line is indented by a tab or hard spaces',
    'Indent it by ordinary spaces, as many as the lines around it have.',
  ],
  [/^\s*(?:[–—−]|-(?![\s-]))/, 'the entry does not begin with a hyphen and a space', 'Write "- ", then the text.'],
  [
    new RegExp(`^\\s*${FIELDS}(?:\\s*$|\\s+[^\\s:]|:\\S)`),
    'the name of a field has no colon and space after it',
    'Write it like "status: rumour", or like "phrasings:" if what belongs to it stands below.',
  ],
  [
    new RegExp(`${ENTRY}(?:"(?:[^"\\\\]|\\\\.)*"|'(?:[^']|'')*')\\s*[^\\s#,\\]}]`),
    'the text goes on after its closing quote',
    QUOTE_IT,
  ],
  [
    new RegExp(`${ENTRY}(?:[@\`%!&*|>]|(?:\\[[^\\]]*\\]|\\{[^}]*\\})\\s*[^\\s#])`),
    'the text begins with a sign that has a meaning of its own here',
    QUOTE_IT,
  ],
  [new RegExp(`${ENTRY}[^"'[{].*: `), 'the text has ": " in it, which makes it a field', QUOTE_IT],
];

const UNKNOWN = 'the lines around here cannot be read';

/** What errors of the parser mean, in words; one mistake a line. */
export function syntaxMistakes(source: string, errors: readonly Pick<YAMLError, 'pos'>[]): YamlMistake[] {
  const mistakes = errors.slice(0, MAX_PER_FILE).map(({ pos: [at] }) => mistakeAt(source, at));
  // An error that nothing gives away mostly follows from another; of a merge conflict, the first mark is enough.
  const told = mistakes.filter(({ what }, index) => index === 0 || !what.startsWith(UNKNOWN));
  const key = ({ at, remedy }: YamlMistake) => (remedy === SIGNS[0]?.[2] ? remedy : lineStart(source, at));
  return [...Map.groupBy(told, key).values()].flatMap((group) => group.slice(0, 1));
}

function mistakeAt(source: string, at: number): YamlMistake {
  const better = unindentedLine(source, at) ?? unclosedSign(source, at);
  if (better) return better;
  const start = lineStart(source, at);
  const starts = start > 0 ? [start, lineStart(source, start - 1)] : [start];
  for (const [line, what, remedy] of SIGNS) {
    const begin = starts.find((begin) => line.test(lineAround(source, begin)));
    if (begin !== undefined) return mistake(source, begin + indentation(lineAround(source, begin)), what, remedy);
  }
  const remedy = 'Indent what belongs together alike, as in another file of this kind, and close quotes and brackets.';
  return mistake(source, at, UNKNOWN, remedy);
}

/** A field whose text stands below it, like "answer: >-". */
const FIELD_ABOVE = /^ *(title|answer):\s*(?:[|>][-+\d]*)?\s*$/;
/** Its colon may be missing: that is a mistake of its own. */
const OTHER_FIELD = new RegExp(`^ *${FIELDS}(?::|\\s*$)`);

/**
 * The first line of a text that is indented too little to belong to the field above it. YAML takes it for another
 * field, and stumbles there or further down.
 */
function unindentedLine(source: string, at: number): YamlMistake | undefined {
  const lines = source
    .slice(0, at)
    .concat(source.slice(at).split('\n', 1)[0] ?? '')
    .split('\n');
  const above = lines.findLastIndex((line, index) => index < lines.length - 1 && OTHER_FIELD.test(line));
  const header = lines[above] ?? '';
  const field = FIELD_ABOVE.exec(header)?.[1];
  if (field === undefined || OTHER_FIELD.test(lines.at(-1) ?? '')) return undefined;
  // Lines that begin with a sign have mistakes of their own.
  const isText = (line: string) => /^ *[\p{L}\p{N}"'„“(]/u.test(line);
  const first = lines.slice(above + 1).find(isText) ?? '';
  // The first line says how far all are to be indented.
  const least = Math.max(indentation(header) + 1, indentation(first));
  const index = lines.findIndex((line, index) => index > above && isText(line) && indentation(line) < least);
  if (index < 0) return undefined;
  const start = lines.slice(0, index).join('\n').length + 1 + indentation(lines[index] ?? '');
  const remedy = `Indent all lines of the text alike, and further than "${field}:".`;
  return mistake(source, start, 'the line is indented too little to belong to the text above it', remedy);
}

/** A quote or a bracket with which a text or a list begins. */
const OPENING = /^ *(?:- +)?(?:[\w-]+: +)?(["'[{])/gm;
const NEXT_FIELD = new RegExp(`\\n *(?:- |${FIELDS}:)`);
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g;
const CLOSING: Readonly<Record<string, string>> = { '[': ']', '{': '}' };

/** The first quote or bracket that is not closed before the next field or entry. */
function unclosedSign(source: string, at: number): YamlMistake | undefined {
  for (const { 0: line, 1: sign = '', index } of source.slice(0, at + 1).matchAll(OPENING)) {
    const open = index + line.length - 1;
    const [text = ''] = source.slice(open).split(NEXT_FIELD, 1);
    const rest = text.replace(QUOTED, '');
    const closing = CLOSING[sign];
    const isClosed = closing ? rest.split(sign).length <= rest.split(closing).length : !rest.startsWith(sign);
    if (isClosed) continue;
    const what = `the ${closing ? 'bracket' : 'quote'} ${sign} is opened here, but not closed`;
    const inText = `If it belongs to a text, put the whole text in ${sign === '"' ? "'…'" : '"…"'}.`;
    return mistake(source, open, what, `Write ${closing ?? sign} where it ends. ${inText}`);
  }
  return undefined;
}

const lineStart = (source: string, at: number) => source.lastIndexOf('\n', at - 1) + 1;
const indentation = (line: string) => line.length - line.trimStart().length;

/** The line of a place in a file. */
function lineAround(source: string, at: number): string {
  const end = source.indexOf('\n', at);
  return source.slice(lineStart(source, at), end < 0 ? undefined : end);
}

/** How much of a line is shown, in UTF-16 units. */
const MAX_LINE_LENGTH = 60;

/** What is wrong, and the beginning of the line in which it is. */
function mistake(source: string, at: number, what: string, remedy: string): YamlMistake {
  const line = lineAround(source, at).trim();
  const shown = line.length > MAX_LINE_LENGTH ? `${line.slice(0, MAX_LINE_LENGTH)}…` : line;
  return { at, what: shown === '' ? what : `${what}: ${shown}`, remedy };
}

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
