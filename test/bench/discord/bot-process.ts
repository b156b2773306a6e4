import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BenchDiscord, TOKEN } from './bench-discord.ts';

export const KINDS = ['minimal discord.js bot', 'this bot'] as const;
export type Kind = (typeof KINDS)[number];

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const PROGRAMS: Readonly<Record<Kind, string>> = {
  'minimal discord.js bot': pathOf('minimal-bot.ts'),
  'this bot': pathOf('../../../src/main.ts'),
};
const PRELOADED = ['memory-probe.ts', '../../../src/operation/compile-cache.ts'];

/** Linux counts the time of a process in ticks, this many a second. */
const TICKS = 100;
const MEGABYTE = 2 ** 20;

/** A bot in a process of its own, connected to a local Discord. */
export interface BotProcess {
  readonly discord: BenchDiscord;
  /** From the start of the process until it knew all servers, in milliseconds. */
  readonly startMs: number;
  /** After garbage collection. */
  memory(): Promise<[heapMb: number, residentMb: number]>;
  /** The processor time of all threads so far, in milliseconds; on Linux only. */
  cpuMs(): number;
}

/** Runs a bot, waits until it is connected, and stops it when the work is done. */
export async function runBot<T>(
  kind: Kind,
  guilds: number,
  dataDirectory: string,
  work: (bot: BotProcess) => T | Promise<T>,
): Promise<T> {
  const discord = await BenchDiscord.open(guilds);
  const startedAt = performance.now();
  const child = fork(PROGRAMS[kind], [], {
    execArgv: ['--expose-gc', ...PRELOADED.flatMap((file) => ['--import', new URL(file, import.meta.url).href])],
    env: {
      PATH: process.env['PATH'],
      DISCORD_TOKEN: TOKEN,
      DISCORD_API: discord.api,
      DATA_DIR: dataDirectory,
      MEMBER_QUESTIONS_PER_MINUTE: '0',
      CHANNEL_ANSWERS_PER_MINUTE: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  try {
    await connected(child);
    await discord.caughtUp();
    return await work({
      discord,
      startMs: performance.now() - startedAt,
      memory: () => memoryOf(child),
      cpuMs: () => cpuMsOf(child),
    });
  } finally {
    if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit');
    await discord.close();
  }
}

function connected(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('connected')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`The bot ended with code ${code} before it was connected.`)));
  });
}

async function memoryOf(child: ChildProcess): Promise<[heapMb: number, residentMb: number]> {
  child.send('memory');
  const [{ rss, heap }] = (await once(child, 'message')) as [{ rss: number; heap: number }];
  return [heap / MEGABYTE, rss / MEGABYTE];
}

function cpuMsOf(child: ChildProcess): number {
  const [, fields = ''] = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ');
  const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number);
  return ((user + system) * 1_000) / TICKS;
}
