import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import type { Trained } from '../engine/engine.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';

/** A knowledge without errors, and what was learned from it: an engine is made of them at once. */
export interface CachedKnowledge {
  readonly knowledge: Knowledge;
  readonly trained: Trained;
}

interface Content extends CachedKnowledge {
  readonly fingerprint: string;
}

const SOURCE = fileURLToPath(new URL('..', import.meta.url));
/** The code that decides what is loaded and learned. */
const CODE = ['knowledge', 'engine', 'evaluation', '../package.json'].map((path) => join(SOURCE, path));
const DIGEST_LENGTH = 32;

/**
 * Keeps the trained knowledge of a folder from one start to the next, as `index-….bin` in the data folder. It only saves time: where it
 * cannot be read or written, or anything it was made from has changed, the knowledge is loaded and trained again.
 */
export class TrainedCache {
  readonly #file: string;
  readonly #directory: string;
  /** `undefined` where the folder cannot be read. */
  readonly #fingerprint: string | undefined;

  /** @param directory of the knowledge; looked at now, so that later changes count as changes */
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

  /** Writes nothing if the folder has changed since this was made: what was loaded may be half of each. */
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
      // Nothing is lost but time at the next start.
      rmSync(temporary, { force: true });
    }
  }

  /** Of the relative paths and the bytes of all files that the cache is made from. */
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

/** The ordinary files in a folder that are not hidden, in order. A link to a folder is not followed: it may lead back. */
function filesIn(place: string): string[] {
  if (!statSync(place).isDirectory()) return [place];
  const entries = readdirSync(place, { recursive: true, withFileTypes: true });
  return entries
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (path) =>
        !relative(place, path)
          .split(/[\\/]/)
          .some((name) => name.startsWith('.')) && statSync(path).isFile(),
    )
    .sort();
}

function sha256(content: string | Uint8Array): Buffer {
  return createHash('sha256').update(content).digest();
}
