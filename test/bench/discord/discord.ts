import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readSet } from '../../../src/evaluation/sets.ts';
import { openForQuestions } from '../../../src/storage/storage.ts';
import { shippedMaterial } from '../material.ts';
import { grouped, type Part, quantile, type Table } from '../report.ts';
import { BOT_ID, CHANNELS, channelId, guildId, ROLES } from './bench-discord.ts';
import { type BotProcess, KINDS, type Kind, runBot } from './bot-process.ts';

/** Between two questions, in milliseconds: discord.js sends at most 50 requests a second. */
const PAUSE = 25;
/** Of the traffic, every so many messages are put to the bot. */
const EVERY_NTH = 1_000;

/** The whole bot beside a minimal discord.js bot, on a local Discord. */
export const discord: Part = async ({ quick, progress }) => {
  const { questions, knowledge } = shippedMaterial();
  const sentences: Sentences = {
    questions: questions.filter(({ topics }) => topics.length > 0).map(({ text }) => `<@${BOT_ID}> ${text}`),
    chatter: (readSet('reported', knowledge) ?? []).filter(({ kind }) => kind === 'chatter').map(({ text }) => text),
  };
  const directory = mkdtempSync(join(tmpdir(), 'bench-discord-'));
  try {
    // From here on, the trained model is cached.
    await runBot('this bot', 1, directory, () => {});
    return [
      await latency(sentences, quick ? 20 : 1_000, directory, progress),
      await memory(quick ? [1, 20] : [1, 500, 2_500], directory, progress),
      await traffic(
        sentences,
        quick ? { messages: 4_000, guilds: 20 } : { messages: 400_000, guilds: 500 },
        directory,
        progress,
      ),
    ];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

interface Sentences {
  /** To the bot. */
  readonly questions: readonly string[];
  /** Of members to each other. */
  readonly chatter: readonly string[];
}

type Progress = (text: string) => void;

/** From sending a question until the bot's answer arrives, two bots in turn. */
async function latency({ questions }: Sentences, count: number, directory: string, progress: Progress): Promise<Table> {
  const times: [number[], number[]] = [[], []];
  // Not counted: V8 compiles the code first.
  const warmUp = Math.min(200, count);
  const [minimal, own] = KINDS;
  progress(`latency of ${count} answers`);
  await runBot(minimal, 1, directory, (first) =>
    runBot(own, 1, directory, async (second) => {
      for (let nth = 0; nth < warmUp + count; nth++) {
        const content = questions[nth % questions.length] ?? '';
        for (const [index, { discord }] of [first, second].entries()) {
          const sentAt = performance.now();
          // The bot may react in these channels.
          await discord.answered({ guild: 0, channel: 1 + (nth % 4), author: nth, content });
          if (nth >= warmUp) times[index]?.push(performance.now() - sentAt);
          await wait(PAUSE);
        }
      }
    }),
  );
  return {
    title: 'From a question on the gateway to the HTTP request with its answer',
    columns: ['', 'median ms', 'p90 ms', 'p99 ms'],
    rows: KINDS.map((kind, index) => [
      kind,
      ...[0.5, 0.9, 0.99].map((share) => quantile(times[index] ?? [], share).toFixed(2)),
    ]),
    note: `${grouped(count)} questions to each bot in turn, one every ${PAUSE} ms.`,
  };
}

/** The memory of a bot that knows all its servers, and how long it takes until then. */
async function memory(sizes: readonly number[], directory: string, progress: Progress): Promise<Table> {
  const rows: string[][] = [];
  for (const guilds of sizes) {
    for (const kind of KINDS) {
      progress(`memory of ${kind} in ${guilds} servers`);
      const row = await runBot(kind, guilds, directory, async (bot) => [...(await bot.memory()), bot.startMs]);
      rows.push([kind, guilds.toLocaleString('en-GB'), ...row.map(grouped)]);
    }
  }
  return {
    title: `Memory and start, by servers of ${CHANNELS} channels and ${ROLES} roles`,
    columns: ['', 'servers', 'heap MB', 'resident MB', 'start to ready ms'],
    rows,
    note: 'After garbage collection; the heap includes buffers beside it. Ready: connected, and all servers are known; the trained model was cached.',
  };
}

interface Traffic {
  readonly messages: number;
  /** The servers that they are spread over. */
  readonly guilds: number;
}

/** What messages cost that are hardly ever for the bot, each by another member, and what they leave behind in memory. */
async function traffic(
  sentences: Sentences,
  { messages, guilds }: Traffic,
  directory: string,
  progress: Progress,
): Promise<Table> {
  const rows: string[][] = [];
  const measure = async (kind: Kind, where: string) => {
    progress(`traffic: ${kind}, ${where}`);
    const row = await runBot(kind, guilds, directory, async (bot) => {
      const [heapBefore] = await bot.memory();
      const quarter = messages / 4;
      await talk(bot, sentences, guilds, 0, quarter);
      const cpuBefore = bot.cpuMs();
      await talk(bot, sentences, guilds, quarter, messages);
      const perMessage = (bot.cpuMs() - cpuBefore) / (3 * quarter);
      return [perMessage * 1_000, 1_000 / perMessage, heapBefore, ...(await bot.memory())];
    });
    rows.push([kind, where, ...row.map(grouped)]);
  };
  for (const kind of KINDS) await measure(kind, 'ordinary channels');
  await openAllChannels(guilds, directory);
  await measure('this bot', 'open channels');
  return {
    title: `Traffic: ${grouped(messages)} messages`,
    columns: ['', 'where', 'µs each', 'per second', 'heap MB before', 'heap MB after', 'resident MB after'],
    rows,
    note: `Each by another member, in ${guilds} servers of ${CHANNELS} channels, as fast as the bot reads them; one in ${grouped(EVERY_NTH)} is a question to the bot. Processor time of all threads, from the second quarter on. In open channels the bot reads every message.`,
  };
}

async function talk(
  { discord }: BotProcess,
  { questions, chatter }: Sentences,
  guilds: number,
  from: number,
  to: number,
) {
  for (let nth = from; nth < to; nth++) {
    const place = { guild: nth % guilds, channel: Math.floor(nth / guilds) % CHANNELS, author: nth };
    const question = questions[nth % questions.length] ?? '';
    if (nth % EVERY_NTH === 0) await Promise.all([discord.answered({ ...place, content: question }), wait(PAUSE)]);
    else await discord.say({ ...place, content: chatter[nth % chatter.length] ?? '' });
  }
  await discord.caughtUp();
}

async function openAllChannels(guilds: number, directory: string): Promise<void> {
  const storage = await openForQuestions({ DATABASE_URL: undefined, DATA_DIR: directory });
  for (let guild = 0; guild < guilds; guild++) {
    for (let channel = 0; channel < CHANNELS; channel++) {
      await storage.channels.set(channelId(guild, channel), guildId(guild), { mode: 'open', language: undefined });
    }
  }
  await storage.close();
}
