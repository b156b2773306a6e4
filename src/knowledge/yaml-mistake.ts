import { type Document, type ErrorCode, isScalar, visit, type YAMLError } from 'yaml';
import { MAX_PER_FILE } from './problem.ts';
import { FIELDS, unindentedLine } from './unindented-text.ts';

/** What somebody who edits a file has to know of a mistake in its YAML. */
export interface YamlMistake {
  /** In UTF-16 units from the beginning of the file. */
  readonly at: number;
  readonly what: string;
  readonly remedy: string;
}

type Told = Pick<YamlMistake, 'what' | 'remedy'>;

/** Something that a line gives away, better than what the parser stumbles over because of it. */
interface Sign extends Told {
  readonly line: RegExp;
}

const QUOTE_IT = 'Put the whole text in quotes: "…". Where it has such quotes itself, take \'…\'.';

export const BEGINS_WITH_A_SIGN: Told = {
  what: 'the text begins with a sign that has a meaning of its own here',
  remedy: QUOTE_IT,
};

const CONFLICT: Sign = {
  line: /^(?:<{7}|={7}$|>{7})/,
  what: 'this marks where two people changed the same lines (a merge conflict)',
  remedy: 'Keep the lines that are right, and delete the others and all such marks.',
};

/** In the order in which they are looked for, in the line of the error and the one before. */
const SIGNS: readonly Sign[] = [
  CONFLICT,
  {
    line: /^ *\t/,
    what: 'the line is indented by a tab',
    remedy: 'Indent it by spaces instead, as many as the lines around it have.',
  },
  {
    line: /^\s*[^\S \t\r\n]/,
    what: 'the line is indented by hard spaces, as word processors write them',
    remedy: 'Delete them and type ordinary spaces, as many as the lines around it have.',
  },
  {
    line: /^\s*[–—−]\s/,
    what: 'the line begins with a dash',
    remedy: 'Write a hyphen and a space: "- ". Dashes come from word processors; edit the file as plain text.',
  },
  { line: /^\s*-(?![\s-])/, what: 'there is no space after the hyphen', remedy: 'Write "- ", then the text.' },
  {
    line: new RegExp(`^\\s*${FIELDS}\\s*$`),
    what: 'the name of a field has no colon after it',
    remedy: 'Write a colon at the end of the line.',
  },
  {
    line: new RegExp(`^\\s*${FIELDS}(?:\\s+[^\\s:]|:\\S)`),
    what: 'the name of a field has no colon and space after it',
    remedy: 'Write it like "status: rumour".',
  },
  {
    line: /^\s*(?:- |\w+: )\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*[^\s#,\]}]/,
    what: 'the text goes on after its closing quote',
    remedy: 'Put the whole text in quotes of the other kind: \'…\' around a text with ", "…" around one with \'.',
  },
  { line: /^\s*(?:- |\w+: )\s*[@`%!&*|>]/, ...BEGINS_WITH_A_SIGN },
  { line: /^\s*(?:- |(?:title|answer): )\s*(?:\[[^\]]*\]|\{[^}]*\})\s*[^\s#]/, ...BEGINS_WITH_A_SIGN },
  { line: /^\s*(?:- |\w+: )\s*[^"'[{].*: /, what: 'the text has ": " in it, which makes it a field', remedy: QUOTE_IT },
];

const BY_CODE: Readonly<Partial<Record<ErrorCode, Told>>> = {
  BAD_DIRECTIVE: {
    what: 'a line that begins with "%" says here how to read the file',
    remedy: 'Delete it, or put the text in quotes.',
  },
  DUPLICATE_KEY: { what: 'this field is there twice', remedy: 'Keep one of the two, and in it what both say.' },
  MISSING_CHAR: {
    what: 'something that was opened is not closed: a quote or a bracket',
    remedy: 'Close it where the text ends. A text with quotes in it needs quotes of the other kind around it.',
  },
};

const BY_INDENTATION: Told = {
  what: 'the lines around here are not indented alike',
  remedy: 'Let what belongs together begin in the same column, as in another file of this kind.',
};

/** How much of a line is shown, in UTF-16 units. */
const MAX_LINE_LENGTH = 60;

/** An error or a warning of the parser. */
type Stumble = Pick<YAMLError, 'code' | 'pos'>;

/** What errors or warnings of the parser mean, in words; one mistake a line. */
export function yamlMistakes(source: string, stumbles: readonly Stumble[]): YamlMistake[] {
  const mistakes = stumbles.slice(0, MAX_PER_FILE).map((stumble) => yamlMistake(source, stumble));
  // Where nothing gives a mistake away, it mostly follows from another.
  const told = mistakes.filter(({ what }, index) => index === 0 || !what.startsWith(BY_INDENTATION.what));
  const isTold = (one: YamlMistake, other: YamlMistake) =>
    lineStart(source, one.at) === lineStart(source, other.at) ||
    (one.remedy === CONFLICT.remedy && other.remedy === CONFLICT.remedy);
  return told.filter((mistake, index) => told.findIndex((other) => isTold(mistake, other)) === index);
}

/** Fields that are in a group twice. The parser's own check compares each with all others. */
export function repeatedFields(document: Document.Parsed): Stumble[] {
  const repeated: Stumble[] = [];
  visit(document, {
    Map(_, { items }) {
      const names = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key) || repeated.length === MAX_PER_FILE) continue;
        const at = key.range?.[0] ?? 0;
        if (names.has(key.value)) repeated.push({ code: 'DUPLICATE_KEY', pos: [at, at] });
        names.add(key.value);
      }
    },
  });
  return repeated;
}

function yamlMistake(source: string, { code, pos: [at] }: Stumble): YamlMistake {
  const unindented = unindentedLine(source, at);
  if (unindented) {
    const { line, field } = unindented;
    return {
      at: unindented.at,
      what: shown('the line is indented too little to belong to the text above it', line),
      remedy: `Indent all lines of the text alike, and further than "${field}:".`,
    };
  }
  const unclosed = unclosedSign(source, at);
  if (unclosed) return unclosed;
  const starts = [lineStart(source, at)];
  if ((starts[0] ?? 0) > 0) starts.push(lineStart(source, (starts[0] ?? 0) - 1));
  for (const { line, what, remedy } of SIGNS) {
    for (const start of starts) {
      const text = lineAt(source, start);
      if (line.test(text)) return { at: start + indentation(text), what: shown(what, text), remedy };
    }
  }
  const { what, remedy } = BY_CODE[code] ?? BY_INDENTATION;
  return { at, what: shown(what, lineAround(source, at)), remedy };
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
    const end = NEXT_FIELD.exec(source.slice(open))?.index;
    const rest = source.slice(open, end === undefined ? source.length : open + end).replace(QUOTED, '');
    const closing = CLOSING[sign];
    if (closing === undefined ? !rest.startsWith(sign) : rest.split(sign).length <= rest.split(closing).length)
      continue;
    const inText = `If it belongs to a text, put the whole text in ${sign === '"' ? "'…'" : '"…"'}.`;
    return {
      at: open,
      what: shown(
        `the ${closing === undefined ? 'quote' : 'bracket'} ${sign} is opened here, but not closed`,
        lineAround(source, open),
      ),
      remedy: `Write ${closing ?? sign} where it ends. ${inText}`,
    };
  }
  return undefined;
}

const lineStart = (source: string, at: number) => source.lastIndexOf('\n', at - 1) + 1;
const lineAt = (source: string, start: number) => source.slice(start).split(/\r?\n/, 1)[0] ?? '';
const indentation = (line: string) => line.length - line.trimStart().length;

/** The line of a place in a file. */
export const lineAround = (source: string, at: number) => lineAt(source, lineStart(source, at));

/** What is wrong, and the beginning of the line in which it is. */
export function shown(what: string, line: string): string {
  const text = line.trim();
  if (text === '') return what;
  return `${what}: ${text.length > MAX_LINE_LENGTH ? `${text.slice(0, MAX_LINE_LENGTH)}…` : text}`;
}
