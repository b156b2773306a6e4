import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { LiveKnowledge } from '../../src/operation/live-knowledge.ts';
import { FakeClock } from '../fake-clock.ts';

describe('a knowledge folder in use', () => {
  let folder: string;
  let live: LiveKnowledge;
  let clock: FakeClock;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'live-'));
    cpSync(new URL('../bakery', import.meta.url), folder, { recursive: true });
    const { knowledge } = loadKnowledge(folder);
    if (!knowledge) throw new Error('The bakery has errors.');
    clock = new FakeClock();
    live = new LiveKnowledge(new Engine(knowledge, 'de'), clock);
    return clock.advance(1_000);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const edit = (name: string, change: (text: string) => string) =>
    writeFileSync(join(folder, name), change(readFileSync(join(folder, name), 'utf8')));
  const priceOfBread = () => live.engine.answer(['bread'], 'de').text;

  test('answers with what an editor has changed, and says what that was', async () => {
    edit('topics/bread.yaml', (text) => text.replace('laut Artikel drei Euro', 'laut Artikel genau drei Euro'));
    expect(await live.reload()).toEqual({
      outcome: 'replaced',
      changes: { added: [], removed: [], changed: ['bread'] },
    });
    expect(priceOfBread()).toContain('genau drei Euro');
    expect(live.loadedAt).toBe(clock.date());
  });

  test('goes on answering as before when an edit is wrong, and says what is wrong until it is fixed', async () => {
    const before = priceOfBread();
    edit('topics/bread.yaml', (text) => text.replace('status: reported', 'status: maybe'));
    expect(await live.reload()).toMatchObject({ outcome: 'refused', problems: [{ line: 2 }], known: false });
    expect(await live.reload()).toMatchObject({ outcome: 'refused', known: true });
    expect(priceOfBread()).toBe(before);
    expect(live.loadedAt).toBe(clock.date() - 1_000);
    expect(live.refused).toHaveLength(1);
    edit('topics/bread.yaml', (text) => text.replace('status: maybe', 'status: reported'));
    expect(await live.reload()).toEqual({ outcome: 'same', fixed: true });
    expect(live.refused).toEqual([]);
  });

  test.each([
    ['half-written', () => edit('topics/bread.yaml', (text) => text.slice(0, text.length / 2))],
    ['empty', () => edit('topics/bread.yaml', () => '')],
    ['without its folder', () => rmSync(folder, { recursive: true })],
  ])('goes on answering when the folder is %s', async (_, damage) => {
    const before = priceOfBread();
    damage();
    expect((await live.reload()).outcome).toBe('refused');
    expect(priceOfBread()).toBe(before);
  });

  test('goes on answering as before when the thread that loads fails', async () => {
    const { knowledge } = loadKnowledge(folder);
    if (!knowledge) throw new Error('The bakery has errors.');
    // No path: the thread throws.
    const lost = new LiveKnowledge(new Engine({ ...knowledge, directory: 42 as unknown as string }, 'de'), clock);
    const before = lost.engine;
    await expect(lost.reload()).rejects.toThrow();
    await expect(lost.reload()).rejects.toThrow();
    expect(lost.engine).toBe(before);
  });

  test('sees topics come and go', async () => {
    rmSync(join(folder, 'topics/greeting.yaml'));
    expect(await live.reload()).toMatchObject({ changes: { removed: ['greeting'], added: [] } });
    cpSync(new URL('../bakery/topics/greeting.yaml', import.meta.url), join(folder, 'topics/greeting.yaml'));
    expect(await live.reload()).toMatchObject({ changes: { removed: [], added: ['greeting'] } });
  });

  test('goes on answering while it loads; what is changed meanwhile is loaded next, once', async () => {
    const before = priceOfBread();
    edit('topics/bread.yaml', (text) => text.replace('laut Artikel drei Euro', 'laut Artikel vier Euro'));
    const first = live.reload();
    expect(priceOfBread()).toBe(before);
    await Promise.resolve();
    edit('topics/bread.yaml', (text) => text.replace('laut Artikel vier Euro', 'laut Artikel fünf Euro'));
    const others = [live.reload(), live.reload()];
    expect(others[0]).toBe(others[1]);
    await first;
    await others[0];
    expect(priceOfBread()).toContain('fünf Euro');
  });
});
