import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** How often a folder is looked at by default, in milliseconds. */
const EVERY = 400;

/**
 * Tells when a knowledge folder has changed and come to rest: two looks in a row have to see the same, so that many saves in a row, or an
 * editor that writes through a temporary file, are one change.
 *
 * It polls names, times and sizes instead of asking the system for events: that works the same on every system and disk, and survives
 * that the folder is deleted and made again. A folder of thirty files costs half a millisecond a look.
 */
export class KnowledgeWatch {
  readonly #directory: string;
  readonly #changed: () => void;
  #known: string;
  #before: string;
  #timer: NodeJS.Timeout | undefined;

  /** @param readAt a change from then on, in milliseconds since 1970, is told of even if it was before now */
  constructor(directory: string, changed: () => void, readAt = Number.POSITIVE_INFINITY) {
    this.#directory = directory;
    this.#changed = changed;
    this.#before = traceOf(directory);
    this.#known = lastChangeIn(directory) < readAt ? this.#before : NOTHING_KNOWN;
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

/** Unlike the trace of any folder. */
const NOTHING_KNOWN = '';

/** The folders in a knowledge folder that are read; others, like a data folder, change without a meaning. */
const FOLDERS = ['.', 'topics', 'evaluation'];

/** Could a knowledge folder's file or folder have this name? Others, like a database in it, change without a meaning. */
export const isWatched = (name: string) => !name.startsWith('.') && /^[^.]*$|\.(?:ya?ml|txt|jsonl)$/i.test(name);

/** The files that are read, and the folders that they are in. Deeper folders are not entered: links may lead back. */
function pathsIn(directory: string): string[] {
  return FOLDERS.flatMap((folder) => {
    const path = join(directory, folder);
    try {
      return [
        path,
        ...readdirSync(path)
          .filter(isWatched)
          .sort()
          .map((name) => join(path, name)),
      ];
    } catch (error) {
      return [`${path} ${reasonOf(error)}`];
    }
  });
}

/** When any of the files was last changed, made, moved or given other permissions, in milliseconds since 1970. */
function lastChangeIn(directory: string): number {
  return Math.max(0, ...pathsIn(directory).map((path) => statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? 0));
}

/** What can be seen of a folder and its files from outside; what cannot be read is part of it. */
const traceOf = (directory: string) =>
  pathsIn(directory)
    .map((path) => `${path} ${stateOf(path)}`)
    .join('\n');

/** Of what a link leads to, not of the link. Permissions and moves show in the time of the last change of state. */
function stateOf(path: string): string {
  try {
    const stats = statSync(path);
    return stats.isFile() ? `${stats.mtimeMs} ${stats.ctimeMs} ${stats.size} ${stats.ino}` : '';
  } catch (error) {
    return reasonOf(error);
  }
}

const reasonOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error));
