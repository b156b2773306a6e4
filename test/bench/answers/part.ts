import { compete, type Result } from '../contest.ts';
import { bot, type Contestant, RIVALS } from '../engines/contestants.ts';
import { grouped, micros, percent, times } from '../format.ts';
import { type Material, shipped } from '../material.ts';
import type { Outcome, Part, Table } from '../part.ts';
import { barChart } from '../svg.ts';

/** The engines side by side on one material. */
export function answersOn(material: () => Material): Part {
  return {
    name: 'answers',
    describes: 'how often each engine is right, and what a question costs',
    run: async (surroundings): Promise<Outcome> => {
      const subject = material();
      const results: { contestant: Contestant; result: Result | undefined }[] = [];
      for (const contestant of [bot(subject.words), ...RIVALS]) {
        results.push({ contestant, result: await compete(contestant, subject, surroundings) });
      }
      const finished = results.flatMap(({ result }) => result ?? []);
      return {
        tables: [tableOf(subject, results)],
        plots: [
          {
            file: `answers-${subject.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.svg`,
            svg: barChart(
              `Answers on ${subject.name}`,
              ['first topic right', 'in scope right', 'out of scope refused'],
              finished.map(({ name, figures: { accuracy, inScopeRight, oosRefused } }) => ({
                name,
                values: [accuracy, inScopeRight, oosRefused],
              })),
            ),
          },
        ],
        figures: { subject: subject.name, examples: subject.examples.length, results: finished },
      };
    },
  };
}

export const part = answersOn(shipped);

function tableOf(
  { name, examples, questions }: Material,
  results: readonly { contestant: Contestant; result: Result | undefined }[],
): Table {
  const outOfScope = questions.filter(({ topics }) => topics.length === 0).length;
  const ownMs = results[0]?.result?.figures.medianMs;
  return {
    title: `Answers on ${name}`,
    columns: [
      'engine',
      'first topic right',
      'in scope right',
      'out of scope refused',
      'all judged right',
      'threshold',
      'median µs',
      'p99 µs',
      'median, times this bot',
      'build ms',
      'memory MB',
      'asked',
    ],
    rows: results.map(({ contestant, result }) => {
      if (!result) return [contestant.name, 'not built in time', ...new Array<string>(10).fill('')];
      const { figures, threshold, buildMs, heapMb } = result;
      return [
        contestant.name,
        percent(figures.accuracy),
        percent(figures.inScopeRight),
        percent(figures.oosRefused),
        percent(figures.joint),
        threshold.toPrecision(2),
        micros(figures.medianMs),
        micros(figures.p99Ms),
        ownMs === undefined ? '' : times(figures.medianMs / ownMs),
        grouped(buildMs),
        Math.max(0, heapMb).toFixed(1),
        String(figures.questions),
      ];
    }),
    notes: [
      `${examples.length} examples, ${questions.length} questions, ${outOfScope} of them out of scope. Who is slow is asked as many as two minutes allow, of the same questions in the same order.`,
    ],
  };
}
