import { describe, expect, test } from 'vitest';
import {
  CONFIDENCE_WEIGHTS,
  confidenceFeatures,
  confidenceOf,
  helpfulnessOf,
  probabilityOf,
} from '../../src/engine/gates.ts';
import type { Reading } from '../../src/engine/read.ts';
import type { Scores } from '../../src/engine/scores.ts';
import { talkativeBakery } from './talkative-bakery.ts';

const scores = (first: number, second: number, outOfScope: number): Scores => ({
  topics: [
    { id: 'bread', share: first },
    { id: 'hours', share: second },
  ],
  outOfScope,
  reaction: 0,
});

const confidenceIn = ({ words, parts }: Reading, scores: Scores) => confidenceOf(words, scores, parts);

describe('the confidence', () => {
  const reading = talkativeBakery.read('was kostet das brot');
  const confidence = (...shares: Parameters<typeof scores>) => confidenceIn(reading, scores(...shares));

  test('has a weight for each of its features', () => {
    expect(confidenceFeatures(reading.words, reading.scores, reading.parts)).toHaveLength(CONFIDENCE_WEIGHTS.length);
  });

  test.for<[features: number[], weights: number[], confidence: number]>([
    [[1, 2], [0, 0], 0.5],
    [[1, 2], [0, 1], 1 / (1 + Math.exp(-2))],
    [[1, 2], [-2, 1], 0.5],
    [[1], [100], 1],
    [[1], [-100], 0],
  ])('of %j with weights %j is %f', ([features, weights, expected]) => {
    expect(probabilityOf(features, weights)).toBeCloseTo(expected);
  });

  test('is high for a clear topic, and lower beside another topic or none at all', () => {
    const clear = confidence(0.99, 0.005, 0.005);
    expect(clear).toBeGreaterThan(0.9);
    expect(confidence(0.5, 0.45, 0.05)).toBeLessThan(clear);
    expect(confidence(0.5, 0.05, 0.45)).toBeLessThan(clear);
    expect(confidence(0.05, 0.05, 0.9)).toBeLessThan(0.5);
  });

  test('is lower for a message of which less is known', () => {
    const of = (text: string) => confidenceIn(talkativeBakery.read(text), scores(0.7, 0.2, 0.1));
    expect(of('was kostet das qwertz')).toBeLessThan(of('was kostet das brot'));
    expect(of('was kostet das roggenbort')).toBeLessThan(of('was kostet das roggenbrot'));
  });

  test('is a number whatever the scores', () => {
    for (const value of [confidence(0, 0, 0), confidence(1, 0, 0), confidence(0, 0, 1)]) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
    expect(confidenceIn(reading, { topics: [], outOfScope: 1, reaction: 0 })).toBeLessThan(0.5);
  });
});

describe('how much an unprompted answer helps', () => {
  const helpfulness = (text: string, channel: number, confidence = 0.95) => {
    const { endsWithQuestion } = talkativeBakery.read(text);
    return helpfulnessOf(channel, confidence, endsWithQuestion);
  };

  test('is little where one member is asked, or the topic is unclear', () => {
    expect(helpfulness('was kostet das brot?', 0.95)).toBeGreaterThan(0.8);
    expect(helpfulness('was kostet das brot?', 0.05)).toBeLessThan(0.5);
    expect(helpfulness('was kostet das brot?', 0.95, 0.05)).toBeLessThan(0.5);
  });

  test('is less where something is said after the question', () => {
    expect(helpfulness('was kostet das brot? drei euro.', 0.9)).toBeLessThan(helpfulness('was kostet das brot?', 0.9));
  });
});
