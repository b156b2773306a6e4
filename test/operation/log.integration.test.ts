import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';

const LOG = new URL('../../src/operation/log.ts', import.meta.url).href;

test.skipIf(process.platform === 'win32')('a log whose disk was full says later how many lines are missing', () => {
  const file = join(temporaryFolder(), 'log');
  const program = `
    import { readFileSync, truncateSync } from 'node:fs';
    import { setImmediate as nextTurn } from 'node:timers/promises';
    const log = (await import('${LOG}')).openLog({ LOG_LEVEL: 'info', SHARD_IDS: undefined });
    for (let line = 1; line <= 1_000; line++) {
      log.info({ line });
      if (line % 10 === 0) await nextTurn();
    }
    console.error(readFileSync('${file}', 'utf8').split('\\n').length);
    truncateSync('${file}');
    log.info('there is room again');
    await nextTurn();
    log.info('the last line');
  `;
  // No file may grow beyond 8 KB; the signal that would end the process is ignored.
  const shell = `trap '' XFSZ; ulimit -f 16; exec '${process.execPath}' --input-type=module >>'${file}'`;
  const { stderr } = spawnSync('/bin/sh', ['-c', shell], { input: program, encoding: 'utf8' });
  // Including one that was cut off.
  const written = Number(stderr);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { level: 40, time: expect.any(Number), msg: 'log lines were dropped', dropped: 1_000 - written },
    { level: 30, time: expect.any(Number), msg: 'there is room again' },
    { level: 30, time: expect.any(Number), msg: 'the last line' },
  ]);
});
