import { Answerer } from '../answering/answerer.ts';
import { knowledgeDirectory, readSettings } from '../config.ts';
import { ExpectedError } from '../expected-error.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { formatProblem } from '../knowledge/problem.ts';

/** A failure that the person at the terminal can mend; its message says how. The process ends with code 1. */
export class TerminalError extends ExpectedError {
  override readonly name = 'TerminalError';
}

/**
 * Loads the knowledge and gets ready to answer.
 *
 * @param directory what `--knowledge` says, if anything
 * @throws {TerminalError} listing every problem of the knowledge
 * @throws {SettingsError} naming every wrong setting
 */
export function openAnswerer(directory: string | undefined): Answerer {
  const { knowledge, problems } = loadKnowledge(knowledgeDirectory(directory));
  if (!knowledge) {
    const errors = problems.filter(({ severity }) => severity === 'error');
    throw new TerminalError(`The knowledge has problems:\n${errors.map(formatProblem).join('\n')}`);
  }
  return new Answerer(knowledge, readSettings().DEFAULT_LANGUAGE);
}

/** Runs a command; what its user can mend is printed without a stack trace and ends it with code 1. */
export async function runCommand(command: () => void | Promise<void>): Promise<void> {
  // A reader that has seen enough, like `head`, closes the pipe: that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  try {
    await command();
  } catch (error) {
    if (!(error instanceof Error) || !isExpected(error)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** Also what `parseArgs` throws for an option that there is not. */
function isExpected(error: Error): boolean {
  return error instanceof ExpectedError || ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
}
