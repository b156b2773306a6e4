import { relative } from 'node:path';
import type { Problem } from './problem.ts';
import { sanitizeForTerminal } from './sanitize.ts';

/** A problem as `file:line:column  what` and, below it, the remedy, for a terminal or a log. */
export function formatProblem({ severity, file, line, column, what, remedy }: Problem): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return `${sanitizeForTerminal(place)}  ${severity}: ${sanitizeForTerminal(what)}\n    → ${sanitizeForTerminal(remedy)}`;
}

/** A path as one would type it in the working directory. */
export function shownPath(path: string): string {
  const here = relative(process.cwd(), path);
  return sanitizeForTerminal(here === '' || here.startsWith('..') ? path : here);
}
