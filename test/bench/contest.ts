import { type Figures, figuresOf } from '../../src/evaluation/figures.ts';
import type { Contestant } from './engines/contestants.ts';
import { type Measured, measureApart } from './engines/measure.ts';
import { type Material, trainingHalves } from './material.ts';
import type { Part } from './part.ts';
import { type Asked, bestThreshold, judgedAt } from './threshold.ts';

export type Surroundings = Parameters<Part['run']>[0];

/** How long an engine may take, in milliseconds. */
export interface Limits {
  readonly buildMs: number;
  readonly askMs: number;
}

export const limitsOf = ({ quick }: Surroundings): Limits =>
  quick ? { buildMs: 60_000, askMs: 10_000 } : { buildMs: 600_000, askMs: 120_000 };

/** How an engine did, with the threshold that was best for it on the training half. */
export interface Result extends Pick<Measured, 'buildMs' | 'heapMb'> {
  readonly name: string;
  readonly threshold: number;
  /** Of the questions that there was time for. */
  readonly figures: Figures;
}

/** @returns `undefined` where the engine could not be built in time */
export async function compete(
  contestant: Contestant,
  material: Material,
  surroundings: Surroundings,
): Promise<Result | undefined> {
  const { buildMs, askMs } = limitsOf(surroundings);
  const choosing = await ask(contestant, trainingHalves(material), { buildMs, askMs: askMs / 2 }, surroundings);
  if (!choosing) return undefined;
  const threshold = bestThreshold(choosing.asked);
  const tested = await ask(contestant, material, { buildMs, askMs }, surroundings);
  if (!tested) return undefined;
  const figures = figuresOf(tested.asked.map((question) => judgedAt(threshold, question)));
  return { name: contestant.name, threshold, figures, ...tested.measured };
}

/** @returns `undefined` where the engine could not be built in time */
export async function ask(
  { name, setting }: Contestant,
  { name: subject, examples, questions }: Pick<Material, 'name' | 'examples' | 'questions'>,
  { buildMs, askMs }: Limits,
  { progress }: Pick<Surroundings, 'progress'>,
): Promise<{ measured: Measured; asked: Asked[] } | undefined> {
  const job = { setting, examples, questions: questions.map(({ text, language }) => ({ text, language })), askMs };
  const about = `${name} on ${subject}, ${examples.length} examples`;
  const measured = await measureApart(job, buildMs, (text) => progress(`${about}: ${text}`));
  if (!measured) return undefined;
  const asked = measured.answers.flatMap((answer, index) => {
    const question = questions[index];
    return question ? [{ ...question, ...answer }] : [];
  });
  return { measured, asked };
}
