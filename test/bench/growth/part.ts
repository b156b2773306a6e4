import { ask, type Limits } from '../contest.ts';
import { bot, RIVALS } from '../engines/contestants.ts';
import { grouped, micros, times } from '../format.ts';
import { shipped } from '../material.ts';
import type { Part } from '../part.ts';
import { lineChart } from '../svg.ts';
import { examplesInNumber } from './recombine.ts';

interface Size {
  readonly phrasings: number;
  /** `undefined` where it took too long to build. */
  readonly cost:
    | { readonly buildMs: number; readonly medianMs: number; readonly p99Ms: number; readonly asked: number }
    | undefined;
}

/** What a question costs as a knowledge grows. */
export const part: Part = {
  name: 'growth',
  describes: 'what a question costs with 500 to 60,000 phrasings',
  run: async (surroundings) => {
    const { quick } = surroundings;
    const sizes = quick ? [500, 2_000] : [500, 2_000, 15_000, 60_000];
    const limits: Limits = quick ? { buildMs: 30_000, askMs: 5_000 } : { buildMs: 120_000, askMs: 20_000 };
    const material = shipped();
    const results: { name: string; sizes: Size[] }[] = [];
    for (const contestant of [bot(material.words), ...RIVALS]) {
      const measured: Size[] = [];
      for (const phrasings of sizes) {
        const examples = examplesInNumber(phrasings, material.examples);
        const asked = await ask(contestant, { ...material, examples }, limits, surroundings);
        measured.push({ phrasings, cost: asked && costOf(asked) });
      }
      results.push({ name: contestant.name, sizes: measured });
    }
    const seconds = limits.buildMs / 1_000;
    const cell = ({ cost }: Size, show: (known: NonNullable<Size['cost']>) => string) =>
      cost ? show(cost) : `over ${seconds} s to build`;
    const tableOf = (title: string, show: (known: NonNullable<Size['cost']>) => string) => ({
      title,
      columns: ['engine', ...sizes.map((size) => `${size.toLocaleString('en-GB')} phrasings`)],
      rows: results.map(({ name, sizes: measured }) => [name, ...measured.map((size) => cell(size, show))]),
    });
    const costs = tableOf('Growth: µs a question, median / p99', ({ medianMs, p99Ms, asked }) => {
      const few = asked < material.questions.length ? ` (${asked} asked)` : '';
      return `${micros(medianMs)} / ${micros(p99Ms)}${few}`;
    });
    const growth = results.map(({ name, sizes: measured }) => {
      const [first, last] = [measured[0]?.cost?.medianMs, measured.at(-1)?.cost?.medianMs];
      return `${name}: ${first === undefined || last === undefined ? 'not known' : times(last / first)}`;
    });
    return {
      tables: [
        { ...costs, notes: [`From the smallest to the largest the median grew: ${growth.join('; ')}.`] },
        tableOf('Growth: ms to build', ({ buildMs }) => grouped(buildMs)),
      ],
      plots: [
        {
          file: 'growth.svg',
          svg: lineChart(
            'What a question costs as the knowledge grows',
            { x: 'phrasings', y: 'median a question', label: timeLabel },
            results.map(({ name, sizes: measured }) => ({
              name,
              points: measured.flatMap(({ phrasings, cost }) => (cost ? [[phrasings, cost.medianMs] as const] : [])),
            })),
          ),
        },
      ],
      figures: results,
    };
  },
};

function costOf({ measured, asked }: NonNullable<Awaited<ReturnType<typeof ask>>>): NonNullable<Size['cost']> {
  const sorted = asked.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { buildMs: measured.buildMs, medianMs: quantile(0.5), p99Ms: quantile(0.99), asked: sorted.length };
}

function timeLabel(milliseconds: number): string {
  if (milliseconds >= 1_000) return `${milliseconds / 1_000} s`;
  if (milliseconds >= 1) return `${milliseconds} ms`;
  return `${Math.round(milliseconds * 1_000)} µs`;
}
