import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, every, systemClock } from '../clock.ts';

/** How often a folder is looked at, in milliseconds, unless told. */
const LOOK_EVERY = 400;

/**
 * Tells when a knowledge folder has changed and come to rest: two looks in a row have to see the same, so that a
 * storm of saves, or an editor that writes through a temporary file, is one change.
 *
 * It looks at names, times and sizes instead of asking the system to tell: that works the same on every system and
 * disk, and goes on working when the folder is deleted and made again. A folder of thirty files costs half a
 * millisecond a look.
 */
export class KnowledgeWatch {
  readonly #directory: string;
  readonly #changed: () => void;
  #known: string;
  #before: string;
  #stop = () => {};

  /** @param readAt a change from then on, in milliseconds since 1970, is told of even if it was before now */
  constructor(directory: string, changed: () => void, readAt = Number.POSITIVE_INFINITY) {
    this.#directory = directory;
    this.#changed = changed;
    this.#before = traceOf(directory);
    this.#known = lastChangeIn(directory) < readAt ? this.#before : NOTHING_KNOWN;
  }

  /** Looks every so many milliseconds until `stop`. Keeps no process alive. */
  start(milliseconds = LOOK_EVERY, clock: Clock = systemClock): void {
    this.#stop = every(milliseconds, clock, () => this.look());
  }

  stop(): void {
    this.#stop();
  }

  /** Looks once. */
  look(): void {
    const now = traceOf(this.#directory);
    const atRest = now === this.#before;
    this.#before = now;
    if (!atRest || now === this.#known) return;
    this.#known = now;
    this.#changed();
  }
}

/** Unlike what can be seen of any folder. */
const NOTHING_KNOWN = '';

/** When a file or a folder in it was last changed, made or moved, in milliseconds since 1970; 0 where that cannot be seen. */
function lastChangeIn(path: string): number {
  try {
    const stats = statSync(path);
    const inside = stats.isDirectory()
      ? readdirSync(path)
          .filter(isWatched)
          .map((name) => lastChangeIn(join(path, name)))
      : [];
    return Math.max(stats.ctimeMs, ...inside);
  } catch {
    return 0;
  }
}

const isWatched = (name: string) => !name.startsWith('.') && !name.endsWith('~');

/** What can be seen of a folder and its files from outside; what cannot be read is part of it. */
function traceOf(directory: string): string {
  try {
    return readdirSync(directory)
      .filter(isWatched)
      .map((name) => `${name}:${traceOfEntry(join(directory, name))}`)
      .sort()
      .join('\n');
  } catch (error) {
    return reasonOf(error);
  }
}

/** What a link leads to counts, not the link. */
function traceOfEntry(path: string): string {
  try {
    const stats = statSync(path);
    return stats.isDirectory() ? traceOf(path) : `${stats.mtimeMs} ${stats.size} ${stats.ino}`;
  } catch (error) {
    return reasonOf(error);
  }
}

const reasonOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error));
