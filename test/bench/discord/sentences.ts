import { fileURLToPath } from 'node:url';
import { openKnowledge } from '../../../src/operation/open-engine.ts';
import { readOwnSet } from '../../../src/evaluation/own-set.ts';

/** What people say on the servers of the benchmark. */
export interface Sentences {
  /** To the bot. */
  readonly questions: readonly string[];
  /** To each other: none of the bot's business. */
  readonly chatter: readonly string[];
}

/** Of the evaluation set and of the knowledge's examples of what is elsewhere. */
export function readSentences(): Sentences {
  const { elsewhere } = openKnowledge(fileURLToPath(new URL('../../../knowledge', import.meta.url)));
  const questions = readOwnSet().flatMap(({ kind, text }) => (kind === 'ask' ? [text] : []));
  return { questions, chatter: [...elsewhere.de, ...elsewhere.en] };
}
