import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Kysely, type SqliteDatabase, SqliteDialect, sql } from 'kysely';
import type { Clock } from '../operation/clock.ts';
import { type Connection, migrations, StorageError, type Tables } from './database.ts';

const MIGRATIONS = migrations({
  snowflake: 'TEXT',
  int64: 'INTEGER',
  numberedKey: 'INTEGER PRIMARY KEY',
  tableOptions: 'STRICT',
});

/** How long to wait for another process's lock, and how often to try, in milliseconds. */
const LOCK_TIMEOUT = 2_500;
const RETRY_INTERVAL = 20;

/**
 * Opens `bot.sqlite` in a folder, which is created if necessary; brings the tables of an older bot up to date.
 *
 * @throws {StorageError} if the file is damaged, not a database, not one of this bot or of a newer one, or not writable
 */
export async function connectSqlite(directory: string, clock: Clock): Promise<Connection> {
  const file = join(directory, 'bot.sqlite');
  const database = await untilUnlocked(file, clock, async () => {
    mkdirSync(directory, { recursive: true });
    if (existsSync(file)) inspect(file);
    return open(file);
  });
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: forKysely(database) }) });
  return {
    db,
    run: (statement) => untilUnlocked(file, clock, () => statement.execute()),
    now: sql<number>`cast(unixepoch('subsec') * 1000 AS INTEGER)`,
    close: async () => {
      if (database.isOpen) database.close();
    },
  };
}

/** Tries again while another process holds a lock: SQLite's own waiting would block the event loop. */
async function untilUnlocked<T>(file: string, clock: Clock, work: () => Promise<T>): Promise<T> {
  const end = clock.now() + LOCK_TIMEOUT;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (resultCodeOf(error) !== BUSY || clock.now() >= end) throw asStorageError(error, file);
    }
    await clock.wait(RETRY_INTERVAL);
  }
}

/** Looks at a file before anything is written to it. */
function inspect(file: string): void {
  const database = new DatabaseSync(file, { readOnly: true });
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

function open(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE');
    database.exec(MIGRATIONS.slice(versionOf(database)).join('\n'));
    // Writes even if nothing changes: a file that can't be written shows now, not at the first setting.
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}; COMMIT`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}

function forKysely(database: DatabaseSync): SqliteDatabase {
  return {
    prepare: (text) => {
      const statement = database.prepare(text);
      return {
        reader: statement.columns().length > 0,
        all: (values: readonly SQLInputValue[]) => statement.all(...values),
        run: (values: readonly SQLInputValue[]) => statement.run(...values),
        iterate: (values: readonly SQLInputValue[]) => statement.iterate(...values),
      };
    },
    close: () => database.close(),
  };
}

const DAMAGED =
  'is damaged or not a database. It was left as it is: restore it from a backup, or move it away to start with no settings.';
const FOREIGN = 'is the database of another program. It was left as it is: set DATA_DIR to another folder.';
const NEWER =
  'was written by a newer version of the bot. It was left as it is: run that version, or set DATA_DIR to another folder.';

const BUSY = 5;

/** By SQLite's result code: https://sqlite.org/rescode.html */
const REASONS: Readonly<Record<number, string>> = {
  [BUSY]: 'is locked by another process. Stop the other instance, or set DATA_DIR to another folder.',
  8: 'is not writable. Give the user that runs the bot permission to write the file and its folder, or set DATA_DIR.',
  10: 'cannot be read or written. Check that it is a file and that its disk is healthy, or set DATA_DIR to another folder.',
  11: DAMAGED,
  13: 'cannot be written: the disk is full. Free some space.',
  14: 'cannot be opened. Give the user that runs the bot permission to write in its folder, or set DATA_DIR.',
  26: DAMAGED,
};

function asStorageError(error: unknown, file: string): StorageError {
  if (error instanceof StorageError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const unknown = `cannot be used: ${message}. Check its folder, or set DATA_DIR to another one.`;
  return new StorageError(`${file} ${REASONS[resultCodeOf(error) ?? 0] ?? unknown}`, { cause: error });
}

function resultCodeOf(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
}
