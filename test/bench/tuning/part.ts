import { figuresOf } from '../../../src/evaluation/figures.ts';
import { ask, limitsOf } from '../contest.ts';
import { RIVALS, TRIED } from '../engines/contestants.ts';
import { micros, percent } from '../format.ts';
import { shipped, trainingHalves } from '../material.ts';
import type { Part } from '../part.ts';
import { bestThreshold, judgedAt } from '../threshold.ts';

const QUESTIONS = 150;

/** What was tried for each rival, on the training half alone. */
export const part: Part = {
  name: 'tuning',
  describes: 'which options suit each rival, on the training half',
  run: async (surroundings) => {
    const halves = trainingHalves(shipped());
    const material = { ...halves, questions: halves.questions.slice(0, surroundings.quick ? 10 : QUESTIONS) };
    const { buildMs } = limitsOf(surroundings);
    const rows: string[][] = [];
    const figures: unknown[] = [];
    for (const contestant of TRIED) {
      const named = { ...contestant, name: `${contestant.name} (${contestant.tried})` };
      // No limit but patience: options are compared on the very same questions.
      const asked = await ask(named, material, { buildMs, askMs: Number.POSITIVE_INFINITY }, surroundings);
      if (!asked) continue;
      const threshold = bestThreshold(asked.asked);
      const found = figuresOf(asked.asked.map((question) => judgedAt(threshold, question)));
      figures.push({ name: contestant.name, tried: contestant.tried, threshold, ...found });
      rows.push([
        contestant.name,
        RIVALS.some(({ setting }) => setting === contestant.setting) ? `**${contestant.tried}**` : contestant.tried,
        percent(found.joint),
        percent(found.accuracy),
        micros(found.medianMs),
      ]);
    }
    return {
      tables: [
        {
          title: 'Options of the rivals, on a fifth of the training half',
          columns: ['engine', 'options', 'all judged right', 'first topic right', 'median µs'],
          rows,
          notes: [`${material.questions.length} questions. The options in bold compete.`],
        },
      ],
      plots: [],
      figures,
    };
  },
};
