import type { Problem } from './problem.ts';
import { sanitizeForTerminal } from './sanitize.ts';

/** `file:line:column  what  remedy`, for a terminal or a log, which what stands in a file cannot steer. */
export function formatProblem({ severity, file, line, column, what, remedy }: Problem): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return `${sanitizeForTerminal(place)}  ${severity}: ${sanitizeForTerminal(what)}\n    → ${sanitizeForTerminal(remedy)}`;
}
