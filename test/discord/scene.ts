import type { Answerer } from '../../src/answering/answerer.ts';
import type { ChannelMode } from '../../src/storage/channel-settings.ts';
import { type Playground, play } from './bot.ts';
import type { Channel, Guild, Message, Person } from './server/index.ts';

/** A German server with the bot, a channel and two members, who read German and English. */
export interface Scene extends Playground {
  readonly guild: Guild;
  readonly general: Channel;
  readonly anna: Person;
  readonly ben: Person;
  /** Does what a moderator's command does, in forums too. */
  sets(channel: Channel, mode: ChannelMode): void;
  /** Asks by mention, and returns the answer. */
  asks(question: string, channel?: Channel): Promise<Message>;
}

/** Starts a Discord with a bot and people. */
export async function scene(...options: Parameters<typeof play>): Promise<Scene> {
  const playground = await play(...options);
  const { discord, channels } = playground;
  const guild = discord.guild({ locale: 'de' });
  const general = guild.textChannel('general');
  const anna = guild.member('Anna', { locale: 'de' });
  const ben = guild.member('Ben', { locale: 'en-GB' });
  return {
    ...playground,
    guild,
    general,
    anna,
    ben,
    sets: (channel, mode) => channels.set(channel.id, guild.id, { mode, language: undefined }),
    asks: (question, channel = general) => anna.says(channel, `${discord.bot.mention} ${question}`).reply(),
  };
}

/** How answers begin, as people read them. */
export const ANSWERS = {
  launch: { de: 'Ein Datum für den Start von Xiaomi Pay nennt der Artikel nicht.', en: 'The article gives no date' },
  fees: { de: 'Zu Kosten, Gebühren oder Betragsgrenzen', en: 'The article says nothing about costs' },
  partner: { de: 'Xiaomi arbeitet bei Xiaomi Pay eng mit', en: 'Xiaomi is working closely with' },
  whyUnionPay: { de: 'Dass Xiaomi mit China UnionPay zusammenarbeitet', en: 'According to the article, it is no' },
  germany: { de: 'Ob Xiaomi Pay auch außerhalb Chinas startet', en: 'Whether Xiaomi Pay will also start' },
} as const;

/** How the bot says that it does not know. */
export const UNKNOWN = { de: 'Darauf habe ich leider keine Antwort.', en: 'Sorry, I have no answer to that.' } as const;
/** How it asks back. */
export const DID_YOU_MEAN = { de: 'Da bin ich mir nicht sicher.', en: 'I’m not sure I understand.' } as const;

/**
 * Questions of the knowledge run together in one sentence, between which the bot cannot decide: which those are changes with what
 * it has learned.
 *
 * @param offers how many it offers instead of an answer
 */
export function unclear(answerer: Answerer, offers: 2 | 3): { question: string; titles: readonly string[] } {
  const titles = answerer.knowledge.topics.map(({ de }) => de.title);
  for (const last of ['', ...titles]) {
    for (const [index, first] of titles.entries()) {
      for (const second of titles.slice(index + 1)) {
        const question = `${first} ${second} ${last}`.replaceAll('?', '').trim();
        const reply = answerer.reply({ text: question });
        if (reply.outcome !== 'suggest' || reply.suggestions.length !== offers) continue;
        return { question, titles: reply.suggestions.map(({ title }) => title) };
      }
    }
  }
  throw new Error(`No two or three questions together are unclear enough for ${offers} offers.`);
}
