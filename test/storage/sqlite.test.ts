import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ExpectedError } from '../../src/knowledge/expected-error.ts';
import { StorageError } from '../../src/storage/database.ts';
import { openStorage, type Storage } from '../../src/storage/storage.ts';
import { FakeClock } from '../fake-clock.ts';
import { ONE_SHARD } from '../one-shard.ts';
import { describeStorage } from './contract.ts';

const OPEN = { mode: 'open', language: 'de' } as const;
const silent = pino({ level: 'silent' });
const never = new AbortController().signal;
const BAND = { text: 'band', language: 'en', topic: undefined } as const;

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'storage-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function open(folder: string, clock = new FakeClock()): Promise<Storage> {
  const storage = await openStorage({ DATABASE_URL: undefined, DATA_DIR: folder }, ONE_SHARD, silent, never, clock);
  onTestFinished(() => storage.close());
  return storage;
}

/** The message with which a folder is refused. */
async function refusal(opening: Promise<unknown>): Promise<string> {
  try {
    await opening;
  } catch (error) {
    if (error instanceof StorageError && error instanceof ExpectedError) return error.message;
    throw error;
  }
  return 'not refused';
}

const fileIn = (folder: string) => join(folder, 'bot.sqlite');

/** Opens the file as another program; closed at the end of the test. */
function otherProgram(folder: string): DatabaseSync {
  const database = new DatabaseSync(fileIn(folder));
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  return database;
}

function execute(folder: string, sql: string): void {
  const database = new DatabaseSync(fileIn(folder));
  database.exec(sql);
  database.close();
}

describeStorage(async () => {
  const folder = temporaryFolder();
  return {
    open: (shards, log, clock) => openStorage({ DATABASE_URL: undefined, DATA_DIR: folder }, shards, log, never, clock),
    execute: async (sql) => execute(folder, sql),
    passTime: async (milliseconds) =>
      execute(folder, `UPDATE identify_turns SET taken_at = taken_at - ${milliseconds}`),
  };
});

describe('the SQLite file', () => {
  /** Writes a valid file of several pages. */
  const fill = async (folder: string) => {
    const { channels, close } = await open(folder);
    await Promise.all(Array.from({ length: 500 }, (_, channel) => channels.set(`${channel}`, '10', OPEN)));
    await close();
  };

  test('is bot.sqlite in the folder, which is created with its parents', async () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    await open(folder);
    expect(readdirSync(folder)).toContain('bot.sqlite');
  });

  test('is in WAL mode, and a single file when closed', async () => {
    const folder = temporaryFolder();
    const { channels, close } = await open(folder);
    const other = otherProgram(folder);
    expect(other.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    other.close();
    await channels.set('1', '10', OPEN);
    await close();
    expect(readdirSync(folder)).toEqual(['bot.sqlite']);
  });

  test('keeps settings if the bot is killed', async () => {
    const folder = temporaryFolder();
    await (await open(folder)).channels.set('1', '10', OPEN);
    const copy = temporaryFolder();
    cpSync(folder, copy, { recursive: true });
    expect((await open(copy)).channels.get('1')).toEqual(OPEN);
  });

  test('may be empty, as an interrupted copy leaves it', async () => {
    const folder = temporaryFolder();
    writeFileSync(fileIn(folder), '');
    expect(await refusal(open(folder))).toBe('not refused');
  });

  test.for([1, 2, 3])('is adopted with its data from version %i', async (version) => {
    const folder = temporaryFolder();
    execute(folder, EARLIER_VERSIONS.slice(0, version).join('\n'));
    execute(folder, `PRAGMA user_version = ${version}`);
    const { channels, gaps, turns } = await open(folder);
    expect(channels.get('1')).toEqual(OPEN);
    const questions = [
      { id: 1, ...BAND, topic: 'watch', count: 5, firstDay: '2026-01-01', lastDay: '2026-01-04' },
      { id: 2, ...BAND, text: 'fees', count: 1, firstDay: '2026-01-03', lastDay: '2026-01-03' },
    ];
    expect(await gaps.all()).toEqual(version === 1 ? [] : questions);
    await gaps.record(BAND, '2026-01-05');
    expect((await gaps.all())[0]?.count).toBe(version === 1 ? 1 : 6);
    await turns.take(0, never);
  });

  test.for<[string, (folder: string) => void | Promise<void>, string]>([
    ['is not a database', (folder) => writeFileSync(fileIn(folder), 'Dear diary, '.repeat(500)), 'is damaged or not'],
    [
      'was overwritten in the middle',
      async (folder) => {
        await fill(folder);
        writeFileSync(fileIn(folder), readFileSync(fileIn(folder)).fill(0xff, 4096 + 100));
      },
      'is damaged or not',
    ],
    [
      'was cut off',
      async (folder) => {
        await fill(folder);
        truncateSync(fileIn(folder), 9_000);
      },
      'is damaged or not',
    ],
    [
      'is damaged and not in WAL mode',
      async (folder) => {
        await fill(folder);
        execute(folder, 'PRAGMA journal_mode = DELETE');
        writeFileSync(fileIn(folder), readFileSync(fileIn(folder)).fill(0xff, 4096 + 100));
      },
      'is damaged or not',
    ],
    [
      'belongs to another program',
      (folder) => execute(folder, 'CREATE TABLE songs (title TEXT); INSERT INTO songs VALUES (1)'),
      'is the database of another program',
    ],
    [
      'belongs to a newer bot',
      async (folder) => {
        await fill(folder);
        execute(folder, 'PRAGMA user_version = 99');
      },
      'was written by a newer version of the bot',
    ],
  ])('is refused and left unchanged if it %s', async ([, damage, reason]) => {
    const folder = temporaryFolder();
    await damage(folder);
    const before = readFileSync(fileIn(folder));
    const message = await refusal(open(folder));
    expect(message).toContain(`${fileIn(folder)} ${reason}`);
    expect(message).toMatch(/It was left as it is: .+\.$/);
    expect(message).not.toContain('\n');
    expect(readFileSync(fileIn(folder)).equals(before)).toBe(true);
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
      'the folder is inside a file',
      (folder) => {
        writeFileSync(join(folder, 'file'), '');
        return join(folder, 'file', 'data');
      },
    ],
    [
      'the file is a folder',
      (folder) => {
        mkdirSync(fileIn(folder));
        return folder;
      },
    ],
  ])('is named with a remedy if it can’t be opened: %s', async ([, obstruct]) => {
    const message = await refusal(open(obstruct(temporaryFolder())));
    expect(message).toMatch(/bot\.sqlite cannot be (?:used|opened|read or written)[:.]/);
    expect(message).toContain('DATA_DIR');
  });

  // Root can write every file.
  test.skipIf(process.getuid?.() === 0).for<[string, (folder: string) => void | Promise<void>]>([
    ['the folder', (folder) => chmodSync(folder, 0o500)],
    [
      'the file',
      async (folder) => {
        await fill(folder);
        chmodSync(fileIn(folder), 0o400);
        chmodSync(folder, 0o500);
      },
    ],
  ])('is named with a remedy if it can’t be written: %s is read-only', async ([, protect]) => {
    const folder = temporaryFolder();
    await protect(folder);
    onTestFinished(() => chmodSync(folder, 0o700));
    expect(await refusal(open(folder))).toMatch(
      /bot\.sqlite (?:is not writable|cannot be opened)\. Give the user that runs/,
    );
  });

  test('is created once by several starts that overlap', async () => {
    const folder = temporaryFolder();
    const clock = new FakeClock();
    const opening = Promise.all(Array.from({ length: 5 }, () => open(folder, clock)));
    const [first] = await opening;
    await first?.channels.set('1', '10', OPEN);
  });
});

describe('a SQLite file that another program locks', () => {
  const LOCKED = /bot\.sqlite is locked by another process\. Stop the other instance/;

  test('is waited for without blocking the event loop', async () => {
    const folder = temporaryFolder();
    const clock = new FakeClock();
    const { channels, gaps } = await open(folder, clock);
    await channels.set('1', '10', OPEN);
    const other = otherProgram(folder);
    other.exec('BEGIN IMMEDIATE');
    const writing = Promise.all([
      channels.set('1', '10', { mode: 'off', language: 'en' }),
      gaps.record(BAND, '2026-01-01'),
    ]);
    await vi.waitFor(() => expect(clock.waits.filter((wait) => wait < 100)).toHaveLength(2));
    expect(channels.get('1')).toEqual(OPEN);
    other.exec('COMMIT');
    await clock.advance(100);
    await writing;
    expect(channels.get('1').mode).toBe('off');
    expect(await gaps.all()).toHaveLength(1);
  });

  test('is given up on after 2.5 seconds, with a remedy', async () => {
    const folder = temporaryFolder();
    const clock = new FakeClock();
    const { gaps } = await open(folder, clock);
    otherProgram(folder).exec('BEGIN IMMEDIATE');
    const refused = expect(gaps.record(BAND, '2026-01-01')).rejects.toThrow(LOCKED);
    await clock.advance(2_600);
    await refused;
  });

  test('is refused at the start, with a remedy', async () => {
    const folder = temporaryFolder();
    await (await open(folder)).close();
    otherProgram(folder).exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    const clock = new FakeClock();
    const refused = expect(open(folder, clock)).rejects.toThrow(LOCKED);
    await clock.advance(2_600);
    await refused;
  });
});

/** What the bot executed to create the tables, version by version, and some data. */
const EARLIER_VERSIONS = [
  `CREATE TABLE channel_settings (channel_id TEXT PRIMARY KEY, guild_id TEXT NOT NULL, mode TEXT NOT NULL, language TEXT) STRICT;
   CREATE INDEX channel_settings_by_guild ON channel_settings (guild_id);
   INSERT INTO channel_settings VALUES ('1', '10', 'open', 'de');`,
  `CREATE TABLE gaps (
     id INTEGER PRIMARY KEY, language TEXT NOT NULL, meaning TEXT NOT NULL, text TEXT NOT NULL, topic TEXT,
     count INTEGER NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL, UNIQUE (language, meaning)
   ) STRICT;
   INSERT INTO gaps VALUES
     (1, 'en', 'band', 'band', NULL, 2, '2026-01-01', '2026-01-02'),
     (2, 'en', 'fee', 'fees', NULL, 1, '2026-01-03', '2026-01-03'),
     (3, 'en', 'wrist', 'band', 'watch', 3, '2026-01-02', '2026-01-04');`,
  `CREATE TABLE identify_turns (bucket INTEGER PRIMARY KEY, taken_at INTEGER NOT NULL) STRICT;
   INSERT INTO identify_turns VALUES (0, 1000);`,
];
