/** Something in a knowledge folder that has to be mended (`error`) or is worth a look (`warning`). */
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
