import { containerBootstrap, LangEn, Nlp } from '@nlpjs/basic';
import { LangDe } from '@nlpjs/lang-de';
import { type Build, OUT_OF_SCOPE, verdictOf } from './engine.ts';

/** NLP.js's label of a text that belongs to no topic. */
const NONE = 'None';

/**
 * NLP.js: only the classifier, without the sentiment, entities and answers that `process` would add. One network for both languages does
 * better than one for each.
 */
export const build: Build = async ({ examples, language }) => {
  const container = await containerBootstrap();
  container.use(LangEn);
  container.use(LangDe);
  const settings = { autoSave: false, autoLoad: false, nlu: { log: false, useNoneFeature: false } };
  const nlp = new Nlp({ container, languages: ['de', 'en'], ...settings });
  for (const { text, label } of examples) nlp.addDocument(language, text, label === OUT_OF_SCOPE ? NONE : label);
  await nlp.train();
  return async (text) => {
    const { classifications } = await nlp.classify(language, text);
    return () =>
      verdictOf(
        classifications.map(({ intent, score }) => ({ label: intent === NONE ? OUT_OF_SCOPE : intent, score })),
      );
  };
};
