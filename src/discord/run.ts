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
import { MAX_STOP } from '../operation/stopping.ts';
import type { GapStore } from '../storage/gaps.ts';
import { openStorage, type Storage } from '../storage/storage.ts';
import { type Bot, startBot } from './bot.ts';

/**
 * Runs the bot, or those of its shards that the settings name, until it is asked to stop.
 *
 * @param asked resolves when it is, with what asked
 * @throws {TokenRefused} where Discord does not accept the token, now or later
 * @throws {ConnectionEnded} where Discord ends the connection for good
 * @throws {StorageError} where the settings of channels cannot be kept
 */
export async function runBot(
  token: string,
  settings: Settings,
  engine: Engine,
  asked: Promise<string>,
  clock: Clock = systemClock,
): Promise<void> {
  // discord.js would read it by itself, and take one that is set to nothing for no shards at all.
  delete process.env['SHARD_COUNT'];
  const shards = shardsOf(settings);
  const log = openLog(settings.LOG_LEVEL, shards);
  const starting = new AbortController();
  void asked.then(() => {
    starting.abort();
    // Whatever still holds on to the process then.
    void clock.wait(MAX_STOP, { ref: false }).then(() => process.exit(0));
  });
  const live = new LiveKnowledge(engine, clock);
  const stopKeepingCurrent = followKnowledge(live, log);
  try {
    const storage = await openStorage(settings, shards, log, starting.signal, clock);
    const stopForgetting = isFirst(shards) ? keepForgettingIn(storage, log, clock) : () => {};
    try {
      const health = await openHealth(settings, live, log, clock);
      const means = { token, settings, live, shards, storage, log, clock, ...health };
      try {
        const bot = await start(means, starting.signal);
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
    stopKeepingCurrent();
  }
  log.info('stopped');
}

interface Means {
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

async function start(means: Means, signal: AbortSignal): Promise<Bot> {
  const { token, settings, live, shards, storage, log, clock, metrics, monitor } = means;
  const { knowledge } = live.engine;
  if (isFirst(shards)) log.info({ topics: knowledge.topics.length, version: knowledge.version }, 'knowledge loaded');
  const recorder = settings.RECORD_QUESTIONS ? await openRecorder(storage.gaps, live, clock) : undefined;
  return startBot(
    {
      token,
      api: settings.DISCORD_API,
      guildId: settings.DISCORD_GUILD_ID,
      live,
      channels: storage.channels,
      gaps: storage.gaps,
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

async function openRecorder(gaps: GapStore, live: LiveKnowledge, clock: Clock): Promise<GapRecorder> {
  const { loadGivenNames } = await import('../gaps/given-names.ts');
  return new GapRecorder(gaps, live, await loadGivenNames(), clock);
}
