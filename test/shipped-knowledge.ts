import { fileURLToPath } from 'node:url';
import { Engine, type Trained, trainOn } from '../src/engine/engine.ts';
import type { Knowledge } from '../src/knowledge/knowledge.ts';
import { loadKnowledge } from '../src/knowledge/load.ts';
import { trainedCache } from '../src/operation/trained-cache.ts';

/** The folder of the knowledge that ships with the bot. */
export const SHIPPED = fileURLToPath(new URL('../knowledge', import.meta.url));

export const shippedKnowledge: Knowledge = (() => {
  const { knowledge } = loadKnowledge(SHIPPED);
  if (knowledge) return knowledge;
  throw new Error('The shipped knowledge has errors: npm run knowledge shows them.');
})();

/** Training takes seconds, and each test worker needs what was learned. */
const CACHE = fileURLToPath(new URL('../node_modules/.cache/tests', import.meta.url));

let engine: Engine | undefined;

/** The bot as it ships. */
export function shippedEngine(): Engine {
  engine ??= new Engine(shippedKnowledge, 'de', trainedOnShipped());
  return engine;
}

function trainedOnShipped(): Trained {
  const cache = trainedCache(CACHE, SHIPPED);
  const cached = cache.read();
  if (cached) return cached.trained;
  const trained = trainOn(shippedKnowledge);
  cache.write({ knowledge: shippedKnowledge, trained });
  return trained;
}
