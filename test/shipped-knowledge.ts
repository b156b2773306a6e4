import { fileURLToPath } from 'node:url';
import { Engine } from '../src/engine/engine.ts';
import type { Knowledge } from '../src/knowledge/knowledge.ts';
import { loadKnowledge } from '../src/knowledge/load.ts';

/** The folder of the knowledge that ships with the bot. */
export const SHIPPED = fileURLToPath(new URL('../knowledge', import.meta.url));

export const shippedKnowledge: Knowledge = (() => {
  const { knowledge } = loadKnowledge(SHIPPED);
  if (knowledge) return knowledge;
  throw new Error('The shipped knowledge has errors: npm run knowledge shows them.');
})();

let answerer: Engine | undefined;

/** The bot as it ships, learned once in each test worker. */
export function shippedEngine(): Engine {
  answerer ??= new Engine(shippedKnowledge, 'de');
  return answerer;
}
