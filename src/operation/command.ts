import type { Readable, Writable } from 'node:stream';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { ExpectedError } from '../knowledge/expected-error.ts';

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
export class UsageError extends ExpectedError {
  override readonly name = 'UsageError';
}

type Options = NonNullable<ParseArgsConfig['options']>;

interface Definition<O extends Options, P extends boolean> {
  /** What `--help` prints. */
  readonly usage: string;
  readonly options: O;
  readonly allowPositionals?: P;
  /** @returns the exit code */
  run(
    parsed: ReturnType<typeof parseArgs<{ args: string[]; options: O; allowPositionals: P }>>,
    io: CommandIo & { print(text: string): void },
  ): number | Promise<number>;
}

const HELP = ['-h', '--help'];

/** Makes a command that parses its arguments, answers `--help`, and prints expected errors without a stack trace. */
export function command<const O extends Options, const P extends boolean = false>(
  definition: Definition<O, P>,
): Command {
  const { usage, options, allowPositionals = false, run } = definition;
  return async (args, io) => {
    const print = (text: string) => void io.output.write(`${text}\n`);
    const fail = (message: string) => {
      io.error.write(`${message}\n`);
      return 1;
    };
    try {
      const end = args.indexOf('--');
      if (args.slice(0, end < 0 ? undefined : end).some((argument) => HELP.includes(argument))) {
        print(usage);
        return 0;
      }
      const parsed = parseArgs({ args: [...args], options, allowPositionals: allowPositionals as P });
      return await run(parsed, { ...io, print });
    } catch (error) {
      if (error instanceof UsageError) return fail(`${error.message}\n${usage}`);
      if (error instanceof ExpectedError) return fail(error.message);
      // The rest of the message is for programmers.
      if (isWrongOption(error)) return fail(`${error.message.split('. ')[0]}.\n${usage}`);
      throw error;
    }
  };
}

/** Runs a command as this process. */
export async function runAsProcess(run: Command): Promise<void> {
  // A reader that has seen enough, like `head`, closes the pipe; that isn't a failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    console.error(`The output could not be written: ${error.message}.`);
    process.exit(1);
  });
  process.exitCode = await run(process.argv.slice(2), {
    input: process.stdin,
    output: process.stdout,
    error: process.stderr,
  });
}

function isWrongOption(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}
