import { harmless } from './printable.ts';
import type { Problem } from './problem.ts';

/** `file:line:column  what  remedy`, for a terminal or a log, which what stands in a file cannot steer. */
export function formatProblem({ severity, file, line, column, what, remedy }: Problem): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return `${harmless(place)}  ${severity}: ${harmless(what)}\n    → ${harmless(remedy)}`;
}
