import { DISCORD_TEXTS } from '../../src/discord/texts.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { TEXTS } from '../../src/engine/texts.ts';
import type { Language, Topic } from '../../src/knowledge/knowledge.ts';
import type { ChannelMode } from '../../src/storage/channel-settings.ts';
import { shippedEngine, shippedKnowledge } from '../shipped-knowledge.ts';
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

/** A topic of the shipped knowledge, with its title and answer in both languages. */
function topic(id: string): Topic {
  const found = shippedKnowledge.topics.find((each) => each.id === id);
  if (!found) throw new Error(`The knowledge has no topic "${id}": tests name some by their ids.`);
  return found;
}

const TOPICS = {
  launch: topic('launch-date'),
  fees: topic('fees'),
  partner: topic('partner'),
  whyUnionPay: topic('why-unionpay'),
  germany: topic('outside-china'),
} as const;

type Texts = Readonly<Record<keyof typeof TOPICS, Readonly<Record<Language, string>>>>;

const textsOf = (text: 'answer' | 'title') =>
  Object.fromEntries(
    Object.entries(TOPICS).map(([name, { de, en }]) => [name, { de: de[text], en: en[text] }]),
  ) as Texts;

/** What the knowledge answers on some topics. */
export const ANSWERS = textsOf('answer');
/** The titles of the same topics, as buttons and menus show them. */
export const TITLES = textsOf('title');

/** What the bot says in German and English, only on Discord. */
export const { de: DE, en: EN } = DISCORD_TEXTS;

const { subject } = shippedEngine();
/** How the bot says that it does not know. */
export const UNKNOWN = { de: TEXTS.de.unknown(subject), en: TEXTS.en.unknown(subject) } as const;
/** How it asks back. */
export const DID_YOU_MEAN = { de: TEXTS.de.didYouMean, en: TEXTS.en.didYouMean } as const;

/**
 * Questions of the knowledge run together in one sentence, between which the bot cannot decide: which those are changes with what
 * it has learned.
 *
 * @param offers how many it offers instead of an answer
 */
export function unclear(engine: Engine, offers: 2 | 3): { question: string; titles: readonly string[] } {
  const titles = engine.knowledge.topics.map(({ de }) => de.title);
  for (const last of ['', ...titles]) {
    for (const [index, first] of titles.entries()) {
      for (const second of titles.slice(index + 1)) {
        const question = `${first} ${second} ${last}`.replaceAll('?', '').trim();
        const reply = engine.reply({ text: question });
        if (reply.outcome !== 'suggest' || reply.suggestions.length !== offers) continue;
        return { question, titles: reply.suggestions.map(({ title }) => title) };
      }
    }
  }
  throw new Error(`No two or three questions together are unclear enough for ${offers} offers.`);
}
