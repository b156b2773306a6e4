import { Engine, trainOn } from '../engine/engine.ts';
import { checkKnowledge } from '../evaluation/check.ts';
import { ExpectedError } from '../knowledge/expected-error.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { formatProblem } from '../knowledge/problem.ts';
import type { Settings } from './settings.ts';
import { trainedCache } from './trained-cache.ts';

/** @throws {ExpectedError} listing every error in the knowledge */
export function openKnowledge(directory: string): Knowledge {
  const { knowledge, problems } = checkKnowledge(directory, { errorsOnly: true });
  if (knowledge) return knowledge;
  const errors = problems.filter(({ severity }) => severity === 'error');
  throw new ExpectedError(`The knowledge has errors:\n${errors.map(formatProblem).join('\n')}`);
}

/**
 * Makes an engine, from the cache if nothing has changed since the last start. Throws as `openKnowledge` does.
 *
 * @param beforeLearning called if there is no such cache: it will take some seconds
 */
export function openEngine(
  option: string | undefined,
  settings: Pick<Settings, 'KNOWLEDGE_DIR' | 'DATA_DIR' | 'DEFAULT_LANGUAGE'>,
  beforeLearning = () => {},
): Engine {
  const directory = option ?? settings.KNOWLEDGE_DIR;
  const cache = trainedCache(settings.DATA_DIR, directory);
  let cached = cache.read();
  if (!cached) {
    beforeLearning();
    const knowledge = openKnowledge(directory);
    cached = { knowledge, trained: trainOn(knowledge) };
    cache.write(cached);
  }
  return new Engine(cached.knowledge, settings.DEFAULT_LANGUAGE, cached.trained);
}
