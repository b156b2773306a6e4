import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { watchKnowledge } from '../../src/knowledge/watch.ts';

describe('watching a knowledge folder', () => {
  let folder: string;
  let changes: number;
  let stop: () => void;
  /** Times of files are set by hand: two saves within a tick of the disk's clock must differ too. */
  let clock: number;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'watched-'));
    cpSync(new URL('../bakery/', import.meta.url), folder, { recursive: true });
    changes = 0;
    clock = 1_700_000_000;
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    stop = watchKnowledge(folder, () => changes++);
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
    rmSync(folder, { recursive: true, force: true });
  });

  const save = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    clock += 1;
    utimesSync(join(folder, name), clock, clock);
  };
  const look = (times: number) => vi.advanceTimersByTime(times * 400);

  test('tells of what was changed between the reading of the folder and the first look', () => {
    const tellsOf = (readAt: number) => {
      let told = 0;
      const stop = watchKnowledge(folder, () => told++, { readAt });
      look(5);
      stop();
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

  test('says nothing once it is ended', () => {
    save('topics/bread.yaml', 'id: bread');
    stop();
    look(5);
    expect(changes).toBe(0);
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

  test('sees permissions change', () => {
    chmodSync(join(folder, 'topics/bread.yaml'), 0o600);
    look(3);
    expect(changes).toBe(1);
  });

  test('is not held up by links that lead back and by pipes', () => {
    for (const name of ['a', 'b', 'topics/a', 'topics/b']) symlinkSync('.', join(folder, name));
    execFileSync('mkfifo', [join(folder, 'topics/pipe.yaml')]);
    look(3);
    expect(changes).toBe(1);
  });

  test('does not care about a data folder inside, hidden or not', () => {
    for (const name of ['data', '.data']) mkdirSync(join(folder, name));
    look(3);
    const before = changes;
    for (const name of ['data/bot.sqlite', 'data/notes.yaml', '.data/notes.yaml', 'bot.sqlite-wal']) save(name, 'x');
    look(3);
    expect(changes).toBe(before);
  });
});
