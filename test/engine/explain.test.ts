import { describe, expect, test } from 'vitest';
import { talkativeBakery as engine } from './talkative-bakery.ts';

describe('an explanation', () => {
  const reading = engine.read('Was kostet ein Laib Brod?');
  const explanation = engine.explain(reading);

  test('has the scores and the audience of the reading', () => {
    const { topics, outOfScope, reaction } = reading.scores;
    expect(explanation).toMatchObject({ topics, outOfScope, reaction, audience: reading.audience });
  });

  test('says of each word what it was read as, and how much it spoke for the two likeliest topics', () => {
    expect(explanation.compared).toEqual(reading.scores.topics.slice(0, 2).map(({ id }) => id));
    expect(explanation.words.map(({ typed, terms }) => ({ typed, terms }))).toEqual(
      reading.words.map(({ typed, terms }) => ({ typed, terms })),
    );
    const brod = explanation.words.find(({ typed }) => typed === 'Brod');
    expect(brod?.terms[0]).toMatchObject({ kind: 'spelling', term: 'brot' });
    expect(brod?.spokeFor).toHaveLength(2);
    expect(brod?.spokeFor[0]).toBeGreaterThan(brod?.spokeFor[1] ?? 0);
  });

  test('weighs the words for other topics where it is asked', () => {
    const [one, other] = [['hours', 'bread'] as const, ['bread', 'hours'] as const].map((compared) =>
      engine.explain(reading, [], compared).words.map(({ spokeFor }) => spokeFor),
    );
    expect(one).toEqual(other?.map((spokeFor) => spokeFor.toReversed()));
  });

  test('weighs a word as much in a question as in a statement', () => {
    const [one, other] = ['Brot', 'Brot?'].map((text) => engine.explain(engine.read(text)).words[0]?.spokeFor);
    expect(one).toEqual(other);
  });

  test('gives no weight to what the member does not ask', () => {
    const { words } = engine.explain(engine.read('Nicht das Brot, sondern wann ihr aufmacht'));
    const weightsOf = (typed: string) => words.find((word) => word.typed === typed)?.spokeFor;
    expect(weightsOf('Brot')).toEqual([0, 0]);
    expect(weightsOf('wann')).not.toEqual([0, 0]);
  });

  test('has the scores of the conversation after an answer', () => {
    const next = engine.read('im winter auch?');
    expect(engine.explain(next, ['bread'])).toMatchObject(engine.scores(next, ['bread']));
    expect(engine.explain(next, ['bread']).compared[0]).toBe('bread');
    expect(engine.explain(next, ['hours']).compared[0]).toBe('hours');
  });

  test('of nothing is empty', () => {
    expect(engine.explain(engine.read(''))).toMatchObject({ words: [] });
  });
});
