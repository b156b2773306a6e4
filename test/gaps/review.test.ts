import { describe, expect, test } from 'vitest';
import { reviewGaps } from '../../src/gaps/review.ts';
import type { Gap } from '../../src/storage/gaps.ts';
import { bakeryIn } from '../bakery.ts';

const engine = bakeryIn('de');

const gap = (id: number, text: string, more: Partial<Gap> = {}): Gap => ({
  id,
  text,
  language: 'de',
  topic: undefined,
  count: 1,
  firstDay: '2026-11-01',
  lastDay: '2026-11-01',
  ...more,
});

describe('recorded questions', () => {
  test('that mean the same are taken together, under the wording asked most', () => {
    const reviewed = reviewGaps(
      [
        gap(1, 'was ist marmorkuchen', { count: 3, firstDay: '2026-10-01', topic: 'bread' }),
        gap(2, 'marmorkuchen', { count: 2, lastDay: '2026-11-09' }),
        gap(3, 'marmorkuchen', { language: 'en' }),
        gap(4, 'quantenphysik'),
      ],
      engine,
    );
    expect(reviewed.map(({ ids }) => ids)).toEqual([[1, 2], [3], [4]]);
    expect(reviewed[0]).toMatchObject({
      text: 'was ist marmorkuchen',
      wordings: ['marmorkuchen'],
      count: 5,
      firstDay: '2026-10-01',
      lastDay: '2026-11-09',
      offered: ['bread'],
    });
  });

  test('come with the nearest topics, and with the one that answers them now', () => {
    const [reviewed] = reviewGaps([gap(1, 'was kostet das brot beim huber')], engine);
    expect(reviewed?.nearest.map(({ topic }) => topic)).toEqual(['bread', expect.any(String), expect.any(String)]);
    expect(reviewed).toMatchObject({ isNear: true, answeredBy: 'bread' });
  });

  test('never come with a topic that a member rejected', () => {
    const [reviewed] = reviewGaps([gap(1, 'was kostet das brot beim huber', { topic: 'bread greeting' })], engine);
    expect(reviewed?.nearest.map(({ topic }) => topic)).toEqual(['hours']);
    expect(reviewed).toMatchObject({ offered: ['bread', 'greeting'], isNear: false, answeredBy: undefined });
  });

  test('are not taken for others that merely lack a word', () => {
    const [asked] = reviewGaps([gap(1, 'was kostet …')], engine);
    const decision = engine.decide(engine.read('was kostet qwrtz'));
    expect(asked?.answeredBy).toBe(decision.kind === 'answer' ? decision.topics[0] : undefined);
  });
});
