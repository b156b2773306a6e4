import { expect, test } from 'vitest';
import { shippedKnowledge } from '../shipped-knowledge.ts';

/** So many words in a row make a template: "wie lange nutzt du". */
const TEMPLATE_LENGTH = 4;

test('no template yields more than 1 % of the overheard messages that ship', () => {
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
