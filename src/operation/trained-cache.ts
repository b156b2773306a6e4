import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import type { LearnedKnowledge } from '../answering/answerer.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';

/** A knowledge that was found free of errors, and what was learned from it: an answerer is made of them at once. */
export interface Prepared {
  readonly knowledge: Knowledge;
  readonly learned: LearnedKnowledge;
}

/** What the file holds; `fingerprint` is that of all that it was made of. */
interface Content extends Prepared {
  readonly fingerprint: string;
}

const SOURCE = dirname(fileURLToPath(import.meta.url));
/** The code that decides what is loaded and learned: other code, other results. */
const MADE_BY = ['knowledge', 'matching', 'answering', 'judging', '../../package.json'].map((path) => join(SOURCE, path));
const DIGEST_LENGTH = 32;

/**
 * The file in which the prepared knowledge of a folder is kept from one start to the next, `index-….bin` in the data
 * folder. It is nothing but saved time: where it cannot be read or written, or what it was made of has changed, the
 * knowledge is prepared anew.
 */
export class PreparedFile {
  readonly #file: string;
  readonly #directory: string;
  /** `undefined` where the folder cannot be read. */
  readonly #fingerprint: string | undefined;

  /** @param directory of the knowledge; looked at now, so that what is changed later counts as changed */
  constructor(dataDirectory: string, directory: string) {
    this.#directory = directory;
    this.#file = join(dataDirectory, `index-${sha256(resolve(directory)).toString('hex').slice(0, 12)}.bin`);
    this.#fingerprint = fingerprintOf([directory, ...MADE_BY]);
  }

  read(): Prepared | undefined {
    try {
      const bytes = readFileSync(this.#file);
      const content = bytes.subarray(DIGEST_LENGTH);
      if (!sha256(content).equals(bytes.subarray(0, DIGEST_LENGTH))) return undefined;
      const { fingerprint, knowledge, learned } = deserialize(content) as Content;
      if (fingerprint !== this.#fingerprint) return undefined;
      return { knowledge: { ...knowledge, directory: this.#directory }, learned };
    } catch {
      return undefined;
    }
  }

  /** Writes nothing if the folder has changed since this was made: what was loaded may be half of each. */
  write(prepared: Prepared): void {
    const beside = `${this.#file}.${process.pid}`;
    const fingerprint = fingerprintOf([this.#directory, ...MADE_BY]);
    if (fingerprint === undefined || fingerprint !== this.#fingerprint) return;
    try {
      const content = serialize({ fingerprint, ...prepared } satisfies Content);
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(beside, Buffer.concat([sha256(content), content]));
      renameSync(beside, this.#file);
    } catch {
      // Nothing is lost but time at the next start.
      removeIfThere(beside);
    }
  }
}

function removeIfThere(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Then it is not there: its folder is none.
  }
}

/** Of the names and the bytes of all files in these places; hidden ones are none of the knowledge's. */
function fingerprintOf(places: readonly string[]): string | undefined {
  const hash = createHash('sha256').update(process.version);
  try {
    for (const file of places.flatMap(filesIn)) hash.update(`\0${basename(file)}\0`).update(readFileSync(file));
  } catch {
    return undefined;
  }
  return hash.digest('hex');
}

function filesIn(place: string): string[] {
  if (!statSync(place).isDirectory()) return [place];
  const names = readdirSync(place).filter((name) => !name.startsWith('.'));
  return names.sort().flatMap((name) => filesIn(join(place, name)));
}

function sha256(content: string | Uint8Array): Buffer {
  return createHash('sha256').update(content).digest();
}
