import type { Logger } from 'pino';
import type { Settings } from '../config.ts';
import type { Shards } from '../shards.ts';
import { openSqlite } from './sqlite.ts';
import type { Storage } from './storage.ts';

/**
 * Opens the database that the settings name: PostgreSQL, or SQLite in a folder. A PostgreSQL that cannot be reached is
 * tried again and again.
 *
 * @param shards of whose servers the settings are to be known
 * @param signal ends the attempts; the opening then rejects with what came of the last one
 * @throws {StorageError} where the database cannot be used
 */
export async function openStorage(
  { DATABASE_URL, DATA_DIR }: Pick<Settings, 'DATABASE_URL' | 'DATA_DIR'>,
  shards: Shards,
  log: Logger,
  signal: AbortSignal,
): Promise<Storage> {
  if (DATABASE_URL === undefined) return openSqlite(DATA_DIR);
  // Whoever has no PostgreSQL need not load what speaks with it.
  const { openPostgres } = await import('./postgres.ts');
  return openPostgres(DATABASE_URL, shards, log, signal);
}
