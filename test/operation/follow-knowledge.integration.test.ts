import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { followKnowledge, LiveKnowledge } from '../../src/operation/live-knowledge.ts';
import { BAKERY } from '../bakery.ts';
import { collecting, type LogLine } from '../collect-log.ts';
import { FakeClock } from '../fake-clock.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** A bakery that is followed. */
function followed() {
  const folder = temporaryFolder();
  cpSync(BAKERY, folder, { recursive: true });
  const { knowledge } = loadKnowledge(folder);
  if (!knowledge) throw new Error('The bakery has errors.');
  const live = new LiveKnowledge(new Engine(knowledge, 'de'));
  const lines: LogLine[] = [];
  const clock = new FakeClock();
  let request = () => {};
  const stop = followKnowledge(live, pino({ level: 'info', base: null }, collecting(lines)), clock, (reload) => {
    request = reload;
  });
  onTestFinished(stop);
  const reload = vi.spyOn(live, 'reload');
  const topic = join(folder, 'topics', 'bread.yaml');
  return {
    folder,
    clock,
    reload,
    request: () => request(),
    reloads: () => reload.mock.settledResults.filter(({ type }) => type !== 'incomplete').length,
    edit: (from: string, to: string) => writeFileSync(topic, readFileSync(topic, 'utf8').replace(from, to)),
    said: () => lines.map(({ msg }) => msg.split('\n')[0]),
  };
}

const REFUSED = 'knowledge: the folder has errors, so the knowledge loaded before stays in use';

test('an edit that is noticed and requested by SIGHUP is logged once', async () => {
  const { request, reloads, edit, said } = followed();
  edit('laut Artikel', 'laut dem Artikel');
  request();
  await expect.poll(reloads).toBe(2);
  expect(said()).toEqual(['knowledge: replaced']);
});

test('errors that are noticed and requested by SIGHUP are logged once, and when they are gone', async () => {
  const { request, reloads, edit, said } = followed();
  edit('status: reported', 'status: maybe');
  request();
  await expect.poll(reloads).toBe(2);
  expect(said()).toEqual([REFUSED]);
  edit('status: maybe', 'status: reported');
  await expect.poll(said).toEqual([REFUSED, 'knowledge: the errors are gone']);
});

test('SIGHUP without a change is answered in the log', async () => {
  const { request, said } = followed();
  request();
  await expect.poll(said).toEqual(['knowledge: nothing has changed']);
});

test('a load that fails is retried, ever less often, until it succeeds', async () => {
  const { reload, clock, edit, said } = followed();
  for (const _ of [1, 2, 3]) reload.mockRejectedValueOnce(Object.assign(new Error('too many'), { code: 'EMFILE' }));
  edit('laut Artikel', 'laut dem Artikel');
  for (const pause of [1_000, 2_000, 4_000]) {
    await expect.poll(() => clock.waits).toEqual([pause]);
    await clock.advance(pause);
  }
  await expect.poll(said).toContain('knowledge: replaced');
  expect(said().filter((line) => line?.startsWith('reloading the knowledge: too many → check'))).toHaveLength(2);
});

test('a database in the knowledge folder isn’t taken for an edit', async () => {
  const { folder, reload, edit, said } = followed();
  writeFileSync(join(folder, 'bot.sqlite-wal'), 'x');
  writeFileSync(join(folder, 'index-1.bin'), 'x');
  edit('laut Artikel', 'laut dem Artikel');
  await expect.poll(said).toEqual(['knowledge: replaced']);
  writeFileSync(join(folder, 'bot.sqlite-wal'), 'xx');
  edit('laut dem Artikel', 'laut Artikel');
  await expect.poll(said).toHaveLength(2);
  expect(reload).toHaveBeenCalledTimes(2);
});
