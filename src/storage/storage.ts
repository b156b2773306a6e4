import { type Logger, pino } from 'pino';
import { systemClock } from '../operation/clock.ts';
import type { Settings } from '../operation/settings.ts';
import type { Shards } from '../operation/shards.ts';
import { openChannelSettings } from './channel-settings.ts';
import type { Connection } from './database.ts';
import { feedbackStore } from './feedback.ts';
import { gapStore } from './gaps.ts';
import { identifyTurns } from './identify-turns.ts';
import { connectSqlite } from './sqlite.ts';

/** Everything that the bot keeps between two starts. */
export type Storage = Awaited<ReturnType<typeof openStorage>>;

type Place = Pick<Settings, 'DATABASE_URL' | 'DATA_DIR'>;

/**
 * Opens the database that the settings name, PostgreSQL or SQLite, and brings its tables up to date. Retries while a
 * PostgreSQL server can't be reached.
 *
 * @param signal ends the retrying; the promise then rejects with the latest error
 * @throws {StorageError} if the database can't be used
 */
export async function openStorage(
  { DATABASE_URL, DATA_DIR }: Place,
  shards: Shards,
  log: Logger,
  signal: AbortSignal,
  clock = systemClock,
) {
  // With SQLite, `pg` needn't be loaded.
  const connection =
    DATABASE_URL === undefined
      ? await connectSqlite(DATA_DIR, clock)
      : await (await import('./postgres.ts')).connectPostgres(DATABASE_URL, log, clock, signal);
  try {
    const channels = await openChannelSettings(connection, shards, log, clock);
    return {
      channels,
      gaps: gapStore(connection),
      feedback: feedbackStore(connection),
      notes: noteStore(connection),
      turns: identifyTurns(connection, clock),
      close: async () => {
        channels.close();
        await connection.close();
      },
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Opens the database for use outside the running bot, without channel settings. Gives up after five seconds. */
export function openForQuestions(place: Place): Promise<Storage> {
  return openStorage(place, { ids: [], count: 1 }, pino({ level: 'silent' }), AbortSignal.timeout(5_000));
}

/** Other values to keep, by key. All methods reject with a `StorageError` if the database can't be used. */
function noteStore({ db, run }: Connection) {
  return {
    async get(key: string): Promise<string | undefined> {
      const [row] = await run(db.selectFrom('notes').select('value').where('key', '=', key));
      return row?.value;
    },

    async set(key: string, value: string): Promise<void> {
      const insert = db.insertInto('notes').values({ key, value });
      await run(insert.onConflict((conflict) => conflict.column('key').doUpdateSet({ value })));
    },
  };
}
