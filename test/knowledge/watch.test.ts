import { cpSync, mkdtempSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KnowledgeWatch } from '../../src/knowledge/watch.ts';
import { FakeClock } from '../fake-clock.ts';

describe('watching a knowledge folder', () => {
  let folder: string;
  let changes: number;
  let watch: KnowledgeWatch;
  /** Times of files are set by hand: two saves within a tick of the disk's clock must differ too. */
  let clock: number;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'watched-'));
    cpSync(new URL('../bakery/', import.meta.url), folder, { recursive: true });
    changes = 0;
    clock = 1_700_000_000;
    watch = new KnowledgeWatch(folder, () => changes++);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const save = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    clock += 1;
    utimesSync(join(folder, name), clock, clock);
  };
  const look = (times: number) => {
    for (let i = 0; i < times; i++) watch.look();
  };

  test('tells of what was changed between the reading of the folder and the first look', () => {
    const tellsOf = (readAt: number) => {
      let told = 0;
      const late = new KnowledgeWatch(folder, () => told++, readAt);
      for (let i = 0; i < 5; i++) late.look();
      return told;
    };
    const { ctimeMs } = statSync(join(folder, 'topics/bread.yaml'));
    expect([tellsOf(ctimeMs - 1_000), tellsOf(Date.now() + 60_000)]).toEqual([1, 0]);
  });

  test('sees what is edited behind a link', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'topics-'));
    cpSync(join(folder, 'topics'), elsewhere, { recursive: true });
    rmSync(join(folder, 'topics'), { recursive: true });
    symlinkSync(elsewhere, join(folder, 'topics'));
    look(5);
    const before = changes;
    writeFileSync(join(elsewhere, 'bread.yaml'), 'id: bread');
    utimesSync(join(elsewhere, 'bread.yaml'), clock, clock);
    look(5);
    expect(changes).toBe(before + 1);
    rmSync(elsewhere, { recursive: true });
  });

  test('looks every now and then, until it is stopped', async () => {
    const clock = new FakeClock();
    watch.start(400, clock);
    save('topics/bread.yaml', 'id: bread');
    await clock.advance(399);
    expect(changes).toBe(0);
    await clock.advance(401);
    expect(changes).toBe(1);
    watch.stop();
    save('topics/bread.yaml', 'id: rolls');
    await clock.advance(10_000);
    expect(changes).toBe(1);
    expect(clock.waits).toEqual([]);
  });

  test('says nothing while nothing changes', () => {
    look(5);
    expect(changes).toBe(0);
  });

  test('tells of a change once, when the folder is at rest', () => {
    save('topics/bread.yaml', 'id: bread');
    look(1);
    expect(changes).toBe(0);
    look(5);
    expect(changes).toBe(1);
  });

  test('takes a storm of a thousand saves as one change', () => {
    for (let i = 0; i < 1_000; i++) {
      save('topics/bread.yaml', `id: bread${i}`);
      if (i % 100 === 0) look(1);
    }
    look(3);
    expect(changes).toBe(1);
  });

  test('sees a file that an editor writes elsewhere and moves into place', () => {
    const elsewhere = join(folder, '.bread.yaml.swp');
    writeFileSync(elsewhere, 'id: bread');
    look(3);
    expect(changes).toBe(0);
    renameSync(elsewhere, join(folder, 'topics/bread.yaml'));
    look(3);
    expect(changes).toBe(1);
  });

  test('sees files come and go, and outlives the folder itself', () => {
    rmSync(join(folder, 'topics/bread.yaml'));
    look(3);
    rmSync(folder, { recursive: true });
    look(3);
    cpSync(new URL('../bakery/', import.meta.url), folder, { recursive: true });
    look(3);
    expect(changes).toBe(3);
  });
});
