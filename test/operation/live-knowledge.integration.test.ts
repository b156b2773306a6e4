import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { LiveKnowledge } from '../../src/operation/live-knowledge.ts';
import { collecting, type LogLine } from '../collect-log.ts';
import { FakeClock } from '../fake-clock.ts';

describe('a knowledge folder in use', () => {
  let folder: string;
  let live: LiveKnowledge;
  let clock: FakeClock;
  let lines: LogLine[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'live-'));
    cpSync(new URL('../bakery', import.meta.url), folder, { recursive: true });
    const { knowledge } = loadKnowledge(folder);
    if (!knowledge) throw new Error('The bakery has errors.');
    clock = new FakeClock();
    lines = [];
    live = new LiveKnowledge(new Engine(knowledge, 'de'), clock);
    return clock.advance(1_000);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const edit = (name: string, change: (text: string) => string) =>
    writeFileSync(join(folder, name), change(readFileSync(join(folder, name), 'utf8')));
  /** Reloads; returns what the log says about it. */
  const reload = async () => {
    await live.reload(pino({ base: null }, collecting(lines)), true);
    return lines.at(-1);
  };
  const priceOfBread = () => live.engine.answer(['bread'], 'de').text;

  test('answers with what an editor has changed, and says what that was', async () => {
    edit('topics/bread.yaml', (text) => text.replace('laut Artikel drei Euro', 'laut Artikel genau drei Euro'));
    expect(await reload()).toMatchObject({
      msg: 'knowledge: replaced',
      added: [],
      removed: [],
      changed: ['bread'],
    });
    expect(priceOfBread()).toContain('genau drei Euro');
    expect(live.loadedAt).toBe(clock.date());
  });

  test('goes on answering as before when an edit is wrong, and says what is wrong until it is fixed', async () => {
    const before = priceOfBread();
    edit('topics/bread.yaml', (text) => text.replace('status: reported', 'status: maybe'));
    const msg = expect.stringMatching(/^knowledge: the folder has errors.*bread\.yaml:2:/s);
    expect(await reload()).toMatchObject({ level: 40, problems: 1, msg });
    expect(await reload()).toMatchObject({ level: 30, problems: 1, msg });
    expect(priceOfBread()).toBe(before);
    expect(live.loadedAt).toBe(clock.date() - 1_000);
    expect(live.refused).toHaveLength(1);
    edit('topics/bread.yaml', (text) => text.replace('status: maybe', 'status: reported'));
    expect(await reload()).toMatchObject({ msg: 'knowledge: the errors are gone' });
    expect(live.refused).toEqual([]);
  });

  test.each([
    ['half-written', () => edit('topics/bread.yaml', (text) => text.slice(0, text.length / 2))],
    ['empty', () => edit('topics/bread.yaml', () => '')],
    ['without its folder', () => rmSync(folder, { recursive: true })],
  ])('goes on answering when the folder is %s', async (_, damage) => {
    const before = priceOfBread();
    damage();
    expect(await reload()).toMatchObject({ level: 40 });
    expect(priceOfBread()).toBe(before);
  });

  test('goes on answering as before when the thread that loads fails', async () => {
    const { knowledge } = loadKnowledge(folder);
    if (!knowledge) throw new Error('The bakery has errors.');
    // No path: the thread throws.
    const lost = new LiveKnowledge(new Engine({ ...knowledge, directory: 42 as unknown as string }, 'de'), clock);
    const before = lost.engine;
    const log = pino({ enabled: false });
    await expect(lost.reload(log, true)).rejects.toThrow();
    await expect(lost.reload(log, true)).rejects.toThrow();
    expect(lost.engine).toBe(before);
  });

  test('sees topics come and go', async () => {
    rmSync(join(folder, 'topics/greeting.yaml'));
    expect(await reload()).toMatchObject({ removed: ['greeting'], added: [] });
    cpSync(new URL('../bakery/topics/greeting.yaml', import.meta.url), join(folder, 'topics/greeting.yaml'));
    expect(await reload()).toMatchObject({ removed: [], added: ['greeting'] });
  });

  test('goes on answering while it loads', async () => {
    const before = priceOfBread();
    edit('topics/bread.yaml', (text) => text.replace('laut Artikel drei Euro', 'laut Artikel vier Euro'));
    const reloading = reload();
    expect(priceOfBread()).toBe(before);
    await reloading;
    expect(priceOfBread()).toContain('vier Euro');
  });
});
