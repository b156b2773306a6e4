import { describe, expect, test } from 'vitest';
import { languageOf, trainLanguages } from '../../src/engine/language.ts';
import { tokensOf } from '../../src/engine/text.ts';
import type { Language } from '../../src/knowledge/knowledge.ts';
import { shippedKnowledge } from '../shipped-knowledge.ts';
import { talkativeKnowledge } from './talkative-bakery.ts';

const model = trainLanguages(talkativeKnowledge);
const of = (text: string, learned = model) =>
  languageOf(
    tokensOf(text).map(({ folded }) => folded),
    learned,
  );

describe('the language of a text', () => {
  const shipped = trainLanguages(shippedKnowledge);

  test.for<[text: string, language: Language]>([
    ['was kostet ein kuchen', 'de'],
    ['how much for a cake', 'en'],
    ['Öffnet ihr?', 'de'],
    ['opening', 'en'],
  ])('is told by its words and their pieces: %j', ([text, language]) => {
    expect(of(text)).toBe(language);
  });

  test.for(['', 'Bäckerei Huber', 'Huber, Sacher', '4711', '你好'])('is not told by %j', (text) => {
    expect(of(text)).toBeUndefined();
  });

  test('is not decided by how often a word is repeated', () => {
    expect(of(`what do you charge ${'brot '.repeat(30)}`)).toBe(of('what do you charge brot'));
  });

  test.for<[text: string, language: Language]>([
    ['mein opa hätte da mal ne frage zu', 'de'],
    ['Gibt’s das in grün?', 'de'],
    ['does anyone have an idea', 'en'],
    ['my grandpa got himself a new one', 'en'],
  ])('is told in any text of daily life by the knowledge that ships: %j', ([text, language]) => {
    expect(of(text, shipped)).toBe(language);
  });
});
