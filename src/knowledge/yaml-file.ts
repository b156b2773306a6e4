import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Problem } from './problem.ts';

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

/** The text of a file, or why it cannot be read. */
export function readText(file: string): string | Problem {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    return unreadable(file, error);
  }
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

const REASONS: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  ENOENT: ['does not exist', 'Create it, or point KNOWLEDGE_DIR or --knowledge at another folder.'],
  EACCES: ['may not be read', 'Give the user that runs the bot permission to read it.'],
  EISDIR: ['is a folder, not a file', 'Move the folder elsewhere; a file is expected here.'],
  ENOTDIR: ['is not a folder', 'Point KNOWLEDGE_DIR or --knowledge at a folder.'],
};

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
  if (document.errors.length > 0) {
    return document.errors.map(({ message, pos }) => ({
      severity: 'error',
      file,
      ...at(pos[0]),
      what: `is not valid YAML here: ${message.split('\n')[0]}`,
      remedy:
        'Compare the indentation, the colons and the quotes with the lines around it. Text with ": " or "#" in it needs quotes.',
    }));
  }
  const place = (path: readonly PropertyKey[]): Place => {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return at(node.range[0]);
    }
    return { line: 1, column: 1 };
  };
  const problem: YamlFile<unknown>['problem'] = (path, what, remedy, severity = 'error') => ({
    severity,
    file,
    ...place(path),
    what,
    remedy,
  });
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return [
      problem(
        [],
        `cannot be read: ${error instanceof Error ? error.message : error}`,
        'Write the text out instead of using YAML aliases.',
      ),
    ];
  }
  const checked = schema.safeParse(content, { reportInput: true });
  if (checked.success) return { file, value: checked.data, place, problem };
  return checked.error.issues.flatMap((issue) =>
    explain(issue).map(({ path, what, remedy }) => problem(path, what, remedy)),
  );
}

/** A zod issue in words for somebody who edits a file. */
function explain(issue: z.core.$ZodIssue): { path: readonly PropertyKey[]; what: string; remedy: string }[] {
  const name = issue.path.length > 0 ? `"${issue.path.map(String).join('.')}"` : 'the file';
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      what: `"${key}" is not known here`,
      remedy: 'Check the spelling against another file of the same kind, or delete the line.',
    }));
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return [
      { path: issue.path, what: `${name} is missing`, remedy: `Add it: ${inWords(issue.expected)} is expected.` },
    ];
  }
  if (issue.input === null || issue.input === '') {
    const remedy = issue.code === 'invalid_value' ? `Write one of: ${issue.values.join(', ')}.` : 'Fill it in.';
    return [{ path: issue.path, what: `${name} is still empty`, remedy }];
  }
  if (issue.code === 'invalid_value') {
    return [
      {
        path: issue.path,
        what: `${name} has a value that is not allowed`,
        remedy: `Write one of: ${issue.values.join(', ')}.`,
      },
    ];
  }
  const remedy = issue.code === 'invalid_type' ? remedyForKind(issue) : 'Change it so.';
  return [{ path: issue.path, what: `${name}: ${issue.message}`, remedy }];
}

/** Much of what stands where a text belongs was meant as one, and YAML took it for something else. */
function remedyForKind({ expected, input }: z.core.$ZodIssueInvalidType): string {
  if (expected !== 'string' || Array.isArray(input)) return `Write ${inWords(expected)} here.`;
  const why = typeof input === 'object' ? '": " makes it a field with a value' : 'it is taken for a number or the like';
  return `Put it in quotes, as without them ${why}.`;
}

/** What zod calls a kind of value, as an editor would call it. */
function inWords(expected: string): string {
  return KINDS[expected] ?? expected;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list, a line "- …" for each entry,',
  object: 'an indented group of lines',
  record: 'an indented group of lines',
  boolean: 'true or false',
};
