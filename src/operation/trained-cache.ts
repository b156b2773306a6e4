import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import type { Trained } from '../engine/engine.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { isWatched } from '../knowledge/watch.ts';

/** Knowledge without errors and the model trained on it. */
type CachedKnowledge = { readonly knowledge: Knowledge; readonly trained: Trained };

const SOURCE = fileURLToPath(new URL('..', import.meta.url));
/** The code that loads and trains. */
const CODE = ['knowledge', 'engine', 'evaluation', '../package.json'].map((path) => join(SOURCE, path));

/**
 * Keeps trained knowledge for the next start, as `index-….bin` in the data folder. It only saves time: if it can't be read
 * or written, or anything it was made from has changed, the knowledge is loaded and trained again.
 *
 * @param directory of the knowledge, whose files count as of now
 */
export function trainedCache(dataDirectory: string, directory: string) {
  const key = createHash('sha256').update(resolve(directory)).digest('hex').slice(0, 12);
  const file = join(dataDirectory, `index-${key}.bin`);
  const fingerprint = fingerprintOf(directory);
  return {
    read(): CachedKnowledge | undefined {
      try {
        const cached = deserialize(readFileSync(file));
        if (cached.fingerprint !== fingerprint) return undefined;
        return { knowledge: { ...cached.knowledge, directory }, trained: cached.trained };
      } catch {
        return undefined;
      }
    },

    /** Writes nothing if the folder has changed meanwhile: half of its files may have been loaded before the change. */
    write(cached: CachedKnowledge): void {
      if (fingerprint === undefined || fingerprintOf(directory) !== fingerprint) return;
      const temporary = `${file}.${process.pid}`;
      try {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(temporary, serialize({ fingerprint, ...cached }));
        renameSync(temporary, file);
      } catch {
        rmSync(temporary, { force: true, recursive: true });
      }
    },
  };
}

/** A digest of the relative paths and contents of what the cache is made from; `undefined` if it can't be read. */
function fingerprintOf(directory: string): string | undefined {
  const hash = createHash('sha256').update(process.version);
  try {
    for (const place of [directory, ...CODE]) {
      for (const file of filesIn(place)) hash.update(`\0${relative(place, file)}\0`).update(readFileSync(file));
    }
  } catch {
    return undefined;
  }
  return hash.digest('hex');
}

/** Files in reading order. A link to a folder isn't followed, because it may lead back. */
function filesIn(place: string): string[] {
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => relative(place, path).split(sep).every(isCounted) && statSync(path).isFile())
    .sort();
}

/** A data folder inside the knowledge folder holds this very cache. */
const isCounted = (name: string) => isWatched(name) || name.endsWith('.ts');
