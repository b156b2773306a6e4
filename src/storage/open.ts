import { type Logger, pino } from 'pino';
import { type Clock, systemClock } from '../operation/clock.ts';
import type { Settings } from '../operation/settings.ts';
import type { Shards } from '../operation/shards.ts';
import { openSqlite } from './sqlite.ts';
import type { Storage } from './storage.ts';

type Place = Pick<Settings, 'DATABASE_URL' | 'DATA_DIR'>;

/** How long whoever waits at a terminal for recorded questions has a database tried that cannot be reached, in milliseconds. */
const PATIENCE = 5_000;

/**
 * Opens the database that the settings name: PostgreSQL, or SQLite in a folder. A PostgreSQL that cannot be reached is
 * tried again and again.
 *
 * @param shards of whose servers the settings are to be known
 * @param signal ends the attempts; the opening then rejects with what came of the last one
 * @throws {StorageError} where the database cannot be used
 */
export async function openStorage(
  { DATABASE_URL, DATA_DIR }: Place,
  shards: Shards,
  log: Logger,
  signal: AbortSignal,
  clock: Clock = systemClock,
): Promise<Storage> {
  if (DATABASE_URL === undefined) return openSqlite(DATA_DIR, clock);
  // Whoever has no PostgreSQL need not load what speaks with it.
  const { openPostgres } = await import('./postgres.ts');
  return openPostgres(DATABASE_URL, shards, log, signal, clock);
}

/**
 * Opens it for the recorded questions alone, apart from the bot: what is set for channels is of no interest.
 *
 * @throws {StorageError} where the database cannot be used, or be reached within some seconds
 */
export function openForQuestions(place: Place): Promise<Storage> {
  return openStorage(place, { ids: [], count: 1 }, pino({ level: 'silent' }), AbortSignal.timeout(PATIENCE));
}
