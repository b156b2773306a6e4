import { shuffled } from '../random.ts';
import { ALTERATIONS, alter } from './alterations.ts';
import type { Built, Engine, Example, Ranked } from './engine.ts';
import type { Job, Report } from './measure.ts';

const WARM_UP_MS = 2_000;
/** What is over in less time than this is done anew as often as `RUNS` says. */
const QUICK_MS = 10_000;
const RUNS = 3;
const SEED = 3;

process.once('message', (job: Job) => {
  void measure(job).then(() => process.disconnect());
});

async function measure({ setting, examples, questions, askMs }: Job): Promise<void> {
  if (setting.engine === 'bot' && setting.alteration) alter(ALTERATIONS[setting.alteration]);
  const { engine } = (await import(`./${setting.engine}.ts`)) as { engine: Engine<unknown> };
  const buildTimes: number[] = [];
  const times: number[][] = questions.map(() => []);
  const answers: (readonly Ranked[])[] = [];
  let heapMb = 0;
  const start = performance.now();
  for (let run = 0; run < RUNS; run++) {
    const heapBefore = heapInUse();
    const built = await timed(() => engine.build(examples, setting.options));
    buildTimes.push(built.milliseconds);
    if (run === 0) {
      heapMb = heapInUse() - heapBefore;
      await send({ kind: 'built', milliseconds: built.milliseconds });
    }
    await warmUp(built.value, examples);
    const asking = performance.now();
    for (const [index, { text, language }] of questions.entries()) {
      const { value, milliseconds } = await timed(() => built.value.ask(text, language));
      times[index]?.push(milliseconds);
      if (run === 0) answers.push(built.value.ranked(value).slice(0, 3));
      if (performance.now() - asking > askMs) break;
    }
    if (run === 0) await send({ kind: 'asked', questions: answers.length });
    if (performance.now() - start > QUICK_MS) break;
  }
  await send({
    kind: 'done',
    measured: {
      buildMs: median(buildTimes),
      heapMb,
      answers: answers.map((ranked, index) => ({ ranked, milliseconds: median(times[index] ?? []) })),
    },
  });
}

/**
 * Asks examples for two seconds, as if the engine had been in use for a while; every other one has a slip of the hand in
 * it, as messages have. None of the questions that will be timed is among them.
 */
async function warmUp({ ask }: Built, examples: readonly Example[]): Promise<void> {
  const start = performance.now();
  for (const [index, { text, language }] of shuffled(examples, SEED).entries()) {
    await ask(index % 2 === 0 ? text : text.replace(/(\p{L}{3})\p{L}(\p{L}{2})/u, '$1$2'), language);
    if (performance.now() - start > WARM_UP_MS) return;
  }
}

/** An answer that is there at once is not waited for: a turn of the event loop would count as the engine's. */
async function timed<T>(work: () => T | Promise<T>): Promise<{ value: T; milliseconds: number }> {
  const start = performance.now();
  const result = work();
  if (!(result instanceof Promise)) return { value: result, milliseconds: performance.now() - start };
  const value = await result;
  return { value, milliseconds: performance.now() - start };
}

/** In megabytes, with what typed arrays keep outside the heap. */
function heapInUse(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Done when it has left this process. */
function send(report: Report): Promise<void> {
  return new Promise((resolve) => process.send?.(report, undefined, undefined, () => resolve()));
}
