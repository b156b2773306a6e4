import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** How often a folder is looked at, in milliseconds, unless told. */
const EVERY = 400;

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
  #timer: NodeJS.Timeout | undefined;

  constructor(directory: string, changed: () => void) {
    this.#directory = directory;
    this.#changed = changed;
    this.#known = this.#before = traceOf(directory);
  }

  /** Looks every so many milliseconds until `stop`. Keeps no process alive. */
  start(every = EVERY): void {
    this.#timer = setInterval(() => this.look(), every).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
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

/** What can be seen of a folder and its files from outside; what cannot be read is part of it. */
function traceOf(directory: string): string {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith('.') && !name.endsWith('~'))
      .map((entry) => {
        const path = join(directory, entry.name);
        return `${entry.name}:${entry.isDirectory() ? traceOf(path) : traceOfFile(path)}`;
      })
      .sort()
      .join('\n');
  } catch (error) {
    return reasonOf(error);
  }
}

function traceOfFile(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs} ${size} ${ino}`;
  } catch (error) {
    return reasonOf(error);
  }
}

const reasonOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error));
