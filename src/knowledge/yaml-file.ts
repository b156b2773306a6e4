import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { formMistakes } from './form-mistake.ts';
import { MAX_PER_FILE, type Place, type Problem, problemIn } from './problem.ts';
import { marksAndRepeatedFields, syntaxMistakes, unreadTexts } from './yaml-mistakes.ts';

/** A YAML file that was read, and the place of each value in it. */
export interface YamlFile<T> {
  readonly file: string;
  readonly value: T;
  /** The place of the value at a path; of its nearest parent where the path leads nowhere. */
  place(path: readonly PropertyKey[]): Place;
  /** A problem at the value at `path`. */
  problem(path: readonly PropertyKey[], what: string, remedy: string, severity?: Problem['severity']): Problem;
}

/** In bytes; parsing this much takes seconds and up to 450 MB of memory. The longest file shipped has three quarters. */
const MAX_FILE_SIZE = 768 * 1_024;

/** @param largest in bytes */
export function readText(file: string, largest = MAX_FILE_SIZE): string | Problem {
  let bytes: Buffer;
  try {
    const stats = statSync(file);
    if (!stats.isFile()) return unreadable(file, { code: 'NO_FILE' });
    if (stats.size > largest) return unreadable(file, { code: 'TOO_LARGE' });
    bytes = readFileSync(file);
  } catch (error) {
    return unreadable(file, error);
  }
  // Other encodings have bytes that are no UTF-8, or zeros. Decoding leaves out the byte order mark.
  if (isUtf8(bytes) && !bytes.includes(0)) return new TextDecoder().decode(bytes);
  const remedy = 'Save it once more and choose the encoding UTF-8 (in Notepad: File → Save as → Encoding).';
  return problemIn(file, 'is not saved as UTF-8: some of its letters cannot be read', remedy);
}

/** Why a file or a folder cannot be read, and what to do. */
export function unreadable(file: string, error: unknown): Problem {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';
  const [what, remedy] = REASONS[code] ?? [`cannot be read (${code})`, 'Check that it is a file on a disk that works.'];
  return problemIn(file, what, remedy);
}

const REASONS: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  ENOENT: ['does not exist', 'Create it, or point KNOWLEDGE_DIR or --knowledge at another folder.'],
  EACCES: ['may not be read', 'Give the user that runs the bot permission to read it.'],
  NO_FILE: ['is a folder or a device, not a file', 'Put an ordinary file in its place, or move it elsewhere.'],
  TOO_LARGE: [`is larger than ${MAX_FILE_SIZE / 1_024} KB`, 'Remove what does not belong there.'],
  ENOTDIR: ['is not a folder', 'Point KNOWLEDGE_DIR or --knowledge at a folder.'],
};

/**
 * Reads a YAML file and checks its form.
 *
 * @param draft the schema with something empty for each value that has another form
 * @returns what the file holds, empty wherever there is a mistake and `undefined` if too little is left; and what is
 * wrong with it
 */
export function readYaml<T>(
  file: string,
  schema: z.ZodType<T>,
  draft?: z.ZodType<T>,
): { readonly content: YamlFile<T> | undefined; readonly problems: readonly Problem[] } {
  const text = readText(file);
  if (typeof text !== 'string') return { content: undefined, problems: [text] };
  const lineCounter = new LineCounter();
  const options = { lineCounter, prettyErrors: false, uniqueKeys: false, logLevel: 'error' } as const;
  const document = parseDocument(text, options);
  const placeOf = (offset: number): Place => {
    const { line, col: column } = lineCounter.linePos(offset);
    return { line, column };
  };
  const source = { file, text, lines: text.split(/\r?\n/), placeOf };
  const { errors } = document;
  const mistakes = errors.length > 0 ? syntaxMistakes(source, errors) : marksAndRepeatedFields(document, source);
  if (mistakes.length > 0) return { content: undefined, problems: mistakes };
  const place = (path: readonly PropertyKey[], isName = false): Place => {
    const parent = isName ? document.getIn(path.slice(0, -1), true) : undefined;
    const names = isMap(parent) ? parent.items.map(({ key }) => key) : [];
    const name = names.find((key) => isScalar(key) && key.value === path.at(-1));
    const above = path.map((_, index) => document.getIn(path.slice(0, path.length - index), true));
    const node = [name, ...above, document.contents].find(isNode);
    return placeOf(node?.range?.[0] ?? 0);
  };
  const problem: YamlFile<T>['problem'] = (path, what, remedy, severity = 'error') =>
    problemIn(file, what, remedy, { ...place(path), severity });
  const value: unknown = document.toJS();
  const { data, error } = schema.safeParse(value, { reportInput: true });
  const form = formMistakes(error?.issues ?? [], schema);
  // Finding a place takes a while, and problems beyond the first ones are only counted.
  const places = form.slice(0, MAX_PER_FILE).map(({ path, isName }) => place(path, isName));
  const problems = [
    ...unreadTexts(document, source),
    ...form.map(({ what, remedy }, index) => problemIn(file, what, remedy, places[index] ?? places.at(-1))),
  ];
  const rest = data ?? draft?.safeParse(value).data;
  return { content: rest === undefined ? undefined : { file, value: rest, place, problem }, problems };
}
