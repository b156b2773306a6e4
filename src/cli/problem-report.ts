import { formatProblem, shownPath } from '../knowledge/format-problem.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Problem } from '../knowledge/problem.ts';
import { jsonLine } from './json.ts';

/** What there is to say of a folder. */
export interface Checked {
  readonly directory: string;
  /** `undefined` where it has errors. */
  readonly knowledge: Knowledge | undefined;
  readonly problems: readonly Problem[];
  /** How many more there are in files of which nothing is to be told. */
  readonly elsewhere: number;
  /** Was it left out to learn the topics anew? */
  readonly quick: boolean;
}

/** Errors and warnings apart, the errors first, and lines that sum up. */
export function problemReport({ directory, knowledge, problems, elsewhere, quick }: Checked): string {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity === 'warning');
  return [
    ...section('To be mended', errors),
    ...section('Worth a look', warnings),
    [
      `${shownPath(directory)}: ${knowledge ? `${sizeOf(knowledge)}, ` : ''}${counted(errors.length, 'error')}`,
      counted(warnings.length, 'warning'),
      ...(elsewhere > 0 ? [`${elsewhere} more in other files`] : []),
    ].join(', '),
    ...(knowledge ? [] : ['Once these are mended, there may be others that are hidden by them.']),
    ...(knowledge && quick ? ['Not looked for: phrasings that lead to another topic (leave out --quick).'] : []),
  ].join('\n');
}

function section(heading: string, problems: readonly Problem[]): string[] {
  if (problems.length === 0) return [];
  const lines = problems.map((problem) => formatProblem({ ...problem, file: shownPath(problem.file) }));
  return [heading, '', ...lines, ''];
}

function sizeOf({ topics }: Knowledge): string {
  const phrasings = topics.reduce((sum, { de, en }) => sum + de.phrasings.length + en.phrasings.length, 0);
  return `${counted(topics.length, 'topic')}, ${counted(phrasings, 'phrasing')}`;
}

const counted = (count: number, thing: string) => `${count === 0 ? 'no' : count} ${thing}${count === 1 ? '' : 's'}`;

/** A problem as one JSON object on one line; `line` and `column` are null where it is the file's as a whole. */
export function problemJson({ severity, file, line, column, what, remedy }: Problem): string {
  return jsonLine({ severity, file, line: line ?? null, column: column ?? null, what, remedy });
}
