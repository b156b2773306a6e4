import { describe, expect, test } from 'vitest';
import { type Clause, evidenceOf, sharesOf, sumOf } from '../../src/engine/model.ts';
import { tokensOf } from '../../src/engine/text.ts';
import { type Example, train } from '../../src/engine/train.ts';
import { Vocabulary } from '../../src/engine/vocabulary.ts';

const LABELS = ['price', 'start', 'shop'] as const;
type Label = (typeof LABELS)[number];

const TEXTS: Readonly<Record<Label, readonly string[]>> = {
  price: ['what does it cost', 'any fees', 'is it free', 'how much money', 'price of the service', 'cost of it'],
  start: ['when does it start', 'start date', 'release date', 'is it out yet', 'the start of the service'],
  shop: ['which shops take it', 'can the baker take it', 'shop nearby', 'where do shops accept it', 'baker or shop'],
};

const vocabulary = new Vocabulary(
  Object.values(TEXTS)
    .flat()
    .flatMap((text) => tokensOf(text).map(({ folded }) => folded)),
  { names: [], spellings: [], synonyms: [] },
);
const clause = (text: string): Clause => vocabulary.read(tokensOf(text), { left: 0 });

const EXAMPLES = LABELS.flatMap((name, label) =>
  TEXTS[name].map((text): Example => ({ label, clauses: [clause(text)] })),
);
const learned = train(EXAMPLES, LABELS.length);

const sharesIn = (text: string, model = learned) => [...sharesOf(evidenceOf([clause(text)], model))];
const likeliest = (text: string) => LABELS[sharesIn(text).indexOf(Math.max(...sharesIn(text)))];
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe('a model', () => {
  test('recognises each of its examples', () => {
    for (const name of LABELS) expect(TEXTS[name].map(likeliest)).toEqual(TEXTS[name].map(() => name));
  });

  test.for<[what: string, text: string, label: Label]>([
    ['words in other company', 'the cost please', 'price'],
    ['inflections and compounds, by their pieces', 'starting', 'start'],
    ['unknown words that resemble known ones', 'shopping', 'shop'],
  ])('recognises %s', ([, text, label]) => {
    expect(likeliest(text)).toBe(label);
  });

  test('shares out all of its belief, the same for each label where nothing tells', () => {
    for (const text of ['what does it cost', 'when', 'xyzzy', '']) expect(sum(sharesIn(text))).toBeCloseTo(1);
    expect(sharesIn('')).toEqual(LABELS.map(() => 1 / LABELS.length));
  });

  test('is less sure, the more of a text it does not know', () => {
    const shares = ['cost', 'cost zzqq', 'cost zzqq wwvv', 'cost zzqq wwvv jjkk'].map((text) => sharesIn(text)[0]);
    expect(shares).toEqual(shares.toSorted((a = 0, b = 0) => b - a));
    expect(new Set(shares).size).toBe(shares.length);
  });

  test('tells word orders apart that its examples tell apart', () => {
    const ordered = train(
      ['shop start', 'shop start date', 'start shop', 'date start shop'].map((text, index) => ({
        label: index < 2 ? 0 : 1,
        clauses: [clause(text)],
      })),
      2,
    );
    const [one = 0] = sharesIn('shop start', ordered);
    const [other = 1] = sharesIn('start shop', ordered);
    expect(one).toBeGreaterThan(0.5);
    expect(other).toBeLessThan(0.5);
  });

  test('scores a message as the sum of its parts', () => {
    const parts = ['start date', 'any fees'].map((text) => ({
      evidence: evidenceOf([clause(text)], learned),
      weight: 1,
    }));
    const [price = 0, start = 0, shop = 0] = sharesOf(sumOf(parts, LABELS.length));
    expect(Math.min(price, start)).toBeGreaterThan(shop);
    const stressed = sharesOf(
      sumOf(
        parts.map((part, index) => ({ ...part, weight: index === 0 ? 5 : 1 })),
        LABELS.length,
      ),
    );
    expect(stressed[1]).toBeGreaterThan(start);
  });
});

describe('training', () => {
  test('learns the same from the same examples', () => {
    expect(train(structuredClone(EXAMPLES), LABELS.length)).toEqual(learned);
  });

  test('makes plain values, which can be copied to another thread', () => {
    const copy = structuredClone(learned);
    expect(copy).toEqual(learned);
    expect(sharesIn('what does it cost', copy)).toEqual(sharesIn('what does it cost'));
  });

  test('has nothing to say for a label without examples', () => {
    const shares = sharesIn('what does it cost', train(EXAMPLES, LABELS.length + 1));
    expect(shares).toHaveLength(LABELS.length + 1);
    expect(shares.at(-1)).toBeLessThan(shares[0] ?? 0);
  });

  test('of nothing leaves every label as likely as the others', () => {
    expect(sharesIn('what does it cost', train([], 2))).toEqual([0.5, 0.5]);
  });
});
