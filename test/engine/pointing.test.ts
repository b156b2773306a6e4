import { describe, expect, test } from 'vitest';
import { pointsElsewhere } from '../../src/engine/pointing.ts';
import { talkativeBakery } from './talkative-bakery.ts';

const points = (message: string) => pointsElsewhere(talkativeBakery.read(message));

describe('a message has no question of its own', () => {
  test.for([
    '',
    '?',
    '🙂',
    '<@123>',
    'kannst du das beantworten?',
    'Weißt du das vielleicht?',
    'what about this',
    'can you help him',
    '> wann macht ihr auf',
    'stimmt das?',
  ])('if it only points at another one: %j', (message) => {
    expect(points(message)).toBe(true);
  });

  test.for([
    'was kostet das',
    'brot?',
    'und wann?',
    'can you help me find bread',
    'das das das das das das das das das',
  ])('but not if it says more: %j', (message) => {
    expect(points(message)).toBe(false);
  });
});
