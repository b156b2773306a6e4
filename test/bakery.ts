import { fileURLToPath } from 'node:url';
import { Engine } from '../src/engine/engine.ts';
import type { Knowledge, Language } from '../src/knowledge/knowledge.ts';
import { loadKnowledge } from '../src/knowledge/load.ts';

/** The folder of a small knowledge for tests: a village bakery, with three topics. */
export const BAKERY = fileURLToPath(new URL('bakery', import.meta.url));

export const bakeryKnowledge: Knowledge = (() => {
  const { knowledge, problems } = loadKnowledge(BAKERY);
  if (knowledge) return knowledge;
  throw new Error(`The bakery has errors: ${JSON.stringify(problems)}`);
})();

const answerers = {
  de: new Engine(bakeryKnowledge, 'de'),
  en: new Engine(bakeryKnowledge, 'en'),
} as const;

/** The bakery's bot with this default language. */
export const bakeryIn = (language: Language): Engine => answerers[language];

/** A topic's title and answer. */
export function bakeryTopic(id: string, language: Language): { readonly title: string; readonly answer: string } {
  const topic = bakeryKnowledge.topics.find((each) => each.id === id);
  if (!topic) throw new Error(`The bakery has no topic "${id}".`);
  return topic[language];
}
