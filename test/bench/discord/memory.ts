import { setTimeout as wait } from 'node:timers/promises';
import { grouped } from '../format.ts';
import type { Table } from '../part.ts';
import { chatterAt } from './chatter.ts';
import { BOT_ID } from './gateway.ts';
import { NAMES } from './latency.ts';
import type { Sentences } from './sentences.ts';
import { type Kind, type Memory, Subject } from './subject.ts';

const KINDS = ['echo', 'bot'] as const satisfies readonly Kind[];

interface AtStart extends Memory {
  readonly kind: Kind;
  readonly guilds: number;
  readonly startMs: number;
}

export interface MemoryAtStart {
  readonly table: Table;
  readonly figures: readonly AtStart[];
}

/** What a bot keeps in memory once it knows all its servers, and how long it takes until then. */
export async function memoryAtStart(
  sizes: readonly number[],
  dataDirectory: string,
  progress: (text: string) => void,
): Promise<MemoryAtStart> {
  const figures: AtStart[] = [];
  for (const guilds of sizes) {
    for (const kind of KINDS) {
      progress(`${NAMES[kind]} in ${guilds} servers`);
      const subject = await Subject.start(kind, { guilds, dataDirectory });
      try {
        await subject.discord.read();
        figures.push({ kind, guilds, startMs: subject.startMs, ...(await subject.memory()) });
      } finally {
        await subject.stop();
      }
    }
  }
  return {
    table: {
      title: 'Memory and start, by servers of 40 channels and 25 roles',
      columns: ['', 'servers', 'heap MB', 'resident MB', 'start to ready ms'],
      rows: figures.map(({ kind, guilds, heapMb, rssMb, startMs }) => [
        NAMES[kind],
        guilds.toLocaleString('en-GB'),
        grouped(heapMb),
        grouped(rssMb),
        grouped(startMs),
      ]),
      notes: [
        'After garbage collection; the heap with the buffers beside it. Ready is connected, with all servers known; the index of the knowledge was prepared by an earlier start.',
      ],
    },
    figures,
  };
}

interface AfterTraffic extends Memory {
  readonly kind: Kind;
  /** Of the hour. */
  readonly minute: number;
}

export interface MemoryInAnHour {
  readonly table: Table;
  readonly figures: readonly AfterTraffic[];
}

/** What is said in the hour, to whom ever. */
export interface Traffic {
  readonly messages: number;
  /** Among them, to the bot. */
  readonly questions: number;
}

const GUILDS = 500;
const PERIODS = 6;
const MINUTES = 60;
/** Between two questions, in milliseconds: discord.js sends no more than 50 requests a second. */
const PAUSE = 22;

/** What a bot keeps in memory while an hour's messages of ever new people pass by, as fast as they are taken. */
export async function memoryInAnHour(
  sentences: Sentences,
  traffic: Traffic,
  dataDirectory: string,
  progress: (text: string) => void,
): Promise<MemoryInAnHour> {
  const figures: AfterTraffic[] = [];
  for (const kind of KINDS) {
    const subject = await Subject.start(kind, { guilds: GUILDS, dataDirectory });
    try {
      await subject.discord.read();
      figures.push({ kind, minute: 0, ...(await subject.memory()) });
      for (let period = 0; period < PERIODS; period++) {
        const minute = ((period + 1) * MINUTES) / PERIODS;
        progress(`${NAMES[kind]}: minute ${minute} of an hour`);
        await pass(subject, sentences, traffic, period);
        figures.push({ kind, minute, ...(await subject.memory()) });
      }
    } finally {
      await subject.stop();
    }
  }
  return { table: tableOf(figures, traffic), figures };
}

/** One period of the traffic: some questions, after each the messages around it; some are edited or deleted. */
async function pass(
  { discord }: Subject,
  { questions, chatter }: Sentences,
  traffic: Traffic,
  period: number,
): Promise<void> {
  const asked = traffic.questions / PERIODS;
  const between = Math.floor(traffic.messages / traffic.questions) - 1;
  for (let nth = period * asked; nth < (period + 1) * asked; nth++) {
    const content = `<@${BOT_ID}> ${questions[nth % questions.length]}`;
    await Promise.all([
      discord.answered({ ...chatterAt(chatter, nth), author: 10_000_000 + nth, content }),
      wait(PAUSE),
    ]);
    for (let other = 0; other < between; other++) {
      const said = chatterAt(chatter, nth * between + other);
      discord.say(said);
      if (other % 20 === 0) discord.changeLast({ ...said, content: `${said.content} (edited)` }, 'edited');
      if (other % 50 === 1) discord.changeLast(said, 'deleted');
    }
    await discord.drained();
  }
  await discord.read();
}

function tableOf(figures: readonly AfterTraffic[], { messages, questions }: Traffic): Table {
  const minutes = [...new Set(figures.map(({ minute }) => minute))];
  const rowOf = (kind: Kind, name: string, megabytes: (memory: Memory) => number) => [
    NAMES[kind],
    name,
    ...minutes.map((minute) => {
      const found = figures.find((figure) => figure.kind === kind && figure.minute === minute);
      return found ? grouped(megabytes(found)) : '–';
    }),
  ];
  return {
    title: 'Memory in an hour of traffic, MB',
    columns: ['', '', ...minutes.map((minute) => (minute === 0 ? 'at the start' : `minute ${minute}`))],
    rows: KINDS.flatMap((kind) => [
      rowOf(kind, 'heap', ({ heapMb }) => heapMb),
      rowOf(kind, 'resident', ({ rssMb }) => rssMb),
    ]),
    notes: [
      `${messages.toLocaleString('en-GB')} messages, each by somebody else, in ${GUILDS} servers, ${questions.toLocaleString('en-GB')} of them to the bot and answered; every twentieth is edited, every fiftieth deleted. As fast as they are taken, so that nothing is forgotten for its age that would be in an hour.`,
    ],
  };
}
