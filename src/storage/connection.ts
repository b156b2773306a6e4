import type { Kysely, RawBuilder } from 'kysely';
import { ExpectedError } from '../knowledge/expected-error.ts';
import type { Database } from './tables.ts';

/** An open database of either kind, its tables up to date. */
export interface Connection {
  /**
   * Runs one statement; `query` is called again while another process locks SQLite's file.
   *
   * @throws {StorageError} after 2.5 seconds at most, because Discord wants a command answered within three
   */
  run<T>(query: (db: Kysely<Database>) => Promise<T>): Promise<T>;
  /** Milliseconds since 1970, for use in a statement, by a clock that all processes of the bot share. */
  now(): RawBuilder<number>;
  close(): Promise<void>;
}

/** The database can't be used; the message says which, why, and what to do. Nothing was overwritten. */
export class StorageError extends ExpectedError {
  override readonly name = 'StorageError';
}
