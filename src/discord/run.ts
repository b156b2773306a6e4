import { DiscordAPIError, REST, Routes } from 'discord.js';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Engine } from '../engine/engine.ts';
import { forgetOldDaily, gapRecorder } from '../gaps/recorder.ts';
import { systemClock as clock } from '../operation/clock.ts';
import { logFailure, TokenRefused, UnexpectedResponse } from '../operation/failures.ts';
import { followKnowledge, LiveKnowledge } from '../operation/live-knowledge.ts';
import { openLog } from '../operation/log.ts';
import { restOptions } from '../operation/rest.ts';
import { retry } from '../operation/retry.ts';
import { type Settings, shardsOf } from '../operation/settings.ts';
import { isFirst, type Shards } from '../operation/shards.ts';
import { MAX_STOP } from '../operation/signals.ts';
import { openStorage } from '../storage/storage.ts';
import { startBot } from './bot.ts';

/**
 * Runs the bot, or those of its shards that the settings name, until it is asked to stop.
 *
 * @param asked resolves with the signal that asks it to
 * @throws {TokenRefused} if Discord rejects the token, now or later
 * @throws {ConnectionEnded} if Discord ends the connection for good
 * @throws {StorageError} if the database can't be used
 */
export async function runBot(token: string, settings: Settings, engine: Engine, asked: Promise<string>): Promise<void> {
  // discord.js would read it too, and take an empty value to mean no shards at all.
  delete process.env['SHARD_COUNT'];
  const starting = new AbortController();
  void asked.then(() => {
    starting.abort();
    // Even if something is still running then.
    setTimeout(() => process.exit(0), MAX_STOP).unref();
  });
  const log = openLog(settings);
  const live = new LiveKnowledge(engine, clock);
  /** What to close, last opened first. */
  const open: (() => unknown)[] = [followKnowledge(live, log, clock)];
  try {
    const shards = await shardsToRun(token, settings, log, starting.signal);
    const storage = await openStorage(settings, shards, log, starting.signal, clock);
    open.push(storage.close);
    if (isFirst(shards)) {
      open.push(forgetOldDaily(storage.gaps, clock, (error) => logFailure(log, error, 'forgetting old questions')));
      const { topics, version } = engine.knowledge;
      log.info({ topics: topics.length, version }, 'knowledge loaded');
    }
    const { HEALTH_HOST: host, HEALTH_PORT: port } = settings;
    const health =
      port === undefined
        ? undefined
        : await import('../operation/health/health.ts').then(({ openHealth }) =>
            openHealth({ host, port }, live, log, clock),
          );
    if (health) open.push(health.close);
    const failed = (error: unknown) => logFailure(log, error, 'recording a question');
    const recorder = settings.RECORD_QUESTIONS ? gapRecorder(storage.gaps, live, clock, failed) : undefined;
    const options = { ...settings, ...storage, ...health, token, live, recorder, shards, log, clock };
    const bot = await startBot(options, starting.signal);
    open.push(bot.stop);
    log.info({ signal: await Promise.race([asked, bot.failed]) }, 'stopping');
  } catch (error) {
    if (!starting.signal.aborted) throw error;
  } finally {
    for (const end of open.reverse()) await end();
    // Even if the last lines of the log are never read.
    setTimeout(() => process.exit(), 500).unref();
  }
  log.info('stopped');
}

/** The shards that the settings name, or as many as Discord recommends. */
async function shardsToRun(token: string, settings: Settings, log: Logger, signal: AbortSignal): Promise<Shards> {
  if (settings.SHARDS !== 'auto') return shardsOf(settings);
  const rest = new REST(restOptions(settings.DISCORD_API)).setToken(token);
  const ask = async () => {
    const answer = await rest.get(Routes.gatewayBot(), { signal }).catch((error: unknown) => {
      throw error instanceof DiscordAPIError && error.status === 401 ? new TokenRefused() : error;
    });
    const { data } = z.object({ shards: z.number() }).safeParse(answer);
    if (!data) throw new UnexpectedResponse(`GET ${Routes.gatewayBot()} without a number of shards`);
    return shardsOf({ ...settings, SHARDS: data.shards });
  };
  return retry(ask, { clock, signal, failed: (error, next) => logFailure(log, error, 'connecting', next) });
}
