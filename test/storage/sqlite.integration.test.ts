import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const STORE = fileURLToPath(new URL('../../src/storage/sqlite.ts', import.meta.url));

describe('the file', () => {
  test('that another process holds on to is named, with what to do', () => {
    const folder = temporaryFolder();
    openSqlite(folder).close();
    const other = new DatabaseSync(join(folder, 'bot.sqlite'));
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    onTestFinished(() => other.close());
    expect(() => openSqlite(folder)).toThrow('is locked by another process. Stop the other instance');
  });

  test('is made once by several processes that start together', async () => {
    const folders = Array.from({ length: 40 }, temporaryFolder);
    const turn = new Int32Array(new SharedArrayBuffer(4));
    const workers = ['0', '1', '2'].map(
      () => new Worker(OPENS_ALL, { eval: true, workerData: { STORE, folders, turn } }),
    );
    const failures = await Promise.all(workers.map(async (worker) => (await once(worker, 'message'))[0]));
    expect(failures).toEqual([[], [], []]);
  });
});

/** Opens a database in each folder, each at the very moment at which two other workers open it. */
const OPENS_ALL = `
  const { parentPort, workerData: { STORE, folders, turn } } = require('node:worker_threads');
  import(STORE).then(async ({ openSqlite }) => {
    const failures = [];
    for (const [index, folder] of folders.entries()) {
      Atomics.add(turn, 0, 1);
      while (Atomics.load(turn, 0) < 3 * (index + 1));
      try {
        await openSqlite(folder).close();
      } catch (error) {
        failures.push(error.message);
      }
    }
    parentPort.postMessage(failures);
  });
`;
