import { type Classified, containerBootstrap, LangEn, Nlp } from '@nlpjs/basic';
import { LangDe } from '@nlpjs/lang-de';
import type { Language } from '../../../src/knowledge/knowledge.ts';
import { type Engine, type Example, OUT_OF_SCOPE } from './engine.ts';

export interface NlpjsOptions {
  /** A network for each language, or one for all, with the stemmer of the language that has most examples. */
  readonly networks: 'per language' | 'one';
  /** Are examples without a topic given to it, as its intent "None"? */
  readonly none: boolean;
  /** NLP.js's own reserve against words that it does not know. */
  readonly noneFeature: boolean;
}

const NONE = 'None';

/**
 * NLP.js: the classifier alone, without the sentiment, entities and answers that `process` would add. It is told each
 * message's language where that is known.
 */
export const engine: Engine<NlpjsOptions, Classified> = {
  build: async (examples, { networks, none, noneFeature }) => {
    const container = await containerBootstrap();
    container.use(LangEn);
    container.use(LangDe);
    const nlp = new Nlp({
      container,
      languages: ['de', 'en'],
      autoSave: false,
      autoLoad: false,
      nlu: { log: false, useNoneFeature: noneFeature },
    });
    const only = networks === 'one' ? mostFrequent(examples) : undefined;
    for (const { text, label, language } of examples) {
      if (label === OUT_OF_SCOPE && !none) continue;
      const locale = only ?? language ?? nlp.guessLanguage(text) ?? 'en';
      nlp.addDocument(locale, text, label === OUT_OF_SCOPE ? NONE : label);
    }
    await nlp.train();
    return {
      ask: (text, language) => nlp.classify(only ?? language ?? nlp.guessLanguage(text) ?? 'en', text),
      ranked: ({ classifications }) =>
        classifications.map(({ intent, score }) => ({ label: intent === NONE ? OUT_OF_SCOPE : intent, score })),
    };
  },
};

function mostFrequent(examples: readonly Example[]): Language {
  return examples.filter(({ language }) => language === 'de').length * 2 > examples.length ? 'de' : 'en';
}
