import { Engine, trainOn } from '../engine/engine.ts';
import { checkKnowledge } from '../evaluation/check.ts';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { formatProblem } from '../knowledge/format-problem.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { knowledgeDirectory, readSettings, type Settings } from './settings.ts';
import { trainedCache } from './trained-cache.ts';

/**
 * Loads the knowledge and checks it for errors.
 *
 * @param directory the value of `--knowledge`, if given
 * @throws {ExpectedError} listing every error in the knowledge
 * @throws {SettingsError} naming every wrong setting
 */
export function openKnowledge(directory: string | undefined, settings: Settings = readSettings()): Knowledge {
  const { knowledge, problems } = checkKnowledge(knowledgeDirectory(directory, settings), { errorsOnly: true });
  if (knowledge) return knowledge;
  const errors = problems.filter(({ severity }) => severity === 'error');
  throw new ExpectedError(`The knowledge has errors:\n${errors.map(formatProblem).join('\n')}`);
}

/** Makes an engine, from the cache if nothing has changed since the last start. Throws as `openKnowledge` does. */
export function openEngine(directory: string | undefined, settings: Settings = readSettings()): Engine {
  const cache = trainedCache(settings.DATA_DIR, knowledgeDirectory(directory, settings));
  let cached = cache.read();
  if (!cached) {
    const knowledge = openKnowledge(directory, settings);
    cached = { knowledge, trained: trainOn(knowledge) };
    cache.write(cached);
  }
  return new Engine(cached.knowledge, settings.DEFAULT_LANGUAGE, cached.trained);
}
