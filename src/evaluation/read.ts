import { z } from 'zod';
import { CommandError } from '../cli/open.ts';
import { LANGUAGES } from '../knowledge/knowledge.ts';
import { sanitizeForTerminal } from '../knowledge/sanitize.ts';
import { readText } from '../knowledge/yaml-file.ts';
import type { Labelled } from './figures.ts';

/** The label of what belongs to no topic. */
const OUT_OF_SCOPE = 'oos';

/**
 * Reads labelled phrasings: `text<TAB>topic` a line, `oos` for out of scope.
 *
 * @throws {CommandError} where the file cannot be read or a line has another form
 */
export function readLabelled(file: string): Labelled[] {
  return linesOf(file).map(({ line, number }) => {
    const [text, topic, ...more] = line.split('\t');
    if (!text?.trim() || !topic?.trim() || more.length > 0) {
      throw new CommandError(`${file}:${number}: expected a text, a tab and a topic, found ${quoted(line)}.`);
    }
    return { text, topics: topic.trim() === OUT_OF_SCOPE ? [] : [topic.trim()] };
  });
}

const messageSchema = z.strictObject({
  text: z.string().min(1),
  lang: z.enum([...LANGUAGES, 'mixed']),
  /** `ask`, `offtopic`: said to the bot; `chatter`, `overheard`: said in a channel, the latter worth an answer. */
  kind: z.enum(['ask', 'offtopic', 'chatter', 'overheard']),
  topics: z.array(z.string()),
});

/** A message of the project's own evaluation set. */
export type EvaluationMessage = z.output<typeof messageSchema>;

/**
 * Reads an evaluation set, one JSON object a line.
 *
 * @throws {CommandError} where the file cannot be read or a line has another form
 */
export function readMessages(file: string): EvaluationMessage[] {
  return linesOf(file).map(({ line, number }) => {
    let content: unknown;
    try {
      content = JSON.parse(line);
    } catch {
      throw new CommandError(`${file}:${number}: not a JSON object: ${quoted(line)}.`);
    }
    const checked = messageSchema.safeParse(content);
    if (checked.success) return checked.data;
    throw new CommandError(`${file}:${number}: ${z.prettifyError(checked.error)}`);
  });
}

/** The beginning of a line, for a message. */
const quoted = (line: string) => `"${sanitizeForTerminal(line.slice(0, 80))}"`;

function linesOf(file: string): { line: string; number: number }[] {
  const text = readText(file, Number.POSITIVE_INFINITY);
  if (typeof text !== 'string') throw new CommandError(`${file} ${text.what}.`);
  return text
    .split(/\r?\n/)
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '');
}
