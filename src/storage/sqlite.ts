import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ExpectedError } from '../expected-error.ts';
import { LANGUAGES } from '../knowledge/knowledge.ts';
import {
  CHANNEL_MODES,
  type ChannelSettings,
  type ChannelSettingsStore,
  DEFAULT_CHANNEL_SETTINGS,
} from './channel-settings.ts';
import { type Database, DatabaseSync } from './node-sqlite.ts';

/** The database cannot be used; the message says which file, why, and what to do. Nothing was overwritten. */
export class StorageError extends ExpectedError {
  override readonly name = 'StorageError';
}

/** Raised with every change of the tables; a database of a newer bot is refused. */
const SCHEMA_VERSION = 1;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS channel_settings (
    channel_id TEXT PRIMARY KEY,
    guild_id TEXT NOT NULL,
    mode TEXT NOT NULL,
    language TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS channel_settings_by_guild ON channel_settings (guild_id);
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

const rowSchema = z.object({ mode: z.enum(CHANNEL_MODES), language: z.enum(LANGUAGES).nullable() });

/**
 * Opens `bot.sqlite` in a folder, which is made if need be.
 *
 * @throws {StorageError} where the file is damaged, not a database, not one of this bot or of a newer one, or not
 * writable; later, from every method of the store, where the file can no longer be read or written
 */
export function openSqlite(directory: string): ChannelSettingsStore {
  const file = join(directory, 'bot.sqlite');
  return explaining(file, () => {
    mkdirSync(directory, { recursive: true });
    if (existsSync(file)) inspect(file);
    const database = new DatabaseSync(file, { timeout: PATIENCE });
    try {
      prepare(database);
      return storeIn(database, file);
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/** How long another process that writes is waited for, in milliseconds. */
const PATIENCE = 2_000;

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
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version > SCHEMA_VERSION) throw new StorageError(`${file} ${NEWER}`);
  } finally {
    database.close();
  }
}

function prepare(database: Database): void {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  // Writes even when nothing changes: an unwritable file shows now, not at the first setting.
  database.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT;`);
}

const DAMAGED =
  'is damaged or not a database. It was left as it is: restore it from a backup, or move it away to start with no settings.';
const FOREIGN = 'is the database of another program. It was left as it is: set DATA_DIR to another folder.';
const NEWER =
  'was written by a newer version of the bot. It was left as it is: run that version, or set DATA_DIR to another folder.';

/** SQLite's result codes, https://sqlite.org/rescode.html */
const REASONS: Readonly<Record<number, string>> = {
  5: 'is locked by another process. Stop the other instance, or set DATA_DIR to another folder.',
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
  const result = 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
  const reason = result === undefined ? undefined : REASONS[result];
  return reason ?? `cannot be used: ${error.message}. Check its folder, or set DATA_DIR to another one.`;
}

function storeIn(database: Database, file: string): ChannelSettingsStore {
  const select = database.prepare('SELECT mode, language FROM channel_settings WHERE channel_id = ?');
  const upsert = database.prepare(
    `INSERT INTO channel_settings (channel_id, guild_id, mode, language) VALUES (?, ?, ?, ?)
     ON CONFLICT (channel_id) DO UPDATE SET mode = excluded.mode, language = excluded.language`,
  );
  const deleteChannel = database.prepare('DELETE FROM channel_settings WHERE channel_id = ?');
  const deleteGuild = database.prepare('DELETE FROM channel_settings WHERE guild_id = ?');
  return {
    get(channelId): ChannelSettings {
      const row = rowSchema.safeParse(explaining(file, () => select.get(channelId)));
      if (!row.success) return DEFAULT_CHANNEL_SETTINGS;
      return { mode: row.data.mode, language: row.data.language ?? undefined };
    },
    set: (channelId, guildId, { mode, language }) =>
      void explaining(file, () => upsert.run(channelId, guildId, mode, language ?? null)),
    forgetChannel: (channelId) => void explaining(file, () => deleteChannel.run(channelId)),
    forgetGuild: (guildId) => void explaining(file, () => deleteGuild.run(guildId)),
    close: () => database.close(),
  };
}
