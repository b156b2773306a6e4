import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export const PROGRAMS = {
  start: pathOf('../../src/main.ts'),
  ask: pathOf('../../src/cli/ask.ts'),
  eval: pathOf('../../src/cli/eval.ts'),
  knowledge: pathOf('../../src/cli/check.ts'),
  gaps: pathOf('../../src/cli/gaps.ts'),
  workbench: pathOf('../../src/workbench/main.ts'),
} as const;

export type Program = keyof typeof PROGRAMS;

export interface Surroundings {
  /** Standard input, to its end. */
  readonly input?: string | Uint8Array;
  /** Settings; nothing of the environment of the tests gets through. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The working directory: an empty one unless told. */
  readonly folder?: string;
}

export interface Ending {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the package's programs to its end. */
export function run(program: Program, args: readonly string[], surroundings: Surroundings = {}): Ending {
  const { input = '', settings = {}, folder = temporaryFolder() } = surroundings;
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAMS[program], ...args], {
    cwd: folder,
    env: environment(settings),
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  return { code: status, stdout, stderr };
}

/** Why there is no terminal to be had here; `undefined` where there is one. */
export const noTerminal: string | undefined =
  spawnSync('script', ['-qec', 'exit 7', '/dev/null'], { input: '' }).status === 7
    ? undefined
    : 'a terminal needs the command "script" of util-linux';

/**
 * Runs a program in a real terminal, and at each prompt types the next of `keys`.
 *
 * @returns what stood on the screen, without colours and cursor movements
 */
export async function runInTerminal(
  program: Program,
  args: readonly string[],
  keys: readonly string[],
): Promise<{ code: number | null; screen: string }> {
  const command = [process.execPath, PROGRAMS[program], ...args].map((word) => `'${word}'`).join(' ');
  const terminal = spawn('script', ['-qec', command, '/dev/null'], {
    cwd: temporaryFolder(),
    env: environment({ TERM: 'xterm', SHELL: '/bin/sh' }),
  });
  onTestFinished(() => void terminal.kill());
  let screen = '';
  let unread = 0;
  let typed = 0;
  terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
    screen += text;
    const key = keys[typed];
    if (key === undefined || !screen.includes('› ', unread)) return;
    unread = screen.length;
    typed++;
    terminal.stdin.write(key);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    terminal.once('error', reject).once('close', resolve);
  });
  return { code, screen: stripVTControlCharacters(screen).replaceAll('\r', '') };
}

function environment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], ...settings };
}

/** A line of a stack trace. */
export const STACK_TRACE = /^\s+at .+:\d+:\d+\)?$/m;
