import { bakeryCopy } from '../evaluation/bakery-copy.ts';

/** What the check says of the bakery after a change to a file: `file:line:column  what → remedy`, a line each. */
export function saidOf(file: string, from: string, to: string): string[] {
  const { edit, problems } = bakeryCopy();
  edit(file, from, to);
  return problems().map((problem) => problem.replace('\n    → ', ' → '));
}
