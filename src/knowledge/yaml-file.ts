import { readFileSync, statSync } from 'node:fs';
import { type Document, isMap, isNode, isScalar, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import type { z } from 'zod';
import { formMistakes } from './form-mistake.ts';
import { errorIn, MAX_PER_FILE, type Problem } from './problem.ts';
import { unreadTexts } from './unread-text.ts';
import { yamlMarks } from './yaml-marks.ts';
import { repeatedFields, type YamlMistake, yamlMistakes } from './yaml-mistake.ts';

/** Where a value stands in a file: from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A YAML file that was read, and where in it each of its values stands. */
export interface YamlFile<T> {
  readonly file: string;
  readonly value: T;
  /** The place of the value at a path; of its nearest parent where the path leads nowhere. */
  place(path: readonly PropertyKey[]): Place;
  /** A problem at the value at `path`. */
  problem(path: readonly PropertyKey[], what: string, remedy: string, severity?: Problem['severity']): Problem;
}

/** What a file holds, and what is wrong with it. */
export interface ReadFile<T> {
  /** `undefined` for a file with mistakes in its form. */
  readonly content: YamlFile<T> | undefined;
  /** Like the content, but empty wherever there is a mistake; `undefined` for a file that is no YAML. */
  readonly draft: YamlFile<T> | undefined;
  readonly problems: readonly Problem[];
}

/** In bytes. To parse this much YAML takes seconds and up to 450 MB of memory; the longest file that the bot ships has less than half. */
const MAX_FILE_SIZE = 512 * 1_024;

/**
 * The text of a file, or why it cannot be read.
 *
 * @param largest in bytes
 */
export function readText(file: string, largest = MAX_FILE_SIZE): string | Problem {
  let bytes: Buffer;
  try {
    const stats = statSync(file);
    if (!stats.isFile() && !stats.isDirectory()) return unreadable(file, { code: 'NO_FILE' });
    if (stats.size > largest) return unreadable(file, { code: 'TOO_LARGE' });
    bytes = readFileSync(file);
  } catch (error) {
    return unreadable(file, error);
  }
  // Without the mark that some editors put at the beginning.
  const text = new TextDecoder().decode(bytes);
  // What no text has is in one of another encoding: what could not be decoded, and every other byte of UTF-16.
  const wrong = text.search(/[\uFFFD\0]/);
  if (wrong < 0) return text;
  const before = text.slice(0, wrong).split('\n');
  return errorIn(
    file,
    'is not saved as UTF-8: this letter and others cannot be read',
    'Save it once more and choose the encoding UTF-8 (in Notepad: File → Save as → Encoding).',
    before.length,
    (before.at(-1) ?? '').length + 1,
  );
}

/** Why a file or a folder cannot be read, and what to do. */
export function unreadable(file: string, error: unknown): Problem {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';
  const [what, remedy] = REASONS[code] ?? [`cannot be read (${code})`, 'Check that it is a file on a disk that works.'];
  return errorIn(file, what, remedy);
}

const REASONS: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  ENOENT: ['does not exist', 'Create it, or point KNOWLEDGE_DIR or --knowledge at another folder.'],
  EACCES: ['may not be read', 'Give the user that runs the bot permission to read it.'],
  EISDIR: ['is a folder, not a file', 'Move the folder elsewhere; a file is expected here.'],
  NO_FILE: ['is not an ordinary file', 'Put an ordinary file in its place, or delete it.'],
  TOO_LARGE: [`is larger than ${MAX_FILE_SIZE / 1_024} KB`, 'Remove what does not belong there.'],
  ENOTDIR: ['is not a folder', 'Point KNOWLEDGE_DIR or --knowledge at a folder.'],
};

/** What keeps a file from being read as it was meant, before anything is known of its form. */
function mistakesIn(document: Document.Parsed, source: string): YamlMistake[] {
  const stumbles = [...document.errors, ...repeatedFields(document)];
  if (stumbles.length > 0) return yamlMistakes(source, stumbles);
  const marks = yamlMarks(document, source);
  return marks.length > 0 ? marks : yamlMistakes(source, document.warnings);
}

/**
 * Reads a YAML file and checks its form.
 *
 * @param draft the schema with a stand-in for each value that has another form
 */
export function readYaml<T>(file: string, schema: z.ZodType<T>, draft: z.ZodType<T> = schema): ReadFile<T> {
  const source = readText(file);
  if (typeof source !== 'string') return { content: undefined, draft: undefined, problems: [source] };
  const lines = new LineCounter();
  const document = parseDocument(source, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    logLevel: 'error',
  });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const told = ({ at: offset, what, remedy }: YamlMistake): Problem => {
    const { line, column } = at(offset);
    return errorIn(file, what, remedy, line, column);
  };
  const mistakes = mistakesIn(document, source);
  if (mistakes.length > 0) return { content: undefined, draft: undefined, problems: mistakes.map(told) };
  const place = (path: readonly PropertyKey[]): Place => {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return at(node.range[0]);
    }
    return { line: 1, column: 1 };
  };
  const placeOfName = (path: readonly PropertyKey[]): Place => {
    const parent = document.getIn(path.slice(0, -1), true);
    const pair = isMap<ParsedNode>(parent)
      ? parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
      : undefined;
    return pair?.key.range ? at(pair.key.range[0]) : place(path);
  };
  const problem: YamlFile<unknown>['problem'] = (path, what, remedy, severity = 'error') => {
    return { severity, file, ...place(path), what, remedy };
  };
  const value: unknown = document.toJS();
  const problems = unreadTexts(document, source).map(told);
  const checked = schema.safeParse(value, { reportInput: true });
  if (checked.success) {
    const content = { file, value: checked.data, place, problem };
    return { content, draft: content, problems };
  }
  let last: Place = { line: 1, column: 1 };
  for (const [index, { path, isName, what, remedy }] of formMistakes(checked.error.issues).entries()) {
    // To find a place takes a while, and more than the first problems are only counted.
    if (index < MAX_PER_FILE) last = isName ? placeOfName(path) : place(path);
    problems.push(errorIn(file, what, remedy, last.line, last.column));
  }
  const { data } = draft.safeParse(value);
  return {
    content: undefined,
    draft: data === undefined ? undefined : { file, value: data, place, problem },
    problems,
  };
}
