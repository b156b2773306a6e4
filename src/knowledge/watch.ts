import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Reports when a knowledge folder has changed and settled: two looks in a row have to see the same, so that many saves
 * in a row are one change. Polling works on every system and disk, and survives the folder being deleted and created
 * again. A look at thirty files takes half a millisecond. Keeps no process alive.
 *
 * @param every how often to look, in milliseconds
 * @param readAt in milliseconds since 1970; changes between then and now are reported, too
 * @returns a function that ends it
 */
export function watchKnowledge(
  directory: string,
  changed: () => void,
  { every = 400, readAt = Number.POSITIVE_INFINITY } = {},
): () => void {
  const first = stateOf(directory);
  let before = first.trace;
  /** `undefined` if it changed before the first look. */
  let known = first.lastChange < readAt ? before : undefined;
  const look = () => {
    const { trace } = stateOf(directory);
    const isAtRest = trace === before;
    before = trace;
    if (!isAtRest || trace === known) return;
    known = trace;
    changed();
  };
  const timer = setInterval(look, every).unref();
  return () => clearInterval(timer);
}

/** The folders that are read; deeper ones are not entered, as links may lead back. */
const FOLDERS = ['.', 'topics', 'evaluation'];

/** Could a knowledge folder's file or folder have this name? Others, like a database in it, don't matter. */
const isWatched = (name: string) => !name.startsWith('.') && /^[^.]*$|\.(?:ya?ml|txt|jsonl)$/i.test(name);

/** The names, sizes and times of a folder's files, and when any was last changed, moved or given other permissions. */
function stateOf(directory: string): { trace: string; lastChange: number } {
  let lastChange = 0;
  const see = (path: string): string => {
    // Follows links.
    const stats = statSync(path);
    lastChange = Math.max(lastChange, stats.ctimeMs);
    return stats.isFile() ? `${stats.mtimeMs} ${stats.ctimeMs} ${stats.size} ${stats.ino}` : '';
  };
  const traces = FOLDERS.map((folder) =>
    orReason(() => {
      const path = join(directory, folder);
      const names = readdirSync(path).filter(isWatched).sort();
      return [see(path), ...names.map((name) => `${name} ${orReason(() => see(join(path, name)))}`)].join('\n');
    }),
  );
  return { trace: traces.join('\n'), lastChange };
}

/** Why something cannot be read is part of what can be seen of it. */
function orReason(look: () => string): string {
  try {
    return look();
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}
