import { confidenceInterval } from '../../src/evaluation/figures.ts';
import { ENGINE_NAMES, type EngineName } from './engines/engines.ts';
import { type Measured, measure } from './engines/measure.ts';
import type { Material, Question } from './material.ts';
import { grouped, micros, type Part, quantile, type Table } from './report.ts';
import { answersAt, bestThreshold, isHandled, type Judged } from './threshold.ts';

const MAX_BUILD_MS = 600_000;
const ASK_MS = 120_000;

/** How often each engine is right, and what a question costs. */
export function answers(open: () => Material): Part {
  return async ({ quick, progress }) => {
    const material = quick ? fewOf(open()) : open();
    const { questions, tuning } = material;
    const lists = [questions, tuning].map((list) => list.map(({ text }) => text));
    const rows: string[][] = [];
    for (const engine of ENGINE_NAMES) {
      const job = { engine, data: material, lists, askMs: quick ? 1_000 : ASK_MS };
      const measured = await measure(job, MAX_BUILD_MS, progress);
      rows.push(measured ? rowOf(engine, measured, material) : [engine, 'not built in 10 minutes']);
    }
    return [tableOf(material, rows)];
  };
}

const fewOf = (material: Material): Material => ({
  ...material,
  examples: material.examples.filter((_, index) => index % 20 === 0),
  questions: material.questions.slice(0, 20),
  tuning: material.tuning.slice(0, 20),
});

function rowOf(
  engine: EngineName,
  { buildMs, memoryMb, answers: [asked = [], tuned = []] }: Measured,
  material: Material,
) {
  const judged = judgedOf(material.questions, asked);
  const thresholdFor = thresholds(judged, judgedOf(material.tuning, tuned));
  const decided = judged.map(({ topics, verdict }, index) => {
    const answered = answersAt(thresholdFor(index), verdict);
    const isLikeliestRight = topics.includes(verdict.likeliest ?? '');
    return { topics, answered, isLikeliestRight, isHandled: isHandled(answered, topics) };
  });
  const inScope = decided.filter(({ topics }) => topics.length > 0);
  const outOfScope = decided.filter(({ topics }) => topics.length === 0);
  const times = asked.map(({ milliseconds }) => milliseconds);
  return [
    engine,
    share(inScope, ({ isLikeliestRight }) => isLikeliestRight),
    share(inScope, (one) => one.isHandled),
    share(inScope, (one) => one.answered.length > 0 && !one.isHandled),
    share(outOfScope, (one) => !one.isHandled),
    share(decided, (one) => one.isHandled),
    micros(quantile(times, 0.5)),
    micros(quantile(times, 0.99)),
    grouped(buildMs),
    Math.max(0, memoryMb).toFixed(1),
    String(asked.length),
  ];
}

/** The questions that there was time for. */
function judgedOf(questions: readonly Question[], answers: readonly Pick<Judged, 'verdict'>[]): Judged[] {
  return answers.flatMap(({ verdict }, index) => {
    const question = questions[index];
    return question ? [{ topics: question.topics, verdict }] : [];
  });
}

/** The threshold for each question, chosen by questions other than itself. */
function thresholds(judged: readonly Judged[], tuning: readonly Judged[]): (index: number) => number {
  if (tuning.length > 0) {
    const threshold = bestThreshold(tuning);
    return () => threshold;
  }
  const half = (parity: number) => bestThreshold(judged.filter((_, index) => index % 2 !== parity));
  const [even, odd] = [half(0), half(1)];
  return (index) => (index % 2 === 0 ? even : odd);
}

/** "93.5 % (91–95)": the share and its 95 % confidence interval. */
function share<T>(of: readonly T[], isHit: (one: T) => boolean): string {
  if (of.length === 0) return '–';
  const figure = { hits: of.filter(isHit).length, of: of.length };
  const [from, to] = confidenceInterval(figure).map((bound) => Math.round(100 * bound));
  return `${((100 * figure.hits) / figure.of).toFixed(1)} % (${from}–${to})`;
}

function tableOf({ name, examples, questions }: Material, rows: readonly string[][]): Table {
  const outOfScope = questions.filter(({ topics }) => topics.length === 0).length;
  return {
    title: `Answers on ${name}`,
    columns: [
      'engine',
      'likeliest topic is right',
      'answered correctly',
      'answered wrongly',
      'off-topic answered',
      'handled correctly',
      'median µs',
      'p99 µs',
      'build ms',
      'memory MB',
      'asked',
    ],
    rows,
    note: `${grouped(examples.length)} examples; ${grouped(questions.length)} questions, ${outOfScope} of them off-topic. In brackets: 95 % confidence intervals.`,
  };
}
