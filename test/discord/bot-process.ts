import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { PROGRAMS, STACK_TRACE } from '../cli/run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { type Discord, type DiscordOptions, startDiscord } from './server/index.ts';

export interface Settings {
  readonly [name: string]: string;
}

/** The bot as a process of its own. */
export class BotProcess {
  /** Where it runs: `.env` and `data` are there. */
  readonly folder: string;
  readonly ended: Promise<number | null>;
  stdout = '';
  stderr = '';
  readonly #child: ChildProcess;

  /** @param wrap a terminal looks on, or a shell's commands that come before */
  constructor(settings: Settings, folder = temporaryFolder(), wrap?: 'terminal' | { readonly shell: string }) {
    this.folder = folder;
    const start = `exec '${process.execPath}' '${PROGRAMS.start}'`;
    const [program, args] =
      wrap === undefined
        ? [process.execPath, [PROGRAMS.start]]
        : wrap === 'terminal'
          ? ['script', ['-qec', start, '/dev/null']]
          : ['/bin/sh', ['-c', `${wrap.shell} ${start}`]];
    const child = spawn(program, args, { cwd: folder, env: { PATH: process.env['PATH'], ...settings } });
    this.#child = child;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    const { promise, resolve, reject } = Promise.withResolvers<number | null>();
    child.once('error', reject).once('close', resolve);
    this.ended = promise;
    onTestFinished(() => void child.kill('SIGKILL'));
  }

  /** Resolves when the process has said this; rejects when it ends without. */
  async says(text: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = () => {
      if (this.stdout.includes(text)) resolve();
    };
    this.#child.stdout?.on('data', look);
    look();
    const ended = this.ended.then((code) => {
      if (!this.stdout.includes(text))
        throw new Error(`It ended with ${code} and never said “${text}”.\n${this.stderr}`);
    });
    await Promise.race([promise, ended]);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Closes this end of its output. */
  stopReading(): void {
    this.#child.stdout?.destroy();
  }

  types(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /** What it logged, parsed; without a line that is not all there yet. */
  get log(): { readonly level: number; readonly msg: string; readonly [key: string]: unknown }[] {
    return this.stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  }

  /** Has ended with 1 and said why in one line, and nothing else than ordinary lines before. */
  async failsWith(reason: RegExp): Promise<void> {
    expect(await this.ended).toBe(1);
    expect(this.stderr).toMatch(reason);
    expect(this.stderr.trimEnd()).not.toContain('\n');
    expect(this.stdout + this.stderr).not.toMatch(STACK_TRACE);
    expect(this.stdout).not.toMatch(/\\n\s+at /);
  }
}

/** A Discord that ends with the test. */
export async function discordOf(options?: DiscordOptions): Promise<Discord> {
  const discord = await startDiscord(options);
  onTestFinished(() => discord.close());
  return discord;
}

/** A server that one of the shards is told of, with a channel, a member and a moderator. */
export function serverOf(discord: Discord, shard = 0, count = 1) {
  const guild = discord.guild({ shard: [shard, count] });
  const general = guild.textChannel('general');
  const anna = guild.member('Anna');
  const mod = guild.member('Mona', { permissions: ['ManageMessages'] });
  return {
    guild,
    general,
    anna,
    ask: () => anna.says(general, `${discord.bot.mention} Was kostet das Roggenbrot?`),
    /** As the moderator. */
    open: () => mod.runs('xiaomipay channel', { mode: 'open' }, { channel: general }),
    status: async () => (await mod.runs('xiaomipay status', {}, { channel: general })).content,
  };
}

/** A small knowledge, quickly learned. */
export const KNOWLEDGE_DIR = fileURLToPath(new URL('../bakery', import.meta.url));

export const settingsFor = (discord: Discord): Settings => ({
  DISCORD_TOKEN: discord.token,
  DISCORD_API: discord.api,
  KNOWLEDGE_DIR,
});
