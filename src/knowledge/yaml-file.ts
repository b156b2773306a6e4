import { readFileSync, statSync } from 'node:fs';
import { type Document, isMap, isNode, isScalar, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import type { z } from 'zod';
import { formMistakes } from './form-mistake.ts';
import type { Problem } from './problem.ts';
import { type UnreadText, unreadText } from './unread-text.ts';
import { yamlMarks } from './yaml-marks.ts';
import { type YamlMistake, yamlMistake } from './yaml-mistake.ts';

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
  /** What of the text at `path` is not read as it was meant, if anything. */
  unread(path: readonly PropertyKey[]): UnreadText | undefined;
  /** A problem at the value at `path`. */
  problem(path: readonly PropertyKey[], what: string, remedy: string, severity?: Problem['severity']): Problem;
}

/** Nobody writes so much by hand; to read it would take a bot's memory and everybody's time. In bytes. */
const MAX_FILE_SIZE = 4 * 2 ** 20;

/**
 * The text of a file, or why it cannot be read.
 *
 * @param largest in bytes
 */
export function readText(file: string, largest = MAX_FILE_SIZE): string | Problem {
  let bytes: Buffer;
  try {
    const stats = statSync(file);
    if (!stats.isFile() && !stats.isDirectory()) return unreadable(file, new NoFile());
    if (stats.size > largest) return unreadable(file, new TooLarge());
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
  return {
    severity: 'error',
    file,
    line: before.length,
    column: (before.at(-1) ?? '').length + 1,
    what: 'is not saved as UTF-8: this letter and others cannot be read',
    remedy: 'Save it once more and choose the encoding UTF-8 (in Notepad: File → Save as → Encoding).',
  };
}

/** Why a file or a folder cannot be read, and what to do. */
export function unreadable(file: string, error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  const [what, remedy] = REASONS[code] ?? [
    `cannot be read (${code})`,
    'Check that it is an ordinary file on a disk that works.',
  ];
  return { severity: 'error', file, line: undefined, column: undefined, what, remedy };
}

/** A pipe or a device: to read it might take for ever. */
class NoFile extends Error {
  readonly code = 'NO_FILE';
}

class TooLarge extends Error {
  readonly code = 'TOO_LARGE';
}

const REASONS: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  ENOENT: ['does not exist', 'Create it, or point KNOWLEDGE_DIR or --knowledge at another folder.'],
  EACCES: ['may not be read', 'Give the user that runs the bot permission to read it.'],
  EISDIR: ['is a folder, not a file', 'Move the folder elsewhere; a file is expected here.'],
  NO_FILE: ['is not an ordinary file', 'Put an ordinary file in its place, or delete it.'],
  TOO_LARGE: [`is larger than ${MAX_FILE_SIZE / 2 ** 20} MB`, 'Take out what does not belong there.'],
  ENOTDIR: ['is not a folder', 'Point KNOWLEDGE_DIR or --knowledge at a folder.'],
};

/** What keeps a file from being read as it was meant, before anything is known of its form. */
function yamlMistakes(document: Document.Parsed, source: string): YamlMistake[] {
  const [error] = document.errors;
  if (error) return [yamlMistake(source, error)];
  const marks = yamlMarks(document, source);
  const [warning] = document.warnings;
  return marks.length > 0 || !warning ? marks : [yamlMistake(source, warning)];
}

/** Reads a YAML file and checks its form. Either the whole file is right, or every problem in it is told. */
export function readYaml<S extends z.ZodType>(file: string, schema: S): YamlFile<z.output<S>> | Problem[] {
  const source = readText(file);
  if (typeof source !== 'string') return [source];
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const mistakes = yamlMistakes(document, source);
  if (mistakes.length > 0) {
    return mistakes.map(({ at: offset, what, remedy }) => ({ severity: 'error', file, ...at(offset), what, remedy }));
  }
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
  const problem: YamlFile<unknown>['problem'] = (path, what, remedy, severity = 'error') => ({
    severity,
    file,
    ...place(path),
    what,
    remedy,
  });
  const checked = schema.safeParse(document.toJS(), { reportInput: true });
  if (checked.success) {
    const unread = (path: readonly PropertyKey[]) => unreadText(document.getIn(path, true), source);
    return { file, value: checked.data, place, unread, problem };
  }
  return formMistakes(checked.error.issues).map(({ path, isName, what, remedy }) => ({
    ...problem(path, what, remedy),
    ...(isName ? placeOfName(path) : {}),
  }));
}
