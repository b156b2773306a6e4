import { basename, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** Something in a knowledge folder that has to be fixed (`error`) or is worth a look (`warning`). */
export interface Problem {
  readonly severity: 'error' | 'warning';
  /** The file's path as it was given or found. */
  readonly file: string;
  /** From 1; `undefined` for a problem of the file as a whole. */
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly what: string;
  readonly remedy: string;
}

/** Both from 1. */
export type Place = { readonly line: number; readonly column: number };

/** A problem; by default an error of a file or folder as a whole. */
export const problemIn = (
  file: string,
  what: string,
  remedy: string,
  { line, column, severity = 'error' }: Partial<Place & Pick<Problem, 'severity'>> = {},
): Problem => ({ severity, file, line, column, what, remedy });

/** Errors first, then by file and line. */
export function inReadingOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted(
    (a, b) =>
      a.severity.localeCompare(b.severity) ||
      a.file.localeCompare(b.file) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  );
}

/** More than anybody fixes before checking again. */
export const MAX_PER_FILE = 30;

/** The first problems of each file and severity; the others are counted. */
export function limitPerFile(problems: readonly Problem[]): Problem[] {
  const groups = Map.groupBy(problems, ({ severity, file }) => `${severity} ${file}`);
  return [...groups.values()].flatMap((group) => {
    const [last, ...others] = group.slice(MAX_PER_FILE - 1);
    if (!last || others.length === 0) return group;
    const what = `and ${others.length} more ${last.severity}${others.length === 1 ? '' : 's'} in this file`;
    return [...group.slice(0, MAX_PER_FILE), { ...last, what, remedy: 'Fix those above, then check again.' }];
  });
}

/** A problem as `file:line:column  what` and, below it, the remedy, for a terminal or a log. */
export function formatProblem({ severity, file, line, column, what, remedy }: Problem): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return `${sanitizeForTerminal(place)}  ${severity}: ${sanitizeForTerminal(what)}\n    → ${sanitizeForTerminal(remedy)}`;
}

/** A problem in a few words, for Discord: the file's name and place, without the folders above it. */
export function briefly({ file, line, what }: Problem): string {
  return `${basename(file)}${line === undefined ? '' : `:${line}`} ${what}`;
}

/** A path as one would type it in the working directory. */
export function shownPath(path: string): string {
  const here = relative(process.cwd(), path);
  return sanitizeForTerminal(here === '' || here.startsWith('..') ? path : here);
}

/** A text from outside as one line that cannot steer a terminal, hide, or turn the direction of writing. */
export function sanitizeForTerminal(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
}
