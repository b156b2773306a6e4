import { join } from 'node:path';
import { z } from 'zod';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { type Knowledge, LANGUAGES } from '../knowledge/knowledge.ts';
import { sanitizeForTerminal } from '../knowledge/problem.ts';
import { readText } from '../knowledge/yaml-file.ts';

const messageSchema = z.strictObject({
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
});

/** A labelled message of an evaluation set. */
export type EvaluationMessage = z.output<typeof messageSchema>;

/** One set is for tuning. Nothing is tuned on the other, so its figures hold for new messages. */
export const SETS = ['tuning', 'reported'] as const;
export type SetName = (typeof SETS)[number];

/** A set can't be read or has a line of the wrong form. */
export class EvaluationSetError extends ExpectedError {
  override readonly name = 'EvaluationSetError';
  readonly file: string;
  /** From 1; `undefined` for the file as a whole. */
  readonly line: number | undefined;
  readonly what: string;

  constructor(file: string, line: number | undefined, what: string) {
    super(line === undefined ? `${file} ${what}` : `${file}:${line}: ${what}`);
    this.file = file;
    this.line = line;
    this.what = what;
  }
}

/** A message and where it stands; lines count from 1. */
export interface PlacedMessage {
  readonly file: string;
  readonly line: number;
  readonly message: EvaluationMessage;
}

/**
 * Reads `evaluation/<name>.jsonl` of a knowledge folder, one JSON object a line.
 *
 * @returns `undefined` where the folder has no such set
 * @throws {EvaluationSetError} where the file cannot be read or a line has another form
 */
export function readPlaced(name: SetName, { directory }: Pick<Knowledge, 'directory'>): PlacedMessage[] | undefined {
  const file = join(directory, 'evaluation', `${name}.jsonl`);
  return linesOf(file)?.map(({ text, line }) => {
    const { data, error } = messageSchema.safeParse(parsed(text));
    if (data) return { file, line, message: data };
    const what = parsed(text) === undefined ? `not a JSON object: ${quoted(text)}.` : z.prettifyError(error);
    throw new EvaluationSetError(file, line, what);
  });
}

/** Reads a set as `readPlaced` does. */
export const readSet = (name: SetName, knowledge: Pick<Knowledge, 'directory'>): EvaluationMessage[] | undefined =>
  readPlaced(name, knowledge)?.map(({ message }) => message);

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

/** A question whose right topic is known; `undefined` if it is out of scope. */
export interface LabelledQuestion {
  readonly text: string;
  readonly topic: string | undefined;
}

/**
 * Reads labelled questions, `text<TAB>topic` a line, `oos` for out of scope.
 *
 * @throws {EvaluationSetError} where the file cannot be read or a line has another form
 */
export function readLabelled(file: string): LabelledQuestion[] {
  const lines = linesOf(file);
  if (!lines) throw new EvaluationSetError(file, undefined, 'does not exist.');
  return lines.map(({ text, line }) => {
    const [, question, topic] = /^([^\t]*\S[^\t]*)\t\s*([^\t]*\S)\s*$/.exec(text) ?? [];
    if (question && topic) return { text: question, topic: topic === 'oos' ? undefined : topic };
    throw new EvaluationSetError(file, line, `expected a text, a tab and a topic, found ${quoted(text)}.`);
  });
}

/** The beginning of a line, for a message. */
const quoted = (line: string) => `"${sanitizeForTerminal(line.slice(0, 80))}"`;

/** The lines with something on them; `undefined` where there is no such file. */
function linesOf(file: string): { text: string; line: number }[] | undefined {
  const content = readText(file, Number.POSITIVE_INFINITY);
  if (typeof content === 'string') {
    const lines = content.split(/\r?\n/).map((text, index) => ({ text, line: index + 1 }));
    return lines.filter(({ text }) => text.trim() !== '');
  }
  if (content.what === 'does not exist') return undefined;
  throw new EvaluationSetError(file, undefined, `${content.what}. ${content.remedy}`);
}
