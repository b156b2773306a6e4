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

/** In the order in which one would work through them: errors first, then by file and line. */
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
    return last && others.length > 0 ? [...group.slice(0, MAX_PER_FILE), more(others.length, last)] : group;
  });
}

/** Stands for so many problems after the last one that is told. */
export const more = (count: number, last: Problem): Problem => ({
  ...last,
  what: `and ${count} more ${last.severity}${count === 1 ? '' : 's'} in this file`,
  remedy: 'Fix those above, then check again.',
});
