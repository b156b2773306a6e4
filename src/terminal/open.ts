import { Answerer, learnKnowledge } from '../answering/answerer.ts';
import { knowledgeDirectory, readSettings } from '../config.ts';
import { ExpectedError } from '../expected-error.ts';
import { checkKnowledge } from '../judging/check.ts';
import { formatProblem } from '../knowledge/format-problem.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { PreparedFile } from '../prepared.ts';

/** A failure that the person at the terminal can mend; its message says how. The process ends with code 1. */
export class TerminalError extends ExpectedError {
  override readonly name = 'TerminalError';
}

/**
 * Loads and checks the knowledge, as far as that takes no time.
 *
 * @param directory what `--knowledge` says, if anything
 * @throws {TerminalError} listing every problem of the knowledge
 * @throws {SettingsError} naming every wrong setting
 */
export function openKnowledge(directory: string | undefined): Knowledge {
  const { knowledge, problems } = checkKnowledge(knowledgeDirectory(directory), { errorsOnly: true });
  if (knowledge) return knowledge;
  const errors = problems.filter(({ severity }) => severity === 'error');
  throw new TerminalError(`The knowledge has problems:\n${errors.map(formatProblem).join('\n')}`);
}

/** Gets ready to answer: at once, if nothing has changed since the last time. Throws as `openKnowledge` does. */
export function openAnswerer(directory: string | undefined): Answerer {
  const { DATA_DIR, DEFAULT_LANGUAGE } = readSettings();
  const file = new PreparedFile(DATA_DIR, knowledgeDirectory(directory));
  const kept = file.read();
  if (kept) return new Answerer(kept.knowledge, DEFAULT_LANGUAGE, kept.learned);
  const knowledge = openKnowledge(directory);
  const learned = learnKnowledge(knowledge);
  file.write({ knowledge, learned });
  return new Answerer(knowledge, DEFAULT_LANGUAGE, learned);
}

/** Runs a command; what its user can mend is printed without a stack trace and ends it with code 1. */
export async function runCommand(command: () => void | Promise<void>): Promise<void> {
  // A reader that has seen enough, like `head`, closes the pipe: that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    console.error(`The output could not be written: ${error.message}.`);
    process.exit(1);
  });
  try {
    await command();
  } catch (error) {
    if (!(error instanceof Error) || !isExpected(error)) throw error;
    console.error(isWrongOption(error) ? `${error.message.split('. ')[0]}. See --help.` : error.message);
    process.exitCode = 1;
  }
}

const isExpected = (error: Error) => error instanceof ExpectedError || isWrongOption(error);

/** What `parseArgs` throws for an option that there is not; it goes on at length, of what programmers know. */
function isWrongOption(error: Error): boolean {
  return 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
