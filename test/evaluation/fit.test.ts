import { expect, test } from 'vitest';
import { confidenceFeatures, helpfulnessFeatures, probabilityOf } from '../../src/engine/gates.ts';
import { fitConfidence, fitHelpfulness } from '../../src/evaluation/fit.ts';
import { type EvaluationMessage, phrasingMessages } from '../../src/evaluation/sets.ts';
import { talkativeBakery as engine, talkativeKnowledge } from '../engine/talkative-bakery.ts';

const offTopic = (text: string): EvaluationMessage => ({ text, lang: 'de', kind: 'offtopic', topics: [] });
const RIGHT = phrasingMessages(talkativeKnowledge);
const WRONG = [
  ...talkativeKnowledge.outOfScope.de,
  'brot oder uhr',
  'xyzzy',
  'was ist der huber für einer',
  'wie spät ist es',
].map(offTopic);

const weights = fitConfidence([...RIGHT, ...WRONG], engine);

test('the fitted confidence has a weight for each feature', () => {
  const { words, scores, parts } = engine.read('was kostet das brot');
  expect(weights).toHaveLength(confidenceFeatures(words, scores, parts).length);
  for (const weight of weights) expect(weight).toBeTypeOf('number');
  expect(weights.every(Number.isFinite)).toBe(true);
});

test('the fitted confidence tells messages whose likeliest topic is right from others', () => {
  const confidence = ({ text }: EvaluationMessage) => {
    const { words, scores, parts } = engine.read(text);
    return probabilityOf(confidenceFeatures(words, scores, parts), weights);
  };
  const mean = (messages: readonly EvaluationMessage[]) =>
    messages.reduce((sum, message) => sum + confidence(message), 0) / messages.length;
  expect(mean(RIGHT)).toBeGreaterThan(0.8);
  expect(mean(WRONG)).toBeLessThan(0.5);
});

test('the confidence is not fitted on messages that ask nothing', () => {
  const chatter: EvaluationMessage = { text: 'was kostet das brot', lang: 'de', kind: 'chatter', topics: [] };
  const others: EvaluationMessage[] = [chatter, { ...chatter, kind: 'reaction' }];
  expect(fitConfidence([...RIGHT, ...WRONG, ...others], engine)).toEqual(weights);
});

test('the helpfulness is fitted on what is overheard and names the subject', () => {
  const overheard = (kind: 'overheard' | 'chatter', text: string): EvaluationMessage => {
    return { text, lang: 'de', kind, topics: kind === 'overheard' ? ['bread'] : [] };
  };
  const messages = [
    overheard('overheard', 'was kostet das brot beim huber?'),
    overheard('overheard', 'hallo, was kostet beim huber das brot?'),
    overheard('chatter', 'was kostet beim huber das brot? drei euro.'),
    overheard('chatter', 'das brot beim huber kostet drei euro'),
  ];
  const weights = fitHelpfulness(messages, engine);
  const helpfulness = (text: string) => {
    const { audience, endsWithQuestion } = engine.read(text);
    return probabilityOf(helpfulnessFeatures(audience.channel, 0.9, endsWithQuestion), weights);
  };
  expect(helpfulness('was kostet das brot?')).toBeGreaterThan(helpfulness('das brot kostet drei euro'));
  const others = [...WRONG, overheard('chatter', 'was kostet das brot?')];
  expect(fitHelpfulness([...messages, ...others], engine)).toEqual(weights);
});
