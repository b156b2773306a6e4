import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BenchDiscord, TOKEN } from './gateway.ts';

/** Which bot: this one, or one that does nothing but echo. */
export type Kind = 'bot' | 'echo';

const PROGRAMS: Readonly<Record<Kind, string>> = {
  bot: fileURLToPath(new URL('../../../src/main.ts', import.meta.url)),
  echo: fileURLToPath(new URL('echo-bot.ts', import.meta.url)),
};
const PROBE = new URL('probe.ts', import.meta.url).href;
const QUICK_START = new URL('../../../src/operation/compile-cache.ts', import.meta.url).href;

/** Of a second, Linux counts so many ticks of a process. */
const TICKS = 100;
const MEGABYTE = 2 ** 20;

export interface Memory {
  readonly rssMb: number;
  readonly heapMb: number;
}

/** A bot as a process of its own, connected to a Discord that holds it up with nothing. */
export class Subject {
  readonly discord: BenchDiscord;
  /** From the start of the process until it was connected and had read all servers, in milliseconds. */
  readonly startMs: number;
  readonly #child: ChildProcess;

  private constructor(discord: BenchDiscord, child: ChildProcess, startMs: number) {
    this.discord = discord;
    this.#child = child;
    this.startMs = startMs;
  }

  /** @param dataDirectory of this bot's own; the echo bot needs none */
  static async start(
    kind: Kind,
    { guilds, dataDirectory }: { readonly guilds: number; readonly dataDirectory: string },
    prepare: (discord: BenchDiscord) => void | Promise<void> = () => {},
  ): Promise<Subject> {
    const discord = new BenchDiscord(guilds);
    await discord.open();
    await prepare(discord);
    const start = performance.now();
    const child = fork(PROGRAMS[kind], [], {
      execArgv: ['--expose-gc', '--import', PROBE, ...(kind === 'bot' ? ['--import', QUICK_START] : [])],
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
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    child.stdout?.setEncoding('utf8').on('data', (said: string) => {
      if (said.includes('connected')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`The bot ended with ${code} before it was connected.`)));
    await promise;
    return new Subject(discord, child, performance.now() - start);
  }

  /** After garbage collection. */
  async memory(): Promise<Memory> {
    this.#child.send('memory');
    const [{ rss, heap }] = (await once(this.#child, 'message')) as [{ rss: number; heap: number }];
    return { rssMb: rss / MEGABYTE, heapMb: heap / MEGABYTE };
  }

  /** How long the process has been at work so far, in milliseconds of one core; its threads included. */
  cpuMs(): number {
    const [, fields = ''] = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8').split(') ');
    const [user = 0, system = 0] = fields.split(' ').slice(11, 13).map(Number);
    return ((user + system) * 1_000) / TICKS;
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const impatience = setTimeout(() => this.#child.kill('SIGKILL'), 2_000);
    await ended;
    clearTimeout(impatience);
    await this.discord.close();
  }
}
