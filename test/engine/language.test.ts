import { describe, expect, test } from 'vitest';
import { languageOf, trainLanguages } from '../../src/engine/language.ts';
import { tokensOf } from '../../src/engine/text.ts';
import type { Language } from '../../src/knowledge/knowledge.ts';
import { talkativeKnowledge } from './talkative-bakery.ts';

const model = trainLanguages(talkativeKnowledge);
const of = (text: string) =>
  languageOf(
    tokensOf(text).map(({ folded }) => folded),
    model,
  );

describe('the language of a text', () => {
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
});
