import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, systemClock } from '../operation/clock.ts';
import { type Database, DatabaseSync } from './node-sqlite.ts';
import { CHANNEL_SETTINGS_TABLE, sqliteChannelSettings } from './sqlite-channel-settings.ts';
import { GAPS_TABLE, sqliteGaps } from './sqlite-gaps.ts';
import { IDENTIFY_TURNS_TABLE, sqliteIdentifyTurns } from './sqlite-identify-turns.ts';
import { type Storage, StorageError } from './storage.ts';

/** What each version of the tables adds to the one before. A database of a newer bot is refused. */
const MIGRATIONS: readonly string[] = [CHANNEL_SETTINGS_TABLE, GAPS_TABLE, IDENTIFY_TURNS_TABLE];

/**
 * Opens `bot.sqlite` in a folder, which is made if need be; brings the tables of an older bot up to date.
 *
 * @throws {StorageError} where the file is damaged, not a database, not one of this bot or of a newer one, or not
 * writable; later, from every method of the stores, where the file can no longer be read or written
 */
export function openSqlite(directory: string, clock: Clock = systemClock): Storage {
  const file = join(directory, 'bot.sqlite');
  const explained: Explained = (use) => explaining(file, use);
  return explained(() => {
    mkdirSync(directory, { recursive: true });
    const database = patiently(() => openPrepared(file));
    return {
      channels: sqliteChannelSettings(database, explained),
      gaps: sqliteGaps(database, explained),
      turns: sqliteIdentifyTurns(database, explained, clock),
      close: async () => database.close(),
    };
  });
}

function openPrepared(file: string): Database {
  if (existsSync(file)) inspect(file);
  const database = new DatabaseSync(file, { timeout: PATIENCE });
  try {
    prepare(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Does something with the database; what goes wrong is thrown as a `StorageError`. */
export type Explained = <T>(use: () => T) => T;

/** How long another process that writes is waited for, in milliseconds. */
const PATIENCE = 2_000;
const BUSY = 5;
const GLANCE = 20;

/**
 * Tries for as long as a database is waited for. SQLite itself does not wait where two processes both want a new database to
 * be in WAL mode: https://sqlite.org/c3ref/busy_handler.html
 */
function patiently<T>(open: () => T): T {
  const end = performance.now() + PATIENCE;
  for (;;) {
    try {
      return open();
    } catch (error) {
      if (resultCodeOf(error) !== BUSY || performance.now() > end) throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, GLANCE);
  }
}

/** Looks at a file before anything is written to it. */
function inspect(file: string): void {
  const database = new DatabaseSync(file, { timeout: PATIENCE, readOnly: true });
  try {
    const check = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    if (check !== 'ok') throw new StorageError(`${file} ${DAMAGED}`);
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    if (tables.length > 0 && !tables.some(({ name }) => name === 'channel_settings')) {
      throw new StorageError(`${file} ${FOREIGN}`);
    }
    if (versionOf(database) > MIGRATIONS.length) throw new StorageError(`${file} ${NEWER}`);
  } finally {
    database.close();
  }
}

function prepare(database: Database): void {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  database.exec('BEGIN IMMEDIATE');
  for (const migration of MIGRATIONS.slice(versionOf(database))) database.exec(migration);
  // Writes even when nothing changes: an unwritable file shows now, not at the first setting.
  database.exec(`PRAGMA user_version = ${MIGRATIONS.length}; COMMIT;`);
}

function versionOf(database: Database): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}

const DAMAGED =
  'is damaged or not a database. It was left as it is: restore it from a backup, or move it away to start with no settings.';
const FOREIGN = 'is the database of another program. It was left as it is: set DATA_DIR to another folder.';
const NEWER =
  'was written by a newer version of the bot. It was left as it is: run that version, or set DATA_DIR to another folder.';

/** SQLite's result codes, https://sqlite.org/rescode.html */
const REASONS: Readonly<Record<number, string>> = {
  [BUSY]: 'is locked by another process. Stop the other instance, or set DATA_DIR to another folder.',
  8: 'may not be written. Give the user that runs the bot permission to write the file and its folder, or set DATA_DIR.',
  10: 'cannot be read or written. Check that it is a file and its disk sound, or set DATA_DIR to another folder.',
  11: DAMAGED,
  13: 'cannot be written: the disk is full. Free some space.',
  14: 'cannot be opened. Give the user that runs the bot permission to write in its folder, or set DATA_DIR.',
  26: DAMAGED,
};

/** @throws {StorageError} in place of whatever SQLite or the file system throws */
function explaining<T>(file: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    throw error instanceof StorageError ? error : new StorageError(`${file} ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return `cannot be used: ${error}`;
  return (
    REASONS[resultCodeOf(error) ?? 0] ??
    `cannot be used: ${error.message}. Check its folder, or set DATA_DIR to another one.`
  );
}

function resultCodeOf(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
}
