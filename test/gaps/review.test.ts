import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Answerer } from '../../src/answering/answerer.ts';
import { messagesFor } from '../../src/evaluation/own-set.ts';
import { reviewGaps } from '../../src/gaps/review.ts';
import { tryPhrasings } from '../../src/gaps/trial.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import type { Gap } from '../../src/storage/gaps.ts';

const { knowledge } = loadKnowledge(fileURLToPath(new URL('../../knowledge', import.meta.url)));
if (!knowledge) throw new Error('The shipped knowledge has errors: npm run knowledge shows them.');
const answerer = new Answerer(knowledge, 'de');

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
        gap(1, 'gibt es marmorkuchen', { count: 3, firstDay: '2026-10-01', topic: 'fees' }),
        gap(2, 'marmorkuchen', { count: 2, lastDay: '2026-11-09' }),
        gap(3, 'marmorkuchen', { language: 'en' }),
        gap(4, 'quantenphysik'),
      ],
      answerer,
    );
    expect(reviewed.map(({ ids }) => ids)).toEqual([[1, 2], [3], [4]]);
    expect(reviewed[0]).toMatchObject({
      text: 'gibt es marmorkuchen',
      wordings: ['marmorkuchen'],
      count: 5,
      firstDay: '2026-10-01',
      lastDay: '2026-11-09',
      offered: ['fees'],
    });
  });

  test('come with the three nearest topics, and with the one that answers them by now', () => {
    const [reviewed] = reviewGaps([gap(1, 'was kostet xiaomi pay')], answerer);
    expect(reviewed?.nearest.map(({ topic }) => topic)).toEqual(['fees', expect.any(String), expect.any(String)]);
    expect(reviewed?.answeredBy).toBe('fees');
  });
});

describe('a phrasing tried in a topic', () => {
  const messages = messagesFor(knowledge);

  test('is answered by that topic, and the rest of the evaluation set fares as before', () => {
    const question = 'darf ich mein fahrrad mit in den zoo nehmen';
    expect(answerer.reply({ text: question }).outcome).not.toBe('answer');
    const trial = tryPhrasings(answerer, 'shops', 'de', [question], messages);
    expect(trial).toEqual({ topic: 'shops', answers: true, broken: [], mended: expect.any(Number) });
    expect(answerer.reply({ text: question }).outcome).not.toBe('answer');
  });

  test('that belongs to another topic shows what it would break', () => {
    const [asked] = messages.filter(({ kind, topics }) => kind === 'ask' && topics.includes('launch-date'));
    const trial = tryPhrasings(answerer, 'shops', 'de', Array(3).fill(asked?.text), messages);
    expect(trial.broken).toContain(asked?.text);
  });

  test('of another knowledge is tried on that one’s own phrasings', () => {
    const bakery = loadKnowledge(fileURLToPath(new URL('../bakery', import.meta.url))).knowledge;
    if (!bakery) throw new Error('The bakery has errors.');
    expect(messagesFor(bakery).map(({ text }) => text)).toContain('when do you open');
  });
});
