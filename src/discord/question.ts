import { ComponentType, type Interaction, type Message } from 'discord.js';
import type { Decision } from '../engine/decide.ts';
import type { Engine } from '../engine/engine.ts';
import { pointsElsewhere } from '../engine/pointing.ts';
import type { Reading } from '../engine/read.ts';
import { quotedIn } from '../engine/text.ts';
import type { Language } from '../knowledge/knowledge.ts';
import { topicsNamed } from './click.ts';
import { attempt, type BotContext, languageOfLocale, MINUTE, placeOf } from './context.ts';
import { type Control, fromCustomId } from './custom-id.ts';
import { isReply, mentionsBot, settingsAt } from './trigger.ts';

/** A direct message within this time continues the conversation. */
const CONVERSATION_LASTS = 5 * MINUTE;

/** What a message to the bot asks. */
export type Question =
  | {
      readonly kind: 'read';
      readonly decision: Decision;
      /** The member's own text, unless they point at another message. */
      readonly own?: Reading;
    }
  /** Nothing: the bot was only mentioned. Or a message that Discord doesn't show the bot. */
  | { readonly kind: 'nothing' | 'withheld'; readonly language: Language };

export function readOverheard(message: Message, context: BotContext): Question {
  const { engine } = context.live;
  const reading = engine.read(textOf(message));
  const decision = engine.decide(reading, { trigger: 'overheard', language: languageAt(message, context) });
  return { kind: 'read', decision, own: reading };
}

/**
 * Reads a message to the bot, or the one that it is about: quoted, replied to, or the first one of a forum post or
 * thread. Returns `undefined` for a message without words after an answer: an emoji, a sticker, or a reply that Discord
 * doesn't show the bot.
 */
export async function readAddressed(message: Message, context: BotContext): Promise<Question | undefined> {
  const { engine } = context.live;
  const { content, mentions, client } = message;
  const isToBot = mentions.repliedUser?.id === client.user.id;
  const target = isToBot
    ? await attempt(context.log, 'reading what is replied to', placeOf(message), () => message.fetchReference())
    : undefined;
  const repliedTo = target && shownBy(target, engine);
  const recent = recentAnswer(message, engine);
  const previous = repliedTo?.topics.length ? repliedTo : recent;
  const { language = languageAt(message, context), offered = [] } = repliedTo ?? recent ?? {};
  const reading = engine.read(textOf(message));
  const isBare = reading.words.length === 0;
  const decision = engine.decide(reading, { previous: previous?.topics ?? [], offered, language });
  const itself: Question = { kind: 'read', decision, own: reading };
  if (isToBot && quotedIn(content) === '') {
    if (!isBare) return itself;
    return content.includes(client.user.id) ? { kind: 'nothing', language } : undefined;
  }

  const points = pointsElsewhere(reading);
  const text =
    points || (isReply(message) && !isOnSubject(decision, context)) ? await meant(message, points, context) : '';
  if (text === undefined && points) return { kind: 'withheld', language };
  if (text) {
    const found = engine.decide(engine.read(text), { language: reading.language ?? language });
    if (found.kind === 'answer' || found.kind === 'offer' || (points && found.kind === 'unknown'))
      return { kind: 'read', decision: found };
  }
  if (!isBare) return itself;
  return previous?.topics.length ? undefined : { kind: 'nothing', language };
}

/** Did the message itself ask something that the bot knows, or just say thanks? */
function isOnSubject(decision: Decision, { live }: BotContext): boolean {
  if (decision.kind !== 'answer') return decision.kind === 'acknowledge';
  return live.engine.knowledge.topics.some(({ id, smallTalk }) => decision.topics.includes(id) && !smallTalk);
}

/** The text of another message that this one is about: '' if there is none, `undefined` if Discord withholds it. */
async function meant(message: Message, points: boolean, { log }: BotContext) {
  const quoted = quotedIn(message.content);
  if (quoted !== '') return quoted;
  const { channel, id, client } = message;
  const isInThread = points && channel.isThread() && channel.id !== id;
  const target = await attempt(log, 'reading the message that is meant', placeOf(message), async () =>
    isReply(message) ? message.fetchReference() : isInThread ? channel.fetchStarterMessage() : undefined,
  );
  if (!target) return '';
  const isVisible = client.options.intents.has('MessageContent') || mentionsBot(target);
  return textOf(target).trim() || (isVisible ? '' : undefined);
}

/** The latest answer before a direct message, in the language of whatever the bot showed after it. */
export function recentAnswer({ channel, createdTimestamp }: Message, engine: Engine) {
  // discord.js forgets a deleted channel, whatever its types say.
  if (!channel?.isDMBased()) return undefined;
  // Negative for the answer to a question that is edited now.
  const ageOf = (each: Message) => createdTimestamp - each.createdTimestamp;
  const shown = [...channel.messages.cache.values()]
    .filter((each) => ageOf(each) >= 0 && ageOf(each) <= CONVERSATION_LASTS)
    .flatMap((each) => shownBy(each, engine) ?? []);
  const topics = shown.findLast((each) => each.topics.length > 0)?.topics ?? [];
  const latest = shown.at(-1);
  return latest && { ...latest, topics };
}

/** The topics that a message of the bot answers now, or offers in a numbered list: its buttons name them. */
function shownBy({ components }: Message, engine: Engine) {
  const rows = components.flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []));
  const controls = rows.flatMap(({ customId }) => fromCustomId(customId ?? '') ?? []);
  const [first] = controls;
  const topicsOf = (action: Control['action']) => {
    const names = controls.flatMap((each) => (each.action === action && 'topics' in each ? each.topics : []));
    return topicsNamed(names, engine)?.map(({ id }) => id) ?? [];
  };
  return first && { topics: topicsOf('helpful'), offered: topicsOf('topic'), language: first.language };
}

type Place = Pick<Interaction, 'channel' | 'guild'> & Partial<Pick<Interaction, 'guildLocale'>>;

/** The language for what has none of its own and continues no conversation. */
export function languageAt(place: Place, { channels, live }: BotContext): Language {
  const { channel, guild, guildLocale = guild?.preferredLocale } = place;
  return settingsAt(channel, channels).language ?? languageOfLocale(guildLocale) ?? live.engine.defaultLanguage;
}

/** A message with what it forwards, the question of its poll, and the title of the forum post that it begins. */
export function textOf({ id, channel, content, poll, messageSnapshots }: Message): string {
  const title = channel?.isThread() && channel.id === id ? channel.name : '';
  const forwarded = messageSnapshots.map((snapshot) => snapshot.content);
  return [title, content, ...forwarded, poll?.question.text].filter(Boolean).join('\n');
}
