import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import type { Trained } from '../engine/engine.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { isWatched } from '../knowledge/watch.ts';

/** Knowledge without errors and the model trained on it, from which an engine is made at once. */
export interface CachedKnowledge {
  readonly knowledge: Knowledge;
  readonly trained: Trained;
}

interface Content extends CachedKnowledge {
  readonly fingerprint: string;
}

const SOURCE = fileURLToPath(new URL('..', import.meta.url));
/** The code that loads and trains. */
const CODE = ['knowledge', 'engine', 'evaluation', '../package.json'].map((path) => join(SOURCE, path));
const DIGEST_LENGTH = 32;

/**
 * Keeps trained knowledge for the next start, as `index-….bin` in the data folder. It only saves time: if it can't be read
 * or written, or anything it was made from has changed, the knowledge is loaded and trained again.
 */
export class TrainedCache {
  readonly #file: string;
  readonly #directory: string;
  /** `undefined` if the folder can't be read. */
  readonly #fingerprint: string | undefined;

  /** @param directory of the knowledge, whose files count as of now */
  constructor(dataDirectory: string, directory: string) {
    this.#directory = directory;
    this.#file = join(dataDirectory, `index-${sha256(resolve(directory)).toString('hex').slice(0, 12)}.bin`);
    this.#fingerprint = this.#currentFingerprint();
  }

  read(): CachedKnowledge | undefined {
    try {
      const bytes = readFileSync(this.#file);
      const content = bytes.subarray(DIGEST_LENGTH);
      if (!sha256(content).equals(bytes.subarray(0, DIGEST_LENGTH))) return undefined;
      const { fingerprint, knowledge, trained } = deserialize(content) as Content;
      if (fingerprint !== this.#fingerprint) return undefined;
      return { knowledge: { ...knowledge, directory: this.#directory }, trained };
    } catch {
      return undefined;
    }
  }

  /** Writes nothing if the folder has changed meanwhile: half of its files may have been loaded before the change. */
  write(cached: CachedKnowledge): void {
    const temporary = `${this.#file}.${process.pid}`;
    const fingerprint = this.#currentFingerprint();
    if (fingerprint === undefined || fingerprint !== this.#fingerprint) return;
    try {
      const content = serialize({ fingerprint, ...cached } satisfies Content);
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(temporary, Buffer.concat([sha256(content), content]));
      renameSync(temporary, this.#file);
    } catch {
      // The next start only takes longer.
      rmSync(temporary, { force: true, recursive: true });
    }
  }

  /** A digest of the relative paths and contents of the files that the cache is made from. */
  #currentFingerprint(): string | undefined {
    const hash = createHash('sha256').update(process.version);
    try {
      for (const place of [this.#directory, ...CODE]) {
        for (const file of filesIn(place)) hash.update(`\0${relative(place, file)}\0`).update(readFileSync(file));
      }
    } catch {
      return undefined;
    }
    return hash.digest('hex');
  }
}

/** Files in reading order. A link to a folder isn't followed, because it may lead back. */
function filesIn(place: string): string[] {
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => isRead(place, relative(place, path)) && statSync(path).isFile())
    .sort();
}

/** A data folder inside the knowledge folder holds this very cache. */
function isRead(place: string, path: string): boolean {
  const parts = path.split(/[\\/]/);
  return CODE.includes(place) ? !parts.some((part) => part.startsWith('.')) : parts.every(isWatched);
}

function sha256(content: string | Uint8Array): Buffer {
  return createHash('sha256').update(content).digest();
}
