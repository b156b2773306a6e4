import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { type Bot, type BotOptions, startBot } from '../../src/discord/bot.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { gapRecorder } from '../../src/gaps/recorder.ts';
import { systemClock } from '../../src/operation/clock.ts';
import { logFailure } from '../../src/operation/failures.ts';
import { LiveKnowledge } from '../../src/operation/live-knowledge.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { collecting, type LogLine } from '../collect-log.ts';
import { FakeClock } from '../fake-clock.ts';
import { ONE_SHARD } from '../one-shard.ts';
import { shippedEngine } from '../shipped-knowledge.ts';
import { openSqlite } from '../storage/open-sqlite.ts';
import { type Discord, type DiscordOptions, startDiscord } from './server/index.ts';

/** A bot of ours on a Discord of the test's, both ended when the test is. */
export interface Playground {
  readonly discord: Discord;
  readonly bot: Bot;
  readonly storage: Storage;
  readonly channels: Storage['channels'];
  /** What the bot has logged, parsed. */
  readonly logged: readonly LogLine[];
  readonly engine: Engine;
}

/** Connects a bot, or one more, to a Discord and a database. It logs nothing unless told. */
export function connectBot(
  { discord, engine, storage }: Pick<Playground, 'discord' | 'engine' | 'storage'>,
  options: Partial<BotOptions> = {},
  signal = new AbortController().signal,
): Promise<Bot> {
  const bot: BotOptions = {
    ...storage,
    token: discord.token,
    DISCORD_API: discord.api,
    DISCORD_GUILD_ID: undefined,
    live: new LiveKnowledge(engine),
    recorder: undefined,
    shards: ONE_SHARD,
    log: pino({ level: 'silent' }),
    clock: systemClock,
    MEMBER_QUESTIONS_PER_MINUTE: 0,
    CHANNEL_ANSWERS_PER_MINUTE: 0,
    ...options,
    client: {
      // Discord makes a client wait up to five seconds between two identifications; a test need not.
      ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
      ...options.client,
    },
  };
  return startBot(bot, signal);
}

/** A log of a bot, and its lines as they are written. */
export function collectLog() {
  const logged: LogLine[] = [];
  return { logged, log: pino({ level: 'debug', base: null }, collecting(logged)) };
}

/** Starts a Discord, lets the test furnish it, and connects a bot to it. */
export async function play(
  furnish: (discord: Discord) => void = () => {},
  options: Partial<BotOptions> & { readonly discord?: DiscordOptions; readonly records?: boolean } = {},
): Promise<Playground> {
  const { discord: discordOptions, records, ...botOptions } = options;
  const discord = await startDiscord(discordOptions);
  furnish(discord);
  const folder = mkdtempSync(join(tmpdir(), 'bot-'));
  const storage = await openSqlite(folder);
  const engine = shippedEngine;
  const live = new LiveKnowledge(engine);
  const { logged, log } = collectLog();
  const failed = (error: unknown) => logFailure(log, error, 'recording a question');
  const recorder = records ? gapRecorder(storage.gaps, live, botOptions.clock ?? new FakeClock(), failed) : undefined;
  const bot = await connectBot({ discord, engine, storage }, { live, recorder, log, ...botOptions });
  onTestFinished(async () => {
    await bot.stop();
    await storage.close();
    rmSync(folder, { recursive: true, force: true });
    await discord.close();
  });
  await discord.ready;
  await discord.settled();
  return { discord, bot, storage, channels: storage.channels, logged, engine };
}
