import type { Engine } from '../engine/engine.ts';
import { confidenceFeatures } from '../engine/gates.ts';
import type { EvaluationMessage } from './sets.ts';

const STEPS = 3_000;
const RATE = 0.3;
/** Keeps weights small that few messages speak for (L2). */
const PENALTY = 0.01;

/** What a message looked like, and whether its likeliest topic is the right one. */
interface Row {
  readonly features: readonly number[];
  readonly isRight: number;
}

/**
 * Fits the weights of the confidence on labelled messages: logistic regression by gradient descent on standardised features. Takes
 * a second.
 */
export function fitConfidence(messages: readonly EvaluationMessage[], engine: Engine): number[] {
  const rows = messages
    .filter(({ kind }) => kind !== 'chatter' && kind !== 'reaction')
    .map((message) => rowOf(message, engine));
  const count = rows[0]?.features.length ?? 0;
  const columns = Array.from({ length: count }, (_, at) => rows.map(({ features }) => features[at] ?? 0));
  const means = columns.map((column, at) => (at === 0 ? 0 : sum(column) / rows.length));
  const deviations = columns.map((column, at) =>
    at === 0 ? 1 : Math.sqrt(sum(column.map((value) => (value - (means[at] ?? 0)) ** 2)) / rows.length) || 1,
  );
  const standardised = rows.map(({ features, isRight }) => ({
    isRight,
    values: features.map((value, at) => (value - (means[at] ?? 0)) / (deviations[at] ?? 1)),
  }));
  const weights = new Array<number>(count).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((weight, at) => (at === 0 ? 0 : PENALTY * weight));
    for (const { values, isRight } of standardised) {
      const error = sigmoid(sum(values.map((value, at) => value * (weights[at] ?? 0)))) - isRight;
      for (const [at, value] of values.entries()) gradient[at] = (gradient[at] ?? 0) + (error * value) / rows.length;
    }
    for (const [at, slope] of gradient.entries()) weights[at] = (weights[at] ?? 0) - RATE * slope;
  }
  const scaled = weights.map((weight, at) => weight / (deviations[at] ?? 1));
  scaled[0] = (scaled[0] ?? 0) - sum(scaled.map((weight, at) => (at === 0 ? 0 : weight * (means[at] ?? 0))));
  return scaled.map((weight) => Number(weight.toFixed(2)));
}

function rowOf({ text, topics, after = [] }: EvaluationMessage, engine: Engine): Row {
  const { previous } = engine.contextAfter(after);
  const reading = engine.read(text);
  const scores = engine.scores(reading, previous);
  return {
    features: confidenceFeatures(reading, scores),
    isRight: topics.includes(scores.topics[0]?.id ?? '') ? 1 : 0,
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));
