import { DISCORD_TEXTS } from '../../src/discord/texts.ts';
import type { Context } from '../../src/engine/decide.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { subjectOf } from '../../src/engine/replies.ts';
import { TEXTS } from '../../src/engine/texts.ts';
import type { Language, Topic } from '../../src/knowledge/knowledge.ts';
import type { ChannelMode } from '../../src/storage/channel-settings.ts';
import { shippedKnowledge } from '../shipped-knowledge.ts';
import { type Playground, play } from './bot.ts';
import type { Channel, Guild, Message, Person } from './server/index.ts';

/** A German server with the bot, a channel and two members, who read German and English. */
export interface Scene extends Playground {
  readonly guild: Guild;
  readonly general: Channel;
  readonly anna: Person;
  readonly ben: Person;
  /** Does what a moderator's command does, in forums too. */
  sets(channel: Channel, mode: ChannelMode): Promise<void>;
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

/** Not named like the ids, so that renaming a topic is one replacement: docs/editing.md. */
const TOPICS = {
  launch: topic('launch-date'),
  cost: topic('fees'),
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

/** The labels of the buttons that need no words. */
export const [HELPFUL, UNHELPFUL, REMOVE] = ['👍', '👎', '🗑️'];

/** What the bot says in German and English, only on Discord. */
export const { de: DE, en: EN } = DISCORD_TEXTS;

/** How the bot says that it doesn't know, in the shipped knowledge. */
export const UNKNOWN = {
  de: TEXTS.de.unknown(subjectOf(shippedKnowledge)),
  en: TEXTS.en.unknown(subjectOf(shippedKnowledge)),
} as const;
/** How it asks back. */
export const DID_YOU_MEAN = { de: TEXTS.de.didYouMean(2), en: TEXTS.en.didYouMean(2) } as const;
/** What it says to a member who mentions it without a question. */
export const GREETING = {
  de: DE.greeting(subjectOf(shippedKnowledge), false),
  en: EN.greeting(subjectOf(shippedKnowledge), false),
} as const;

/** The content of an answer, up to the line with the source. */
export const textOf = ({ content }: Pick<Message, 'content'>): string => content.split('\n-# ', 1)[0] ?? '';

/**
 * A German message for which the bot offers at least two topics, put together from titles: which one that is changes with what it has
 * learned.
 */
export function unclear(
  engine: Engine,
  context: Partial<Context> = {},
): { question: string; topics: readonly Topic[] } {
  const titles = engine.knowledge.topics.map(({ de }) => de.title.replace('?', ''));
  const words = titles.flatMap((title) => title.split(' '));
  const pieces = [...new Set([...words, ...titles.map((title) => title.split(' ').slice(0, 2).join(' '))])];
  for (const first of pieces) {
    for (const second of pieces) {
      const question = `${first} ${second}`;
      const decision = engine.decide(engine.read(question), context);
      if (decision.kind !== 'offer' || decision.topics.length < 2 || decision.language !== 'de') continue;
      return {
        question,
        topics: decision.topics.flatMap((id) => engine.knowledge.topics.find((each) => each.id === id) ?? []),
      };
    }
  }
  throw new Error('No two words of titles are unclear enough.');
}

/** A German question to everyone in a channel that the bot answers unprompted; which ones it does depends on the knowledge. */
export function askedOfAll(engine: Engine, id: string): string {
  const { overheard, topics } = engine.knowledge;
  const labelled = overheard.filter(({ topic, kind }) => topic === id && kind === 'asks-channel');
  const own = topics.filter((each) => each.id === id).flatMap(({ de }) => [de.title, ...de.phrasings]);
  const found = [...own, ...labelled.map(({ text }) => text)].find((text) => {
    const decision = engine.decide(engine.read(text), { trigger: 'overheard' });
    return decision.kind === 'answer' && decision.topics.join() === id && decision.language === 'de';
  });
  if (found === undefined) throw new Error(`The bot answers no question about "${id}" unprompted.`);
  return found;
}

/** The message that asks two questions at once, and its topics. */
export const TWO_QUESTIONS = `${topic('fees').de.title} ${topic('launch-date').de.title}`;
