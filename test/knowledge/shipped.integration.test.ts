import { expect, test } from 'vitest';
import { languageOf, trainLanguages } from '../../src/engine/language.ts';
import { answerOn, MAX_CONTENT_LENGTH, RESERVED_LENGTH } from '../../src/engine/replies.ts';
import { tokensOf } from '../../src/engine/text.ts';
import { checkKnowledge } from '../../src/evaluation/check.ts';
import { LANGUAGES, type Language } from '../../src/knowledge/knowledge.ts';
import { SHIPPED, shippedKnowledge } from '../shipped-knowledge.ts';

/** So many words in a row make a template: "wie lange nutzt du". */
const TEMPLATE_LENGTH = 4;

test('no template yields more than 1 % of the overheard messages', () => {
  const { overheard } = shippedKnowledge;
  const templates = overheard.flatMap(({ text }) => {
    const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    return [
      ...new Set(words.slice(TEMPLATE_LENGTH - 1).map((_, at) => words.slice(at, at + TEMPLATE_LENGTH).join(' '))),
    ];
  });
  const uses = [...Map.groupBy(templates, (template) => template)].map(([, { length }]) => length);
  expect(Math.max(...uses)).toBeLessThanOrEqual(0.01 * overheard.length);
});

test('the check finds nothing worth a look', () => {
  expect(checkKnowledge(SHIPPED).problems).toEqual([]);
});

test('the answers on any two topics fit into a message, or one of them does', () => {
  for (const language of LANGUAGES) {
    for (const { id } of shippedKnowledge.topics) {
      for (const other of shippedKnowledge.topics) {
        if (other.id === id) continue;
        const shown = answerOn([id, other.id], language, shippedKnowledge);
        if (shown.kind !== 'answer') throw new Error(`There is no answer on ${id}.`);
        const length = [...`${shown.text}\n-# ${shown.sourceLine}`].length + RESERVED_LENGTH;
        expect(length, `${id} ${other.id}`).toBeLessThanOrEqual(MAX_CONTENT_LENGTH);
      }
    }
  }
});

test('the answers say themselves how sure the article is', () => {
  const words = {
    rumour: { de: /Gerücht/, en: /rumour/ },
    opinion: { de: /Autor/, en: /author/ },
    'not-stated': { de: /Artikel (?:nicht|nichts)|nicht im Artikel/, en: /article (?:says nothing|does not|doesn’t)/ },
    reported: { de: /Artikel/, en: /article/ },
  };
  for (const topic of shippedKnowledge.topics) {
    for (const language of LANGUAGES) {
      if (topic.status) expect(topic[language].answer, topic.id).toMatch(words[topic.status][language]);
    }
  }
});

const languages = trainLanguages(shippedKnowledge);

test.for<[text: string, language: Language]>([
  ['mein opa hätte da mal ne frage zu', 'de'],
  ['Gibt’s das in grün?', 'de'],
  ['does anyone have an idea', 'en'],
  ['my grandpa got himself a new one', 'en'],
])('it tells the language of any text of daily life: %j', ([text, language]) => {
  const words = tokensOf(text).map(({ folded }) => folded);
  expect(languageOf(words, languages)).toBe(language);
});
