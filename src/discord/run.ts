import type { Answerer } from '../answering/answerer.ts';
import { type Settings, shardsOf } from '../config.ts';
import { GapRecorder } from '../gaps/recorder.ts';
import { dayOf, keepForgetting } from '../gaps/retention.ts';
import type { Metrics } from '../health/metrics.ts';
import { Library } from '../library.ts';
import { isFirst, type Shards } from '../shards.ts';
import type { GapStore } from '../storage/gaps.ts';
import { openStorage, type Storage } from '../storage/storage.ts';
import { type Bot, startBot } from './bot.ts';
import { logFailure } from './failures.ts';
import { keepCurrent } from './keep-current.ts';
import { type Logger, openLog } from './log.ts';
import type { Pulse } from './pulse.ts';
import { LONGEST_STOP } from './stopping.ts';
import { openHealth } from './vital-signs.ts';

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
  answerer: Answerer,
  asked: Promise<string>,
): Promise<void> {
  // discord.js would read it by itself, and take one that is set to nothing for no shards at all.
  delete process.env['SHARD_COUNT'];
  const shards = shardsOf(settings);
  const log = openLog(settings.LOG_LEVEL, shards);
  const starting = new AbortController();
  void asked.then(() => {
    starting.abort();
    // Whatever still holds on to the process then.
    setTimeout(() => process.exit(0), LONGEST_STOP).unref();
  });
  const library = new Library(answerer);
  const stopKeepingCurrent = keepCurrent(library, log);
  try {
    const storage = await openStorage(settings, shards, log, starting.signal);
    const stopForgetting = isFirst(shards) ? keepForgettingIn(storage, log) : () => {};
    try {
      const health = await openHealth(settings, library, log);
      const means = { token, settings, library, shards, storage, log, ...health };
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
  readonly library: Library;
  readonly shards: Shards;
  readonly storage: Storage;
  readonly log: Logger;
  readonly metrics?: Metrics;
  readonly pulse?: Pulse;
}

async function start(means: Means, signal: AbortSignal): Promise<Bot> {
  const { token, settings, library, shards, storage, log, metrics, pulse } = means;
  const { knowledge } = library.answerer;
  if (isFirst(shards)) log.info({ topics: knowledge.topics.length, version: knowledge.version }, 'knowledge loaded');
  const recorder = settings.RECORD_QUESTIONS ? await openRecorder(storage.gaps, library) : undefined;
  return startBot(
    {
      token,
      api: settings.DISCORD_API,
      guildId: settings.DISCORD_GUILD_ID,
      library,
      channels: storage.channels,
      gaps: storage.gaps,
      recorder,
      shards,
      turns: storage.turns,
      log,
      metrics,
      pulse,
      memberQuestionsPerMinute: settings.MEMBER_QUESTIONS_PER_MINUTE,
      channelAnswersPerMinute: settings.CHANNEL_ANSWERS_PER_MINUTE,
    },
    signal,
  );
}

function keepForgettingIn({ gaps }: Storage, log: Logger): () => void {
  return keepForgetting(gaps, (error) => logFailure(log, error, 'forgetting old questions'));
}

async function openRecorder(gaps: GapStore, library: Library): Promise<GapRecorder> {
  const { loadGivenNames } = await import('../gaps/given-names.ts');
  return new GapRecorder(gaps, library, await loadGivenNames(), {
    today: () => dayOf(Date.now()),
    now: () => performance.now(),
  });
}
