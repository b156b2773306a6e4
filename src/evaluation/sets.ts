import { statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { formMistakes, MISSING } from '../knowledge/form-mistake.ts';
import { type Knowledge, LANGUAGES } from '../knowledge/knowledge.ts';
import { formatProblem, type Problem, problemIn, sanitizeForTerminal } from '../knowledge/problem.ts';
import { readText } from '../knowledge/yaml-file.ts';

const messageSchema = z
  .strictObject({
    text: z.string().min(1),
    lang: z.enum([...LANGUAGES, 'mixed']),
    /**
     * `ask`, `two` (two questions), `offtopic`: said to the bot; `follow-up`, `reaction`: said to it after one of its
     * answers; `chatter`, `overheard`: said in an open channel, the latter worth an answer.
     */
    kind: z.enum(['ask', 'two', 'offtopic', 'follow-up', 'reaction', 'chatter', 'overheard']),
    /** Ids of every topic that is right; for `two`, of both in the order asked; none where no answer is right. */
    topics: z.array(z.string()),
    /** Which kind of text it is, like `rough` or `hard`: figures are reported for each. */
    style: z.string().optional(),
    /** What the same member asked before; `follow-up` and `reaction` need it. */
    after: z.array(z.string()).optional(),
  })
  .refine(({ kind, after = [] }) => after.length > 0 || (kind !== 'follow-up' && kind !== 'reaction'), {
    path: ['after'],
    error: `${MISSING}: it lists what the same member asked before`,
  });

/** A labelled message of an evaluation set. */
export type EvaluationMessage = z.output<typeof messageSchema>;

/** One set is for tuning. Nothing is tuned on the other, so its figures hold for new messages. */
export const SETS = ['tuning', 'reported'] as const;
export type SetName = (typeof SETS)[number];

/** A set can't be read, or some of its lines have another form. */
export class EvaluationSetError extends ExpectedError {
  readonly problems: readonly Problem[];

  constructor(...problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.problems = problems;
  }
}

/**
 * Reads `evaluation/<name>.jsonl` of a knowledge folder, one JSON object a line.
 *
 * @returns `undefined` where the folder has no such set
 * @throws {EvaluationSetError} naming every line of another form
 */
export function readPlaced(name: SetName, { directory }: Pick<Knowledge, 'directory'>) {
  const file = join(directory, 'evaluation', `${name}.jsonl`);
  return isThere(file) ? readLines(file, messageOn) : undefined;
}

/** A message, and where it stands. */
export type PlacedMessage = NonNullable<ReturnType<typeof readPlaced>>[number];

/** The message on a line, or what is wrong with the line. */
function messageOn(line: string): EvaluationMessage | string {
  const value = parsed(line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `not a JSON object: ${quoted(line)}`;
  const { data, error } = messageSchema.safeParse(value, { reportInput: true });
  if (data) return data;
  const mistakes = formMistakes(error.issues, messageSchema).map(({ what }) => what);
  return mistakes.join('; ');
}

/** Reads a set as `readPlaced` does. */
export const readSet = (name: SetName, knowledge: Pick<Knowledge, 'directory'>): EvaluationMessage[] | undefined =>
  readPlaced(name, knowledge)?.map(({ value }) => value);

/** Messages to judge a knowledge by that has no evaluation set: each of its phrasings should lead to its topic. */
export const phrasingMessages = ({ topics }: Knowledge): EvaluationMessage[] =>
  topics.flatMap((topic) =>
    LANGUAGES.flatMap((lang) =>
      topic[lang].phrasings.map((text): EvaluationMessage => ({ text, lang, kind: 'ask', topics: [topic.id] })),
    ),
  );

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Also true of what can't be looked at: reading it says why. */
export function isThere(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

/** The beginning of a line, for a message. */
export const quoted = (line: string) => `"${sanitizeForTerminal(line.slice(0, 80))}"`;

/** The lines of a file that are not blank, parsed, and where each stands. */
export function readLines<T extends object>(file: string, valueOn: (line: string) => T | string) {
  const content = readText(file, Number.POSITIVE_INFINITY);
  if (typeof content !== 'string') throw new EvaluationSetError(content);
  const problems: Problem[] = [];
  const lines = content.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return [];
    const place = { line: index + 1, column: 1 };
    const value = valueOn(line);
    if (typeof value !== 'string') return [{ file, place, value }];
    problems.push(problemIn(file, value, 'Correct the line, or delete it.', place));
    return [];
  });
  if (problems.length > 0) throw new EvaluationSetError(...problems);
  return lines;
}
