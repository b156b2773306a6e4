import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { afterAll, describe, onTestFinished } from 'vitest';
import { ONE_SHARD } from '../../src/shards.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { databaseIn, noPostgres, PostgresServer } from './postgres-server.ts';

/** One database, as several processes of the bot have it open. */
export interface TestDatabase {
  /** Opens it once more; closed when the test ends. */
  open(): Promise<Storage>;
  /** Writes to it as none of the bot's code does. */
  write(sql: (table: string) => string): Promise<void>;
}

let server: Promise<PostgresServer> | undefined;

/** The PostgreSQL of a file of tests, started when the first test wants it and ended after the last. */
export function postgres(): Promise<PostgresServer> {
  server ??= PostgresServer.start();
  return server;
}

/** Describes what holds for every kind of database. */
export function describeForEveryDatabase(what: string, tests: (fresh: () => Promise<TestDatabase>) => void): void {
  describe(`${what}, in SQLite,`, () => tests(async () => sqliteDatabase()));
  if (noPostgres) console.warn(`Not tested: ${what}, in PostgreSQL. ${noPostgres}.`);
  describe.skipIf(noPostgres)(`${what}, in PostgreSQL,`, () => {
    afterAll(async () => {
      await (await server)?.stop();
      server = undefined;
    });
    tests(postgresDatabase);
  });
}

function sqliteDatabase(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'storage-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return {
    open: async () => closedAtTheEnd(openSqlite(folder)),
    write: async (sql) => {
      const database = new DatabaseSync(join(folder, 'bot.sqlite'));
      database.exec(sql('channel_settings'));
      database.close();
    },
  };
}

async function postgresDatabase(): Promise<TestDatabase> {
  const running = await postgres();
  const url = await running.database();
  const signal = new AbortController().signal;
  return {
    open: async () => closedAtTheEnd(await openPostgres(url, ONE_SHARD, pino({ level: 'silent' }), signal)),
    write: async (sql) => void (await running.query(databaseIn(url), sql('xiaomi_pay_bot.channel_settings'))),
  };
}

function closedAtTheEnd(storage: Storage): Storage {
  // The test may have closed it.
  onTestFinished(() => storage.close().catch(() => {}));
  return storage;
}
