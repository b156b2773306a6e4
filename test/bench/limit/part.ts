import { ask, limitsOf } from '../contest.ts';
import { bot, type Contestant } from '../engines/contestants.ts';
import { micros, times } from '../format.ts';
import { shipped } from '../material.ts';
import type { Part } from '../part.ts';

const LIMIT: Contestant = { name: 'split and look up', setting: { engine: 'word-lookup', options: null } };

/** What it costs merely to split the same messages into words and look each up, and how many times that the bot costs. */
export const part: Part = {
  name: 'limit',
  describes: 'the bot beside the least that reading words can cost',
  run: async (surroundings) => {
    const material = shipped();
    const costs: { name: string; medianMs: number; meanMs: number }[] = [];
    for (const contestant of [LIMIT, bot(material.words)]) {
      const result = await ask(contestant, material, limitsOf(surroundings), surroundings);
      const sorted = (result?.asked ?? []).map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
      costs.push({
        name: contestant.name,
        medianMs: sorted[Math.floor(sorted.length / 2)] ?? 0,
        meanMs: sorted.reduce((sum, milliseconds) => sum + milliseconds, 0) / sorted.length,
      });
    }
    const [limit] = costs;
    const multiple = (of: number, by: number | undefined) => (by ? times(of / by) : '–');
    return {
      tables: [
        {
          title: 'The limit, on the shipped knowledge',
          columns: ['', 'median µs a message', 'mean µs a message', 'median, times the limit', 'mean, times the limit'],
          rows: costs.map(({ name, medianMs, meanMs }) => [
            name,
            micros(medianMs),
            micros(meanMs),
            multiple(medianMs, limit?.medianMs),
            multiple(meanMs, limit?.meanMs),
          ]),
        },
      ],
      plots: [],
      figures: costs,
    };
  },
};
