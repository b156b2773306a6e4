import type { Readable, Writable } from 'node:stream';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { sanitizeForTerminal } from '../knowledge/problem.ts';

/** What a command reads from and writes to: the streams of the process, or streams in memory. */
export interface CommandIo {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly error: Writable;
  /** Settings by name; from the environment and `.env` if left out. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
}

/** @returns the exit code */
export type Command = (args: readonly string[], io: CommandIo) => Promise<number>;

/** The command was called with the wrong arguments; its usage is printed below the message. */
export class UsageError extends ExpectedError {}

export const unknownCommand = (words: readonly string[]) =>
  new UsageError(`Unknown command: "${sanitizeForTerminal(words.join(' '))}".`);

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: boolean }>>;

interface Definition<O extends Options> {
  /** What `--help` prints. */
  readonly usage: string;
  readonly options: O;
  readonly allowPositionals?: boolean;
  /** @returns the exit code */
  run(parsed: Parsed<O>, io: CommandIo & { print(text: string): void }): number | Promise<number>;
}

/** Makes a command that parses its arguments, answers `--help`, and prints expected errors without a stack trace. */
export function command<const O extends Options>(defined: Definition<O>): Command {
  const { usage, options, allowPositionals = false, run } = defined;
  return async (args, io) => {
    const print = (text: string) => void io.output.write(`${text}\n`);
    try {
      if (parseArgs({ args, options: { help: { type: 'boolean', short: 'h' } }, strict: false }).values.help) {
        print(usage);
        return 0;
      }
      return await run(parseArgs({ args: [...args], options, allowPositionals }), { ...io, print });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const isWrongOption = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
      if (!isWrongOption && !(error instanceof ExpectedError)) throw error;
      // The rest of Node's message is for programmers.
      const message = isWrongOption ? `${error.message.split('. ')[0]}.` : error.message;
      io.error.write(`${isWrongOption || error instanceof UsageError ? `${message}\n${usage}` : message}\n`);
      return 1;
    }
  };
}

/** Runs a command as this process. */
export async function runAsProcess(run: Command): Promise<void> {
  const { argv, stdin: input, stdout: output, stderr: error } = process;
  // A reader that has seen enough, like `head`, closes the pipe; that isn't a failure.
  output.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') console.error(`The output could not be written: ${message}.`);
    process.exit(code === 'EPIPE' ? 0 : 1);
  });
  process.exitCode = await run(argv.slice(2), { input, output, error });
}
