import { formatProblem, shownPath } from '../knowledge/format-problem.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Problem } from '../knowledge/problem.ts';
import { jsonLine } from './json.ts';
import type { Screen, Style } from './screen.ts';

const HEADINGS = { error: 'Errors', warning: 'Warnings' } as const;
const STYLES: Readonly<Record<Problem['severity'], Style>> = { error: ['bold', 'red'], warning: ['bold', 'yellow'] };

/** Errors and warnings, each kind below its heading. */
export function problemList(problems: readonly Problem[], screen: Screen): string {
  const section = (kind: Problem['severity']): string[] => {
    const lines = problems
      .filter(({ severity }) => severity === kind)
      .map((problem) => formatProblem({ ...problem, file: shownPath(problem.file) }));
    return lines.length === 0 ? [] : [screen.styled(STYLES[kind], HEADINGS[kind]), '', ...lines, ''];
  };
  return [...section('error'), ...section('warning')].join('\n');
}

interface Checked {
  readonly directory: string;
  /** `undefined` if it has errors. */
  readonly knowledge: Knowledge | undefined;
  readonly problems: readonly Problem[];
  /** How many more warnings there are in files that were not asked for. */
  readonly hidden: number;
}

/** The size of a knowledge and how many problems it has. */
export function summary({ directory, knowledge, problems, hidden }: Checked, screen: Screen): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const line = [
    `${shownPath(directory)}: ${knowledge ? `${sizeOf(knowledge)}, ` : ''}${counted(errors, 'error')}`,
    counted(problems.length - errors, 'warning'),
    ...(hidden > 0 ? [`${hidden} more in other files`] : []),
  ].join(', ');
  const styled = screen.styled(errors > 0 ? 'red' : problems.length > 0 ? 'yellow' : 'green', line);
  return knowledge
    ? styled
    : `${styled}\nOnce the errors are fixed, check again: files with errors were not checked any further.`;
}

function sizeOf({ topics }: Knowledge): string {
  const phrasings = topics.reduce((sum, { de, en }) => sum + de.phrasings.length + en.phrasings.length, 0);
  return `${counted(topics.length, 'topic')}, ${counted(phrasings, 'phrasing')}`;
}

const counted = (count: number, thing: string) => `${count === 0 ? 'no' : count} ${thing}${count === 1 ? '' : 's'}`;

/** A problem as one JSON object on one line; `line` and `column` are null for a problem of the file as a whole. */
export function problemJson({ severity, file, line, column, what, remedy }: Problem): string {
  return jsonLine({ severity, file, line: line ?? null, column: column ?? null, what, remedy });
}
