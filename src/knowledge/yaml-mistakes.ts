import { type Document, isAlias, isScalar, Scalar, visit, type YAMLError } from 'yaml';
import { MAX_PER_FILE, type Place, type Problem, problemIn } from './problem.ts';

/** The text of a YAML file, to tell what is wrong in it to someone who may not know YAML. */
export interface YamlSource {
  readonly file: string;
  readonly text: string;
  readonly lines: readonly string[];
  /** @param offset in UTF-16 units from the beginning of the file */
  placeOf(offset: number): Place;
}

const QUOTE_IT = 'Put the whole text in quotes: "…", or \'…\' if it has " in it.';

const KEEP_RIGHT_LINES = 'Keep the lines that are right, and delete the others and all such marks.';

const FIELDS = '(?:id|status|smallTalk|passages|related|de|en|title|answer|phrasings|names|spellings|synonyms)';
const ENTRY = '^\\s*(?:- |\\w+: )\\s*';

/** What a line gives away better than the parser's error, looked for in the line of the error and the one before. */
const SIGNS: readonly (readonly [line: RegExp, what: string, remedy: string])[] = [
  [/^(?:<{7}|={7}$|>{7})/, 'this marks where two people changed the same lines (a merge conflict)', KEEP_RIGHT_LINES],
  [
    /^ *\t|^\s*[^\S \t\r\n]/,
    'the line is indented by a tab or hard spaces',
    'Indent it by ordinary spaces, as many as the lines around it have.',
  ],
  [
    /^\s*(?:-|[\w-]+:)[^\S \t\r\n]/,
    'a hard space, which looks like an ordinary one, follows the hyphen or the colon',
    'Delete it and type an ordinary space.',
  ],
  [/^\s*(?:[–—−•]|\* |-(?![\s-]))/, 'the entry does not begin with a hyphen and a space', 'Write "- ", then the text.'],
  [
    new RegExp(`^\\s*${FIELDS}(?:\\s*$|\\s+[^\\s:]|:\\S)`),
    'the name of a field has no colon and space after it',
    'Write it like "status: rumour", or like "phrasings:" if its content is below it.',
  ],
  [
    new RegExp(`${ENTRY}(?:"(?:[^"\\\\]|\\\\.)*"|'(?:[^']|'')*')\\s*[^\\s#,\\]}]`),
    'the text goes on after its closing quote',
    QUOTE_IT,
  ],
  [
    new RegExp(`${ENTRY}(?:[@\`%!&*]|[|>](?![-+\\d]*\\s*$)|(?:\\[[^\\]]*\\]|\\{[^}]*\\})\\s*[^\\s#])`),
    'the text begins with a character that has a meaning of its own here',
    QUOTE_IT,
  ],
  [
    new RegExp(`${ENTRY}[^"'[{].*(?:: | .*:$)`),
    'the text has ": " in it or ends with a colon, which makes it a field',
    QUOTE_IT,
  ],
];

const UNKNOWN = 'the lines around here cannot be read';

/** What errors of the parser mean, in words; one mistake a line. */
export function syntaxMistakes(source: YamlSource, errors: readonly Pick<YAMLError, 'pos'>[]): Problem[] {
  const mistakes = errors.slice(0, MAX_PER_FILE).map(({ pos: [at] }) => mistakeAt(source, at));
  // An error that nothing gives away mostly follows from another; of a merge conflict, the first mark is enough.
  const told = mistakes.filter(({ what }, index) => index === 0 || !what.startsWith(UNKNOWN));
  const groups = Map.groupBy(told, ({ line, remedy }) => (remedy === KEEP_RIGHT_LINES ? remedy : line));
  return [...groups.values()].flatMap((group) => group.slice(0, 1));
}

function mistakeAt(source: YamlSource, at: number): Problem {
  const place = source.placeOf(at);
  const better = unindentedLine(source, place.line) ?? unclosedSign(source, at);
  if (better) return better;
  for (const [sign, what, remedy] of SIGNS) {
    const number = [place.line, place.line - 1].find((number) => sign.test(source.lines[number - 1] ?? ''));
    if (number) return mistake(source, startOf(source, number), what, remedy);
  }
  const remedy = 'Indent what belongs together alike, as in another file of this kind, and close quotes and brackets.';
  // Of a line that is indented wrongly, the parser may name the empty lines and comments above it.
  const skipped = /^[ \t]*\r?\n(?:\s+|#.*)*/.exec(source.text.slice(at))?.[0].length ?? 0;
  return mistake(source, source.placeOf(at + skipped), UNKNOWN, remedy);
}

/** A field whose text stands below it, like "answer: >-". */
const FIELD_ABOVE = /^ *(title|answer):\s*(?:[|>][-+\d]*)?\s*$/;
/** Its colon may be missing: that is a mistake of its own. */
const OTHER_FIELD = new RegExp(`^ *${FIELDS}(?::|\\s*$)`);

/**
 * The first line of a text that is indented too little to belong to the field above it. YAML takes it for another
 * field, and stumbles there or further down, in line `number`.
 */
function unindentedLine(source: YamlSource, number: number): Problem | undefined {
  const lines = source.lines.slice(0, number);
  const above = lines.findLastIndex((line, index) => index < number - 1 && OTHER_FIELD.test(line));
  const header = lines[above] ?? '';
  const field = FIELD_ABOVE.exec(header)?.[1];
  if (field === undefined || OTHER_FIELD.test(lines.at(-1) ?? '')) return undefined;
  // Lines that begin with such a character have mistakes of their own.
  const isText = (line: string) => /^ *[\p{L}\p{N}"'„“(]/u.test(line);
  const first = lines.slice(above + 1).find(isText) ?? '';
  // The first line says how far all are to be indented.
  const least = Math.max(indentation(header) + 1, indentation(first));
  const index = lines.findIndex((line, index) => index > above && isText(line) && indentation(line) < least);
  if (index < 0) return undefined;
  const what = 'the line is indented too little to belong to the text above it';
  const remedy = `Indent all lines of the text alike, and further than "${field}:".`;
  return mistake(source, startOf(source, index + 1), what, remedy);
}

/** A quote or a bracket with which a text or a list begins. */
const OPENING = /^ *(?:- +)?(?:[\w-]+: +)?(["'[{])/gm;
const NEXT_FIELD = new RegExp(`\\n *(?:- |${FIELDS}:)`);
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g;
const CLOSING: Readonly<Record<string, string>> = { '[': ']', '{': '}' };

/** The first quote or bracket that is not closed before the next field or entry. */
function unclosedSign(source: YamlSource, at: number): Problem | undefined {
  for (const { 0: line, 1: sign = '', index } of source.text.slice(0, at + 1).matchAll(OPENING)) {
    const open = index + line.length - 1;
    const [text = ''] = source.text.slice(open).split(NEXT_FIELD, 1);
    const rest = text.replace(QUOTED, '');
    const closing = CLOSING[sign];
    const isClosed = closing ? rest.split(sign).length <= rest.split(closing).length : !rest.startsWith(sign);
    if (isClosed) continue;
    const what = `the ${closing ? 'bracket' : 'quote'} ${sign} is opened here, but not closed`;
    const inText = `If it belongs to a text, put the whole text in ${sign === '"' ? "'…'" : '"…"'}.`;
    return mistake(source, source.placeOf(open), what, `Write ${closing ?? sign} where it ends. ${inText}`);
  }
  return undefined;
}

const indentation = (line: string) => line.length - line.trimStart().length;

/** Where the text of a line begins. */
const startOf = ({ lines }: YamlSource, number: number): Place => {
  return { line: number, column: indentation(lines[number - 1] ?? '') + 1 };
};

/** How much of a line is shown, in UTF-16 units. */
const MAX_LINE_LENGTH = 60;

/** What is wrong, and the beginning of the line in which it is. */
function mistake({ file, lines }: YamlSource, place: Place, what: string, remedy: string): Problem {
  const line = lines[place.line - 1]?.trim() ?? '';
  const shown = line.length > MAX_LINE_LENGTH ? `${line.slice(0, MAX_LINE_LENGTH)}…` : line;
  return problemIn(file, shown === '' ? what : `${what}: ${shown}`, remedy, place);
}

/** Tags ("!"), anchors ("&") and aliases ("*"), which YAML silently drops from a text; and repeated fields. */
export function marksAndRepeatedFields(document: Document, source: YamlSource): Problem[] {
  const mistakes: Problem[] = [];
  const tell = (at: number, what: string, remedy: string) =>
    void mistakes.push(mistake(source, source.placeOf(at), what, remedy));
  visit(document, {
    Node(_, node) {
      const start = node.range?.[0] ?? 0;
      if (!isAlias(node) && !node.tag && !('anchor' in node && node.anchor)) return;
      // The range of a node begins after its marks.
      const marks = /(?:[!&][^\s,[\]{}!&]*\s*)*$/.exec(source.text.slice(Math.max(0, start - 200), start))?.[0] ?? '';
      return tell(start - marks.length, 'a word that begins with "!", "&" or "*" is not read as text', QUOTE_IT);
    },
    // The parser's own check compares each field with all others.
    Map(_, { items }) {
      const names = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const remedy = 'Keep one of the two, and in it what both say.';
        if (names.has(key.value)) tell(key.range?.[0] ?? 0, 'this field appears twice', remedy);
        names.add(key.value);
      }
    },
  });
  return mistakes;
}

/** Fields without texts that people write freely; a comment may follow them. */
const NO_TEXTS = /^(?:id|status|smallTalk|related|voice|language|after|asks|names|spellings|synonyms)$/;

/** Texts that YAML cuts off at " #" because it begins a comment, or joins with an indented line. */
export function unreadTexts(document: Document, { file, text, placeOf }: YamlSource): Problem[] {
  const mistakes: Problem[] = [];
  visit(document, {
    Pair: (_, { key }) => (isScalar(key) && NO_TEXTS.test(String(key.value)) ? visit.SKIP : undefined),
    Scalar(key, { type, range }) {
      if (key === 'key' || type !== Scalar.PLAIN || !range) return;
      const [at, end, whole] = range;
      const tell = (what: string, remedy: string) => void mistakes.push(problemIn(file, what, remedy, placeOf(at)));
      const comment = /^[ \t]*#[^\n]*/.exec(text.slice(end, whole))?.[0].trim();
      const swallowed = /\n\s*(- [^\n]*)/.exec(text.slice(at, end))?.[1];
      if (comment !== undefined) {
        tell(`what comes after " #" is not read: ${comment}`, `${QUOTE_IT} A comment goes on a line of its own.`);
      } else if (swallowed !== undefined) {
        const remedy =
          key === 'value'
            ? 'Begin this line with "- " if it is an entry of the list, too; otherwise put the whole text in quotes.'
            : 'Indent that line like this one.';
        tell(`a line is read as a part of this text: ${swallowed.trim()}`, remedy);
      }
    },
  });
  return mistakes;
}
