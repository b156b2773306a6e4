import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';

/** Opens a database in each folder, at the same moment as two other workers. */
const OPEN_ALL = `
  const { parentPort, workerData: { storage, clock, folders, turn } } = require('node:worker_threads');
  Promise.all([import(storage), import(clock)]).then(async ([{ connectSqlite }, { systemClock }]) => {
    const failures = [];
    for (const [index, folder] of folders.entries()) {
      Atomics.add(turn, 0, 1);
      while (Atomics.load(turn, 0) < 3 * (index + 1));
      try {
        await (await connectSqlite(folder, systemClock)).close();
      } catch (error) {
        failures.push(error.message);
      }
    }
    parentPort.postMessage(failures);
  });
`;

test('a SQLite file is created once by several processes that start at the same moment', async () => {
  const folders = Array.from({ length: 15 }, () => mkdtempSync(join(tmpdir(), 'storage-')));
  onTestFinished(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  const workerData = {
    storage: new URL('../../src/storage/sqlite.ts', import.meta.url).href,
    clock: new URL('../../src/operation/clock.ts', import.meta.url).href,
    folders,
    turn: new Int32Array(new SharedArrayBuffer(4)),
  };
  const workers = Array.from({ length: 3 }, () => new Worker(OPEN_ALL, { eval: true, workerData }));
  const failures = await Promise.all(workers.map(async (worker) => (await once(worker, 'message'))[0]));
  expect(failures).toEqual([[], [], []]);
});
