import { fileURLToPath } from 'node:url';
import type { Engine } from '../src/engine/engine.ts';
import { openEngine } from '../src/operation/open-engine.ts';

/** The folder of the knowledge that ships with the bot. */
export const SHIPPED = fileURLToPath(new URL('../knowledge', import.meta.url));

/** Where a start in the project's folder keeps what it has learned: tests need not learn it again. */
const DATA = fileURLToPath(new URL('../data', import.meta.url));

/** The bot as it ships. */
export const shippedEngine: Engine = openEngine(undefined, {
  KNOWLEDGE_DIR: SHIPPED,
  DATA_DIR: DATA,
  DEFAULT_LANGUAGE: 'de',
});

export const shippedKnowledge = shippedEngine.knowledge;
