import { describe, expect, test } from 'vitest';
import { talkativeBakery as engine } from './talkative-bakery.ts';

describe('after an answer', () => {
  const scoresAfter = (text: string, ...previous: string[]) => engine.scores(engine.read(text), previous);

  test('the same words ask for something else than after another answer', () => {
    expect(scoresAfter('im winter auch?', 'bread').topics[0]?.id).toBe('bread');
    expect(scoresAfter('im winter auch?', 'hours').topics[0]?.id).toBe('hours');
  });

  test('a question that is clear by itself keeps its topic', () => {
    expect(scoresAfter('was kostet das brot', 'hours').topics[0]?.id).toBe('bread');
  });

  test('on two topics both count', () => {
    const { topics } = scoresAfter('im winter auch?', 'bread', 'hours');
    expect(
      topics
        .slice(0, 2)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['bread', 'hours']);
  });

  test('the shares add up, and thanks are as clear as before', () => {
    const { topics, outOfScope, reaction } = scoresAfter('danke', 'bread');
    expect(topics.reduce((sum, { share }) => sum + share, outOfScope + reaction)).toBeCloseTo(1);
    expect(reaction).toBe(engine.read('danke').scores.reaction);
  });

  test('a topic that is no longer there does not count', () => {
    expect(scoresAfter('im winter auch?', 'gone')).toEqual(scoresAfter('im winter auch?'));
    expect(scoresAfter('im winter auch?', 'gone', 'bread')).toEqual(scoresAfter('im winter auch?', 'bread'));
  });

  test('scores are those of the message where nothing was answered', () => {
    const reading = engine.read('was kostet das brot');
    expect(engine.scores(reading)).toBe(reading.scores);
  });
});
