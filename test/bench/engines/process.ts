import { shuffled } from '../random.ts';
import type { Ask } from './engine.ts';
import { ENGINES } from './engines.ts';
import type { Answer, Job, Report } from './measure.ts';

const WARM_UP_MS = 2_000;
/** A measurement that takes less time than this is repeated, up to three runs. */
const FAST_MS = 10_000;
const RUNS = 3;
const SEED = 3;

process.once('message', (job: Job) => {
  void measure(job).then(() => process.disconnect());
});

async function measure({ engine: name, data, lists, askMs }: Job): Promise<void> {
  const build = await ENGINES[name]();
  const buildTimes: number[] = [];
  const runs: Answer[][][] = [];
  let memoryMb = 0;
  const start = performance.now();
  while (runs.length < RUNS) {
    const memoryBefore = memoryInUse();
    const { value: ask, milliseconds } = await timed(() => build(data));
    buildTimes.push(milliseconds);
    if (runs.length === 0) {
      memoryMb = memoryInUse() - memoryBefore;
      await send({ kind: 'built', milliseconds });
    }
    await warmUp(ask, data.examples);
    const answers: Answer[][] = [];
    for (const list of lists) answers.push(await askAll(ask, list, askMs));
    runs.push(answers);
    if (performance.now() - start > FAST_MS) break;
  }
  const answers = (runs[0] ?? []).map((list, at) =>
    list.map(({ verdict }, index) => {
      const times = runs.flatMap((run) => run[at]?.[index]?.milliseconds ?? []);
      return { verdict, milliseconds: median(times) };
    }),
  );
  await send({ kind: 'done', measured: { buildMs: median(buildTimes), memoryMb, answers } });
}

/**
 * Asks examples, every other one with a typo, so that the compiler and the caches are as warm as in a bot that has been running
 * for a while. None of the questions to be timed is among them.
 */
async function warmUp(ask: Ask, examples: Job['data']['examples']): Promise<void> {
  const start = performance.now();
  for (const [index, { text }] of shuffled(examples, SEED).entries()) {
    await ask(index % 2 === 0 ? text : text.replace(/(\p{L}{3})\p{L}(\p{L}{2})/u, '$1$2'));
    if (performance.now() - start > WARM_UP_MS) return;
  }
}

async function askAll(ask: Ask, questions: readonly string[], askMs: number): Promise<Answer[]> {
  const answers: Answer[] = [];
  const start = performance.now();
  for (const text of questions) {
    const { value, milliseconds } = await timed(() => ask(text));
    answers.push({ verdict: value(), milliseconds });
    if (performance.now() - start > askMs) break;
  }
  return answers;
}

/** Doesn't wait for a result that is there at once: a turn of the event loop would count as the engine's work. */
async function timed<T>(work: () => T | Promise<T>): Promise<{ value: T; milliseconds: number }> {
  const start = performance.now();
  const result = work();
  if (!(result instanceof Promise)) return { value: result, milliseconds: performance.now() - start };
  const value = await result;
  return { value, milliseconds: performance.now() - start };
}

/** In megabytes, with what typed arrays keep outside the heap. */
function memoryInUse(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Resolves when the report has left this process. */
function send(report: Report): Promise<void> {
  return new Promise((resolve) => process.send?.(report, undefined, undefined, () => resolve()));
}
