import { Engine, learnKnowledge } from '../engine/engine.ts';
import { checkKnowledge } from '../evaluation/check.ts';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { formatProblem } from '../knowledge/format-problem.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { knowledgeDirectory, readSettings, type Settings } from '../operation/settings.ts';
import { TrainedCache } from '../operation/trained-cache.ts';

/** A failure that the person at the terminal can mend; its message says how. The process ends with code 1. */
export class CommandError extends ExpectedError {
  override readonly name = 'CommandError';
}

/**
 * Loads and checks the knowledge, as far as that takes no time.
 *
 * @param directory what `--knowledge` says, if anything
 * @throws {CommandError} listing every problem of the knowledge
 * @throws {SettingsError} naming every wrong setting
 */
export function openKnowledge(directory: string | undefined, settings: Settings = readSettings()): Knowledge {
  const { knowledge, problems } = checkKnowledge(knowledgeDirectory(directory, settings), { errorsOnly: true });
  if (knowledge) return knowledge;
  const errors = problems.filter(({ severity }) => severity === 'error');
  throw new CommandError(`The knowledge has problems:\n${errors.map(formatProblem).join('\n')}`);
}

/** Gets ready to answer: at once, if nothing has changed since the last time. Throws as `openKnowledge` does. */
export function openAnswerer(directory: string | undefined, settings: Settings = readSettings()): Engine {
  const { DATA_DIR, DEFAULT_LANGUAGE } = settings;
  const file = new TrainedCache(DATA_DIR, knowledgeDirectory(directory, settings));
  const kept = file.read();
  if (kept) return new Engine(kept.knowledge, DEFAULT_LANGUAGE, kept.learned);
  const knowledge = openKnowledge(directory, settings);
  const learned = learnKnowledge(knowledge);
  file.write({ knowledge, learned });
  return new Engine(knowledge, DEFAULT_LANGUAGE, learned);
}
