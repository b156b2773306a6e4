import type { Answerer } from '../answering/answerer.ts';
import type { Settings } from '../config.ts';
import { GapRecorder } from '../gaps/recorder.ts';
import { dayOf, keepForgetting } from '../gaps/retention.ts';
import { Library } from '../library.ts';
import type { GapStore } from '../storage/gaps.ts';
import { openSqlite } from '../storage/sqlite.ts';
import { startBot } from './bot.ts';
import { logFailure } from './failures.ts';
import { keepCurrent } from './keep-current.ts';
import { openLog } from './log.ts';

/** Discord's client ends in four of these; the rest is for closing up. */
const LONGEST_STOP = 4_800;

/**
 * Runs the bot until SIGTERM or SIGINT.
 *
 * @throws {TokenRefused} where Discord does not accept the token, now or later
 * @throws {ConnectionEnded} where Discord ends the connection for good
 * @throws {StorageError} where the settings of channels cannot be kept
 */
export async function runBot(token: string, settings: Settings, answerer: Answerer): Promise<void> {
  const log = openLog(settings.LOG_LEVEL);
  const storage = openSqlite(settings.DATA_DIR);
  const { promise: asked, resolve } = Promise.withResolvers<NodeJS.Signals>();
  const starting = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      resolve(signal);
      starting.abort();
      // Whatever still holds on to the process then.
      setTimeout(() => process.exit(0), LONGEST_STOP).unref();
    });
  }
  const library = new Library(answerer);
  const recorder = settings.RECORD_QUESTIONS ? await openRecorder(storage.gaps, library) : undefined;
  const stopForgetting = keepForgetting(storage.gaps, (error) => logFailure(log, error, 'forgetting old questions'));
  const stopKeepingCurrent = keepCurrent(library, log);
  const { knowledge } = answerer;
  log.info({ topics: knowledge.topics.length, version: knowledge.version }, 'knowledge loaded');
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
