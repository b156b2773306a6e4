import { pino } from 'pino';
import { openStorage, type Storage } from '../../src/storage/storage.ts';
import { ONE_SHARD } from '../one-shard.ts';

/** Opens the SQLite file in a folder as a bot with one shard does; the caller closes it. */
export function openSqlite(folder: string): Promise<Storage> {
  const log = pino({ level: 'silent' });
  return openStorage({ DATABASE_URL: undefined, DATA_DIR: folder }, ONE_SHARD, log, new AbortController().signal);
}
