import { ComponentType, type Message } from 'discord.js';
import type { Decision } from '../engine/decide.ts';
import { pointsElsewhere, quotedIn } from '../engine/pointing.ts';
import type { Reading } from '../engine/read.ts';
import type { Language } from '../knowledge/knowledge.ts';
import { logFailure } from '../operation/failures.ts';
import { type BotContext, languageOfLocale } from './context.ts';
import { fromCustomId } from './custom-id.ts';
import { topicsNamed } from './reaction.ts';
import { isReply, mentionsBot, settingsAt } from './trigger.ts';

/** The latest answer in a conversation. */
export interface Previous {
  /** Ids. */
  readonly topics: readonly string[];
  readonly language: Language;
}

/** What a message to the bot asks. */
export type Question =
  | {
      readonly kind: 'read';
      readonly reading: Reading;
      readonly decision: Decision;
      /** Is it the member's own text, rather than another message that they point at? */
      readonly isOwn: boolean;
    }
  /** Nothing: the bot was only mentioned. Or a message that Discord doesn't show the bot. */
  | { readonly kind: 'nothing' | 'withheld'; readonly language: Language };

/** Another message that a message points at: its text, or `undefined` if Discord withholds it. */
type Target = { readonly text: string | undefined };

/** Reads an overheard message. */
export function readOverheard(message: Message, content: string, context: BotContext): Question {
  const { engine } = context.live;
  const reading = engine.read(titleOf(message) + textOf({ ...partsOf(message), content }));
  const decision = engine.decide(reading, { trigger: 'overheard', language: languageAt(message, context) });
  return { kind: 'read', reading, decision, isOwn: true };
}

/**
 * Reads a message to the bot, or the one that it is about: quoted, replied to, or the first one of a forum post or thread.
 *
 * @param content of the message when it arrived
 * @param recent the latest answer in direct messages
 * @returns `undefined` for a message without words after an answer: an emoji, a sticker, or a reply that Discord doesn't show the bot
 */
export async function readAddressed(
  message: Message,
  content: string,
  recent: Previous | undefined,
  context: BotContext,
): Promise<Question | undefined> {
  const { engine } = context.live;
  const own = titleOf(message) + textOf({ ...partsOf(message), content });
  const isToBot = message.mentions.repliedUser?.id === message.client.user.id;
  const previous = (isToBot ? await answerRepliedTo(message, context) : undefined) ?? recent;
  const language = previous?.language ?? languageAt(message, context);
  const reading = engine.read(own);
  const decision = engine.decide(reading, { previous: previous?.topics ?? [], language });
  const itself: Question = { kind: 'read', reading, decision, isOwn: true };
  const isBare = reading.words.length === 0;
  if (isToBot && quotedIn(content) === '') {
    if (!isBare) return itself;
    return content.includes(message.client.user.id) ? { kind: 'nothing', language } : undefined;
  }

  const points = pointsElsewhere(reading);
  if (points || (isReply(message) && !isOnSubject(decision, context))) {
    const target = await targetOf(message, content, points, context);
    if (target?.text === undefined) {
      if (target && points) return { kind: 'withheld', language };
    } else {
      const meant = engine.read(target.text);
      const meantDecision = engine.decide(meant, { language: reading.language ?? language });
      const found: readonly string[] = points ? ['answer', 'offer', 'unknown'] : ['answer', 'offer'];
      if (found.includes(meantDecision.kind)) {
        return { kind: 'read', reading: meant, decision: meantDecision, isOwn: false };
      }
    }
  }
  if (!isBare) return itself;
  return previous ? undefined : { kind: 'nothing', language };
}

/** Did the message itself ask something that the bot knows, or just say thanks? */
function isOnSubject(decision: Decision, { live }: BotContext): boolean {
  if (decision.kind !== 'answer') return decision.kind === 'acknowledge';
  const [first] = decision.topics;
  return live.engine.knowledge.topics.find(({ id }) => id === first)?.smallTalk !== true;
}

/** @param points does the message ask nothing itself? Only then is it about the beginning of its thread */
async function targetOf(
  message: Message,
  content: string,
  points: boolean,
  context: BotContext,
): Promise<Target | undefined> {
  const quoted = quotedIn(content);
  if (quoted !== '') return { text: quoted };
  const { channel } = message;
  const fetch = isReply(message)
    ? () => message.fetchReference()
    : points && channel.isThread() && channel.id !== message.id
      ? () => channel.fetchStarterMessage()
      : undefined;
  const target = await fetch?.().catch((error: unknown) => {
    logFailure(context.log, error, 'reading the message that is meant', { channel: channel.id, message: message.id });
  });
  if (!target) return undefined;
  const text = (titleOf(target) + textOf(target)).trim();
  if (text !== '') return { text };
  return context.readsContent || mentionsBot(target) ? undefined : { text: undefined };
}

/** The answer that this message replies to, however old: its buttons name the topics. */
async function answerRepliedTo(message: Message, context: BotContext): Promise<Previous | undefined> {
  const { live, log } = context;
  const repliedTo = await message.fetchReference().catch((error: unknown) => {
    logFailure(log, error, 'reading what is replied to', { channel: message.channelId, message: message.id });
  });
  const controls = repliedTo?.components.flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []));
  for (const { customId } of controls ?? []) {
    const control = customId ? fromCustomId(customId) : undefined;
    // Other controls lead to other topics.
    if (control?.action !== 'helpful') continue;
    const topics = topicsNamed(control.topics, live.engine);
    return topics && { topics: topics.map(({ id }) => id), language: control.language };
  }
  return undefined;
}

/** The language of a message that has none of its own and continues no conversation. */
export function languageAt({ channel, guild }: Message, { channels, live }: BotContext): Language {
  return (
    settingsAt(channel, channels).language ?? languageOfLocale(guild?.preferredLocale) ?? live.engine.defaultLanguage
  );
}

type Texts = Pick<Message, 'content' | 'poll' | 'messageSnapshots'>;

/** All that a message says: also what it forwards, and the question of a poll. */
export function textOf({ content, poll, messageSnapshots }: Texts): string {
  const forwarded = messageSnapshots.map((snapshot) => snapshot.content);
  return [content, ...forwarded, poll?.question.text].filter(Boolean).join('\n');
}

const partsOf = ({ poll, messageSnapshots }: Message) => ({ poll, messageSnapshots });

/** The title of a forum post belongs to its first message. */
function titleOf({ id, channel }: Message): string {
  return channel?.isThread() && channel.id === id ? `${channel.name}\n` : '';
}
