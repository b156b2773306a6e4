import type { Answerer } from '../answering/answerer.ts';
import { type Settings, shardsOf } from '../config.ts';
import { GapRecorder } from '../gaps/recorder.ts';
import { dayOf, keepForgetting } from '../gaps/retention.ts';
import { Library } from '../library.ts';
import { isFirst } from '../shards.ts';
import type { GapStore } from '../storage/gaps.ts';
import { openSqlite } from '../storage/sqlite.ts';
import { startBot } from './bot.ts';
import { logFailure } from './failures.ts';
import { keepCurrent } from './keep-current.ts';
import { openLog } from './log.ts';
import { askedToStop, LONGEST_STOP } from './stopping.ts';

/**
 * Runs the bot, or those of its shards that the settings name, until it is asked to stop.
 *
 * @param asked resolves when it is, with what asked; SIGTERM or SIGINT, unless told otherwise
 * @throws {TokenRefused} where Discord does not accept the token, now or later
 * @throws {ConnectionEnded} where Discord ends the connection for good
 * @throws {StorageError} where the settings of channels cannot be kept
 */
export async function runBot(
  token: string,
  settings: Settings,
  answerer: Answerer,
  asked: Promise<string> = askedToStop(),
): Promise<void> {
  // discord.js would read it by itself, and take one that is set to nothing for no shards at all.
  delete process.env['SHARD_COUNT'];
  const shards = shardsOf(settings);
  const log = openLog(settings.LOG_LEVEL, shards);
  const storage = openSqlite(settings.DATA_DIR);
  const starting = new AbortController();
  void asked.then(() => {
    starting.abort();
    // Whatever still holds on to the process then.
    setTimeout(() => process.exit(0), LONGEST_STOP).unref();
  });
  const library = new Library(answerer);
  const recorder = settings.RECORD_QUESTIONS ? await openRecorder(storage.gaps, library) : undefined;
  const stopForgetting = keepForgetting(storage.gaps, (error) => logFailure(log, error, 'forgetting old questions'));
  const stopKeepingCurrent = keepCurrent(library, log);
  const { knowledge } = answerer;
  if (isFirst(shards)) log.info({ topics: knowledge.topics.length, version: knowledge.version }, 'knowledge loaded');
  try {
    const bot = await startBot(
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
        memberQuestionsPerMinute: settings.MEMBER_QUESTIONS_PER_MINUTE,
        channelAnswersPerMinute: settings.CHANNEL_ANSWERS_PER_MINUTE,
      },
      starting.signal,
    );
    try {
      log.info({ signal: await Promise.race([asked, bot.failed]) }, 'stopping');
    } finally {
      await bot.stop();
    }
  } catch (error) {
    if (!starting.signal.aborted) throw error;
  } finally {
    stopKeepingCurrent();
    stopForgetting();
    storage.close();
  }
  log.info('stopped');
}

async function openRecorder(gaps: GapStore, library: Library): Promise<GapRecorder> {
  const { loadGivenNames } = await import('../gaps/given-names.ts');
  return new GapRecorder(gaps, library, await loadGivenNames(), {
    today: () => dayOf(Date.now()),
    now: () => performance.now(),
  });
}
