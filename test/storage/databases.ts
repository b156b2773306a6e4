import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { ONE_SHARD } from '../../src/shards.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { FakeClock } from '../fake-clock.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { databaseIn, PostgresServer } from './postgres-server.ts';

/** One database, as several processes of the bot have it open. */
export interface TestDatabase {
  /** Opens it once more; closed when the test ends. */
  open(): Promise<Storage>;
  /** Writes to it as none of the bot's code does. */
  write(sql: (table: string) => string): Promise<void>;
  /** What the bot goes by. */
  readonly clock: FakeClock;
  /** Lets time pass for the bot and the database. */
  passes(milliseconds: number): Promise<void>;
}

export type FreshDatabase = () => TestDatabase | Promise<TestDatabase>;

let server: Promise<PostgresServer> | undefined;

/** The PostgreSQL of a file of tests, started when the first test wants it and ended after the last. */
export function postgres(): Promise<PostgresServer> {
  server ??= PostgresServer.start();
  return server;
}

/** Ends it. */
export async function stopPostgres(): Promise<void> {
  await (await server)?.stop();
  server = undefined;
}

export function sqliteDatabase(): TestDatabase {
  const folder = temporaryFolder();
  const clock = new FakeClock();
  return {
    clock,
    open: async () => closedAtTheEnd(openSqlite(folder, clock)),
    write: async (sql) => {
      const database = new DatabaseSync(join(folder, 'bot.sqlite'));
      database.exec(sql('channel_settings'));
      database.close();
    },
    passes: (milliseconds) => clock.advance(milliseconds),
  };
}

export async function postgresDatabase(): Promise<TestDatabase> {
  const running = await postgres();
  const url = await running.database();
  const { signal } = new AbortController();
  const clock = new FakeClock();
  const write = async (sql: string) => void (await running.query(databaseIn(url), sql));
  return {
    clock,
    open: async () => closedAtTheEnd(await openPostgres(url, ONE_SHARD, pino({ level: 'silent' }), signal, clock)),
    write: (sql) => write(sql('xiaomi_pay_bot.channel_settings')),
    passes: async (milliseconds) => {
      // PostgreSQL has a clock of its own.
      await write(
        `UPDATE xiaomi_pay_bot.identify_turns SET taken_at = taken_at - interval '${milliseconds} milliseconds'`,
      );
      await clock.advance(milliseconds);
    },
  };
}

function closedAtTheEnd(storage: Storage): Storage {
  // The test may have closed it.
  onTestFinished(() => storage.close().catch(() => {}));
  return storage;
}
