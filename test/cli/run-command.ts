import { Readable, Writable } from 'node:stream';
import type { Command } from '../../src/operation/command.ts';
import { BAKERY } from '../bakery.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export interface Surroundings {
  /** All of the input. */
  readonly input?: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** Is the input a terminal? */
  readonly isTTY?: boolean;
}

export interface Ending {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command on streams in memory; the knowledge is the bakery's unless told. */
export async function runCommand(
  command: Command,
  args: readonly string[],
  { input = '', settings = {}, isTTY = false }: Surroundings = {},
): Promise<Ending> {
  const output = new TextSink();
  const error = new TextSink();
  const code = await command(args, {
    input: Object.assign(Readable.from([Buffer.from(input)]), { isTTY }),
    output,
    error,
    environment: { DATA_DIR: temporaryFolder(), KNOWLEDGE_DIR: BAKERY, ...settings },
  });
  return { code, stdout: output.text, stderr: error.text };
}

/** Keeps what is written to it. */
class TextSink extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** The JSON objects of an output, one a line. */
export function objectsIn(stdout: string): Record<string, unknown>[] {
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
