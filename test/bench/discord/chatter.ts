import { openSqlite } from '../../storage/open-sqlite.ts';
import { grouped } from '../format.ts';
import type { Table } from '../part.ts';
import type { BenchDiscord, Said } from './gateway.ts';
import { NAMES } from './latency.ts';
import type { Sentences } from './sentences.ts';
import { type Kind, Subject } from './subject.ts';

const GUILDS = 500;
const CHANNELS = 40;

/** Where nobody is answered who does not address the bot; and where everybody may be who asks about its subject. */
type Where = 'ordinary channels' | 'open channels';

interface Chatter {
  readonly kind: Kind;
  readonly where: Where;
  readonly perSecond: number;
}

export interface ChatterRates {
  readonly table: Table;
  readonly figures: readonly Chatter[];
}

/** How many messages that are none of its business a bot gets through in a second of one core. */
export async function chatterRates(
  sentences: Sentences,
  messages: number,
  dataDirectory: string,
  progress: (text: string) => void,
): Promise<ChatterRates> {
  const figures: Chatter[] = [];
  for (const [kind, where] of [
    ['echo', 'ordinary channels'],
    ['bot', 'ordinary channels'],
    ['bot', 'open channels'],
  ] as const) {
    progress(`${NAMES[kind]} in ${where}`);
    const subject = await Subject.start(kind, { guilds: GUILDS, dataDirectory }, (discord) =>
      openChannels(discord, dataDirectory, where === 'open channels'),
    );
    try {
      // Not counted: the compiler gets to know the way.
      await talk(subject, sentences, messages / 4);
      const before = subject.cpuMs();
      await talk(subject, sentences, messages);
      figures.push({ kind, where, perSecond: messages / ((subject.cpuMs() - before) / 1_000) });
    } finally {
      await subject.stop();
    }
  }
  return {
    table: {
      title: 'Ignored messages, a second of one core',
      columns: ['', 'where', 'messages', 'µs of one core each'],
      rows: figures.map(({ kind, where, perSecond }) => [
        NAMES[kind],
        where,
        grouped(perSecond),
        grouped(1_000_000 / perSecond),
      ]),
      notes: [
        `${messages.toLocaleString('en-GB')} messages of as many people in ${GUILDS} servers of ${CHANNELS} channels, as fast as they are taken; processor time by the system's count, with garbage collection. In open channels each is matched with the knowledge.`,
      ],
    },
    figures,
  };
}

async function openChannels(discord: BenchDiscord, dataDirectory: string, open: boolean): Promise<void> {
  const storage = await openSqlite(dataDirectory);
  for (let guild = 0; guild < GUILDS; guild++) {
    for (let channel = 0; channel < CHANNELS; channel++) {
      const { guildId, channelId } = discord.channelId(guild, channel);
      if (open) await storage.channels.set(channelId, guildId, { mode: 'open', language: undefined });
      else await storage.channels.forgetChannel(channelId);
    }
  }
  await storage.close();
}

async function talk({ discord }: Subject, { chatter }: Sentences, messages: number): Promise<void> {
  for (let nth = 0; nth < messages; nth++) {
    discord.say(chatterAt(chatter, nth));
    if (nth % 100 === 99) await discord.drained();
  }
  await discord.read();
}

/** From server to server, by another member each. */
export function chatterAt(chatter: readonly string[], nth: number): Said {
  return {
    guild: nth % GUILDS,
    channel: Math.floor(nth / GUILDS) % CHANNELS,
    author: nth,
    content: chatter[nth % chatter.length] ?? '',
  };
}
