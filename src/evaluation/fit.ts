import { namesSubject } from '../engine/decide.ts';
import type { Engine } from '../engine/engine.ts';
import { confidenceFeatures, confidenceOf, helpfulnessFeatures, probabilityOf } from '../engine/gates.ts';
import type { EvaluationMessage } from './sets.ts';

const STEPS = 3_000;
const RATE = 0.3;
/** Keeps weights small that few messages speak for (L2). */
const PENALTY = 0.01;

/** The features of a message, the first of which is always 1, and whether what they should predict is true. */
interface Row {
  readonly features: readonly number[];
  readonly isTrue: boolean;
}

/** Fits the weights of the confidence on labelled messages that ask something, or are out of scope. */
export function fitConfidence(messages: readonly EvaluationMessage[], engine: Engine): number[] {
  return regression(
    messages
      .filter(({ kind }) => kind !== 'chatter' && kind !== 'reaction')
      .map(({ text, topics, after = [] }) => {
        const reading = engine.read(text);
        const scores = engine.scores(reading, engine.contextAfter(after).previous);
        const features = confidenceFeatures(reading.words, scores, reading.parts);
        return { features, isTrue: topics.includes(scores.topics[0]?.id ?? '') };
      }),
  );
}

/** Fits the weights of how much an unprompted answer helps, on overheard messages that pass the first gate. */
export function fitHelpfulness(messages: readonly EvaluationMessage[], engine: Engine): number[] {
  return regression(
    messages
      .filter(({ kind }) => kind === 'chatter' || kind === 'overheard')
      .flatMap(({ text, topics }) => {
        const reading = engine.read(text);
        if (!namesSubject(reading)) return [];
        const scores = engine.scores(reading);
        const isTrue = topics.includes(scores.topics[0]?.id ?? '');
        const confidence = confidenceOf(reading.words, scores, reading.parts);
        return [
          { features: helpfulnessFeatures(reading.audience.channel, confidence, reading.endsWithQuestion), isTrue },
        ];
      }),
  );
}

/** Logistic regression by gradient descent on standardised features. Takes a second. */
function regression(rows: readonly Row[]): number[] {
  // The first feature is constant: its weight is the bias.
  const scales = (rows[0]?.features ?? []).map((_, at) => {
    if (at === 0) return { mean: 0, deviation: 1 };
    const column = rows.map(({ features }) => features[at] ?? 0);
    const mean = sum(column) / rows.length;
    return { mean, deviation: Math.sqrt(sum(column.map((value) => (value - mean) ** 2)) / rows.length) || 1 };
  });
  const standardised = rows.map(({ features, isTrue }) => ({
    isTrue,
    values: scales.map(({ mean, deviation }, at) => ((features[at] ?? 0) - mean) / deviation),
  }));
  let weights = scales.map(() => 0);
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((weight, at) => (at === 0 ? 0 : PENALTY * weight));
    for (const { values, isTrue } of standardised) {
      const error = probabilityOf(values, weights) - (isTrue ? 1 : 0);
      for (const [at, value] of values.entries()) gradient[at] = (gradient[at] ?? 0) + (error * value) / rows.length;
    }
    weights = weights.map((weight, at) => weight - RATE * (gradient[at] ?? 0));
  }
  const scaled = scales.map(({ deviation }, at) => (weights[at] ?? 0) / deviation);
  const shift = sum(scales.map(({ mean }, at) => mean * (scaled[at] ?? 0)));
  return scaled.map((weight, at) => Number((at === 0 ? weight - shift : weight).toFixed(2)));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
