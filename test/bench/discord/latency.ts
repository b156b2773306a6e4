import { setTimeout as wait } from 'node:timers/promises';
import { grouped, percent } from '../format.ts';
import type { Table } from '../part.ts';
import { BOT_ID, type Said } from './gateway.ts';
import type { Sentences } from './sentences.ts';
import { type Kind, Subject } from './subject.ts';

/** Between two questions, in milliseconds: discord.js sends no more than 50 requests a second. */
const PAUSE = 25;
/** Not counted: the compiler gets to know the way. */
const WARM_UP = 200;

interface Latency {
  readonly kind: Kind;
  readonly medianMs: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
}

export interface Latencies {
  readonly table: Table;
  readonly figures: readonly Latency[];
}

/**
 * From the moment at which Discord sends a message that mentions the bot, until the bot's answer is there, on loopback: two
 * bots side by side, asked in turn.
 */
export async function latencies(
  { questions }: Sentences,
  times: number,
  dataDirectory: string,
  progress: (text: string) => void,
): Promise<Latencies> {
  const subjects = new Map<Kind, { subject: Subject; milliseconds: number[] }>();
  for (const kind of ['echo', 'bot'] as const) {
    subjects.set(kind, { subject: await Subject.start(kind, { guilds: 1, dataDirectory }), milliseconds: [] });
  }
  try {
    for (let nth = 0; nth < WARM_UP + times; nth++) {
      for (const { subject, milliseconds } of subjects.values()) {
        const start = performance.now();
        await subject.discord.answered(question(questions, nth));
        if (nth >= WARM_UP) milliseconds.push(performance.now() - start);
        await wait(PAUSE);
      }
      if (nth % 100 === 0) progress(`${nth} of ${WARM_UP + times} questions answered by each`);
    }
  } finally {
    for (const { subject } of subjects.values()) await subject.stop();
  }
  const figures = Array.from(subjects, ([kind, { milliseconds }]): Latency => {
    const sorted = milliseconds.toSorted((a, b) => a - b);
    const quantile = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
    return { kind, medianMs: quantile(0.5), p90Ms: quantile(0.9), p99Ms: quantile(0.99) };
  });
  return { table: tableOf(figures, times), figures };
}

function question(questions: readonly string[], nth: number): Said {
  return { guild: 0, channel: nth % 7, author: nth, content: `<@${BOT_ID}> ${questions[nth % questions.length]}` };
}

function tableOf(figures: readonly Latency[], times: number): Table {
  const [echo] = figures;
  return {
    title: 'From the message on the gateway to the answer’s HTTP request, on loopback',
    columns: ['', 'median ms', '90 % ms', '99 % ms', 'median, beside the echo'],
    rows: figures.map(({ kind, medianMs, p90Ms, p99Ms }) => [
      NAMES[kind],
      ...[medianMs, p90Ms, p99Ms].map((milliseconds) => milliseconds.toFixed(2)),
      echo && kind !== 'echo' ? `+${percent(medianMs / echo.medianMs - 1)}` : '–',
    ]),
    notes: [
      `${grouped(times)} questions of the evaluation set to each, one every ${PAUSE} ms to the one or the other.`,
    ],
  };
}

export const NAMES: Readonly<Record<Kind, string>> = { echo: 'bare discord.js', bot: 'this bot' };
