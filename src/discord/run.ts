import type { Engine } from '../engine/engine.ts';
import { GapRecorder } from '../gaps/recorder.ts';
import { keepForgetting } from '../gaps/retention.ts';
import { type Clock, systemClock } from '../operation/clock.ts';
import { logFailure } from '../operation/failures.ts';
import { followKnowledge } from '../operation/follow-knowledge.ts';
import type { ConnectionMonitor } from '../operation/health/connection-monitor.ts';
import { openHealth } from '../operation/health/health.ts';
import type { Metrics } from '../operation/health/metrics.ts';
import { LiveKnowledge } from '../operation/live-knowledge.ts';
import { type Logger, openLog } from '../operation/log.ts';
import { type Settings, shardsOf } from '../operation/settings.ts';
import { isFirst, type Shards } from '../operation/shards.ts';
import { exitSoon, MAX_STOP } from '../operation/signals.ts';
import { openStorage, type Storage } from '../storage/storage.ts';
import { type Bot, startBot } from './bot.ts';

/**
 * Runs the bot, or those of its shards that the settings name, until it is asked to stop.
 *
 * @param asked resolves with the signal that asks it to
 * @throws {TokenRefused} if Discord rejects the token, now or later
 * @throws {ConnectionEnded} if Discord ends the connection for good
 * @throws {StorageError} if the database can't be used
 */
export async function runBot(
  token: string,
  settings: Settings,
  engine: Engine,
  asked: Promise<string>,
  clock: Clock = systemClock,
): Promise<void> {
  // discord.js would read it by itself, and take an empty value for no shards at all.
  delete process.env['SHARD_COUNT'];
  const shards = shardsOf(settings);
  const log = openLog(settings.LOG_LEVEL, shards);
  const starting = new AbortController();
  void asked.then(() => {
    starting.abort();
    // Whatever is still going on then.
    void clock.wait(MAX_STOP, { ref: false }).then(() => process.exit(0));
  });
  const live = new LiveKnowledge(engine, clock);
  const stopFollowing = followKnowledge(live, log, clock);
  try {
    const storage = await openStorage(settings, shards, log, starting.signal, clock);
    const stopForgetting = isFirst(shards) ? keepForgettingIn(storage, log, clock) : () => {};
    try {
      const health = await openHealth(settings, live, log, clock);
      const dependencies = { token, settings, live, shards, storage, log, clock, ...health };
      try {
        const bot = await start(dependencies, starting.signal);
        try {
          log.info({ signal: await Promise.race([asked, bot.failed]) }, 'stopping');
        } finally {
          await bot.stop();
        }
      } finally {
        await health?.close();
      }
    } finally {
      stopForgetting();
      await storage.close();
    }
  } catch (error) {
    if (!starting.signal.aborted) throw error;
  } finally {
    stopFollowing();
    exitSoon();
  }
  log.info('stopped');
}

interface Dependencies {
  readonly token: string;
  readonly settings: Settings;
  readonly live: LiveKnowledge;
  readonly shards: Shards;
  readonly storage: Storage;
  readonly log: Logger;
  readonly clock: Clock;
  readonly metrics?: Metrics;
  readonly monitor?: ConnectionMonitor;
}

function start(dependencies: Dependencies, signal: AbortSignal): Promise<Bot> {
  const { token, settings, live, shards, storage, log, clock, metrics, monitor } = dependencies;
  const { knowledge } = live.engine;
  if (isFirst(shards)) log.info({ topics: knowledge.topics.length, version: knowledge.version }, 'knowledge loaded');
  const recorder = settings.RECORD_QUESTIONS ? new GapRecorder(storage.gaps, live, clock) : undefined;
  return startBot(
    {
      token,
      api: settings.DISCORD_API,
      guildId: settings.DISCORD_GUILD_ID,
      live,
      channels: storage.channels,
      feedback: storage.feedback,
      notes: storage.notes,
      recorder,
      shards,
      turns: storage.turns,
      log,
      clock,
      metrics,
      monitor,
      memberQuestionsPerMinute: settings.MEMBER_QUESTIONS_PER_MINUTE,
      channelAnswersPerMinute: settings.CHANNEL_ANSWERS_PER_MINUTE,
    },
    signal,
  );
}

function keepForgettingIn({ gaps }: Storage, log: Logger, clock: Clock): () => void {
  return keepForgetting(gaps, clock, (error) => logFailure(log, error, 'forgetting old questions'));
}
