import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import { Engine } from '../engine/engine.ts';
import { ExpectedError } from '../knowledge/expected-error.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { formatProblem } from '../knowledge/problem.ts';
import type { Settings } from './settings.ts';

/** @throws {ExpectedError} listing every error in the knowledge */
export function openKnowledge(directory: string): Knowledge {
  const { knowledge, problems } = loadKnowledge(directory);
  if (knowledge) return knowledge;
  const errors = problems.filter(({ severity }) => severity === 'error');
  throw new ExpectedError(`The knowledge has errors:\n${errors.map(formatProblem).join('\n')}`);
}

/**
 * Makes an engine, from the cache if nothing has changed since the last start. Throws as `openKnowledge` does.
 *
 * @param beforeLearning called if there is no such cache: it will take up to half a minute
 */
export function openEngine(
  option: string | undefined,
  settings: Pick<Settings, 'KNOWLEDGE_DIR' | 'DATA_DIR' | 'DEFAULT_LANGUAGE'>,
  beforeLearning = () => {},
): Engine {
  const directory = option ?? settings.KNOWLEDGE_DIR;
  const cache = trainedCache(settings.DATA_DIR, directory);
  const cached = cache.read();
  if (cached) return new Engine(cached.knowledge, settings.DEFAULT_LANGUAGE, cached.trained);
  beforeLearning();
  const engine = new Engine(openKnowledge(directory), settings.DEFAULT_LANGUAGE);
  cache.write(engine);
  return engine;
}

/** Knowledge without errors, and what was learned from it. */
type Cached = Pick<Engine, 'knowledge' | 'trained'>;

const PROGRAM = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Keeps trained knowledge for the next start, as `index-….bin` in the data folder. It only saves time: if it can't be
 * read or written, or anything it was made from has changed, the knowledge is loaded and trained again.
 */
export function trainedCache(dataDirectory: string, directory: string) {
  const key = createHash('sha256').update(resolve(directory)).digest('hex').slice(0, 12);
  const file = join(dataDirectory, `index-${key}.bin`);
  const fingerprint = fingerprintOf(directory);
  return {
    read(): Cached | undefined {
      try {
        const { knowledge, trained, fingerprint: cached } = deserialize(readFileSync(file));
        return cached === fingerprint ? { knowledge: { ...knowledge, directory }, trained } : undefined;
      } catch {
        return undefined;
      }
    },

    /** Writes nothing if the folder has changed meanwhile: half of its files may have been loaded before the change. */
    write({ knowledge, trained }: Cached): void {
      if (fingerprint === undefined || fingerprintOf(directory) !== fingerprint) return;
      const temporary = `${file}.${process.pid}`;
      try {
        mkdirSync(dataDirectory, { recursive: true });
        writeFileSync(temporary, serialize({ fingerprint, knowledge, trained }));
        renameSync(temporary, file);
      } catch {
        rmSync(temporary, { force: true, recursive: true });
      }
    },
  };
}

/** A digest of the paths and contents of what the cache is made from; `undefined` if a file can't be read. */
function fingerprintOf(directory: string): string | undefined {
  const hash = createHash('sha256').update(process.version);
  try {
    for (const [cwd, files] of [
      [directory, '{.,topics,evaluation}/*.{yaml,yml,txt,jsonl}'],
      // The code that loads and trains.
      [PROGRAM, '{package.json,src/{knowledge,engine}/*.ts}'],
    ] as const) {
      const paths = globSync(files, { cwd })
        .sort()
        .filter((path) => statSync(join(cwd, path)).isFile());
      for (const path of paths) hash.update(`\0${path}\0`).update(readFileSync(join(cwd, path)));
    }
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}
