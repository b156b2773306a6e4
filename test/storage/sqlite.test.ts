import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ExpectedError } from '../../src/expected-error.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { type Storage, StorageError } from '../../src/storage/storage.ts';
import { temporaryFolder } from '../temporary-folder.ts';

function open(folder: string): Storage {
  const store = openSqlite(folder);
  // The test may have closed it.
  onTestFinished(() => store.close().catch(() => {}));
  return store;
}

/** The message with which a folder is refused. */
function refusal(folder: string): string {
  try {
    openSqlite(folder).close();
  } catch (error) {
    if (error instanceof StorageError && error instanceof ExpectedError) return error.message;
    throw error;
  }
  return 'not refused';
}

const inFolder = (folder: string) => join(folder, 'bot.sqlite');

describe('settings of channels', () => {
  test('survive the bot being killed in the middle of its life', () => {
    const folder = temporaryFolder();
    open(folder).channels.set('1', '10', { mode: 'open', language: 'de' });
    const left = temporaryFolder();
    cpSync(folder, left, { recursive: true });
    expect(open(left).channels.get('1')).toEqual({ mode: 'open', language: 'de' });
  });

  test('set by one process are seen by another that has the same file open', () => {
    const folder = temporaryFolder();
    const one = open(folder);
    const two = open(folder);
    one.channels.set('1', '10', { mode: 'open', language: 'de' });
    expect(two.channels.get('1')).toEqual({ mode: 'open', language: 'de' });
  });
});

describe('the file', () => {
  test('is bot.sqlite in the folder, which is made with all above it', () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    open(folder);
    expect(readdirSync(folder)).toContain('bot.sqlite');
  });

  test('is in WAL mode, and one file once it is closed', () => {
    const folder = temporaryFolder();
    const store = open(folder);
    const other = new DatabaseSync(inFolder(folder));
    expect(other.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    other.close();
    store.channels.set('1', '10', { mode: 'open', language: 'de' });
    store.close();
    expect(readdirSync(folder)).toEqual(['bot.sqlite']);
  });

  test('may be empty, as a copy that was interrupted leaves it', () => {
    const folder = temporaryFolder();
    writeFileSync(inFolder(folder), '');
    expect(refusal(folder)).toBe('not refused');
  });

  /** A sound database of ours, closed. */
  const sound = (folder: string) => {
    const store = openSqlite(folder);
    for (let channel = 0; channel < 500; channel++)
      store.channels.set(`${channel}`, '10', { mode: 'open', language: 'de' });
    store.close();
  };
  const inSql = (folder: string, sql: string) => {
    const database = new DatabaseSync(inFolder(folder));
    database.exec(sql);
    database.close();
  };

  test.for<[string, (folder: string) => void, string]>([
    [
      'is no database at all',
      (folder) => writeFileSync(inFolder(folder), 'Dear diary, '.repeat(500)),
      'is damaged or not',
    ],
    [
      'is a database whose middle was overwritten',
      (folder) => {
        sound(folder);
        const bytes = readFileSync(inFolder(folder));
        writeFileSync(inFolder(folder), bytes.fill(0xff, 4096 + 100));
      },
      'is damaged or not',
    ],
    [
      'is a database that was cut off',
      (folder) => {
        sound(folder);
        truncateSync(inFolder(folder), 9_000);
      },
      'is damaged or not',
    ],
    [
      'is damaged and not in WAL mode',
      (folder) => {
        sound(folder);
        inSql(folder, 'PRAGMA journal_mode = DELETE');
        const bytes = readFileSync(inFolder(folder));
        writeFileSync(inFolder(folder), bytes.fill(0xff, 4096 + 100));
      },
      'is damaged or not',
    ],
    [
      'is the database of another program',
      (folder) => inSql(folder, 'CREATE TABLE songs (title TEXT); INSERT INTO songs VALUES (1)'),
      'is the database of another program',
    ],
    [
      'is of a newer bot',
      (folder) => {
        sound(folder);
        inSql(folder, 'PRAGMA user_version = 99');
      },
      'was written by a newer version of the bot',
    ],
  ])('is refused and left byte for byte as it is where it %s', ([, damage, reason]) => {
    const folder = temporaryFolder();
    damage(folder);
    const before = readFileSync(inFolder(folder));
    const message = refusal(folder);
    expect(message).toContain(`${inFolder(folder)} ${reason}`);
    expect(message).toMatch(/It was left as it is: .+\.$/);
    expect(message).not.toContain('\n');
    expect(readFileSync(inFolder(folder)).equals(before)).toBe(true);
  });

  test.for<[string, (folder: string) => string]>([
    [
      'the folder is a file',
      (folder) => {
        writeFileSync(join(folder, 'data'), '');
        return join(folder, 'data');
      },
    ],
    [
      'the folder would be inside of a file',
      (folder) => {
        writeFileSync(join(folder, 'file'), '');
        return join(folder, 'file', 'data');
      },
    ],
    [
      'the file is a folder',
      (folder) => {
        mkdirSync(inFolder(folder));
        return folder;
      },
    ],
  ])('that cannot be opened is named, with what to do, where %s', ([, obstruct]) => {
    const folder = obstruct(temporaryFolder());
    const message = refusal(folder);
    expect(message).toMatch(/bot\.sqlite cannot be (?:used|opened|read or written)[:.]/);
    expect(message).toContain('DATA_DIR');
  });

  // For root, every file is writable.
  test.skipIf(process.getuid?.() === 0).for<[string, (folder: string) => void]>([
    ['the folder', (folder) => chmodSync(folder, 0o500)],
    [
      'the file',
      (folder) => {
        sound(folder);
        chmodSync(inFolder(folder), 0o400);
        chmodSync(folder, 0o500);
      },
    ],
  ])('that cannot be written is named, with what to do: %s is read-only', ([, protect]) => {
    const folder = temporaryFolder();
    protect(folder);
    onTestFinished(() => chmodSync(folder, 0o700));
    expect(refusal(folder)).toMatch(/bot\.sqlite (?:may not be written|cannot be opened)\. Give the user that runs/);
  });
});

test('recorded questions find a place in the database of a bot that knew none, whose settings stay', async () => {
  const folder = temporaryFolder();
  const before = new DatabaseSync(join(folder, 'bot.sqlite'));
  before.exec(`
    CREATE TABLE channel_settings (channel_id TEXT PRIMARY KEY, guild_id TEXT NOT NULL, mode TEXT NOT NULL, language TEXT) STRICT;
    CREATE INDEX channel_settings_by_guild ON channel_settings (guild_id);
    INSERT INTO channel_settings VALUES ('1', '10', 'open', 'de');
    PRAGMA user_version = 1;`);
  before.close();
  const { channels, gaps, close } = openSqlite(folder);
  onTestFinished(close);
  expect(channels.get('1')).toEqual({ mode: 'open', language: 'de' });
  await gaps.record({ text: 'band', meaning: 'band', language: 'en', topic: undefined }, '2026-01-01');
  expect((await gaps.all()).map(({ text }) => text)).toEqual(['band']);
});
