import {
  ComponentType,
  type Message,
  MessageType,
  type OmitPartialGroupDMChannel,
  type PartialMessage,
  PermissionFlagsBits,
  type TextBasedChannel,
} from 'discord.js';
import { gistOf } from '../answering/gist.ts';
import { isAcknowledgement, isBareQuestion, isQuestion } from '../answering/question.ts';
import type { Reply } from '../engine/engine.ts';
import { stripMarkup } from '../engine/text.ts';
import type { Language, Topic } from '../knowledge/knowledge.ts';
import { isBrokenLine, logFailure, logMissingPermission } from '../operation/failures.ts';
import { TtlCache } from '../operation/ttl-cache.ts';
import { type BotContext, languageOfLocale } from './context.ts';
import { fromCustomId } from './custom-id.ts';
import { type Heard, hear, settingsAt } from './listening.ts';
import { namesAround } from './names.ts';
import { mayWrite } from './permissions.ts';
import { plainMessage, type ReplyMessage, replyMessage } from './reply.ts';
import { DISCORD_TEXTS } from './texts.ts';

type Said = OmitPartialGroupDMChannel<Message>;

const MINUTE = 60_000;
/** An edit of a question older than this changes no answer. */
const EDITABLE_FOR = 5 * MINUTE;
/** A question that is deleted later than this leaves its answer. */
const ANSWERS_REMEMBERED_FOR = 24 * 60 * MINUTE;
const MAX_ANSWERS = 20_000;
/** Discord may deliver a message twice, after a resumed connection for instance. */
const SEEN_FOR = 10 * MINUTE;
/** The same unasked answer is not given twice in a channel within this time. */
const REPEAT_AFTER = 5 * MINUTE;

/** A message of ours that answers one of a member's; `undefined` if none was sent. */
interface Sent {
  readonly id: string;
  /** Outcome, topic and language: an edit that changes none of them changes nothing. */
  readonly gist: string;
  /** By what it is known that it was given unasked; `undefined` where it was asked for. */
  readonly unasked: string | undefined;
}

/** A message as it was when it was heard: discord.js changes its object with each edit, and with late responses. */
interface Asked {
  readonly heard: Heard;
  readonly content: string;
  /** For each message, and each edit of it, another, of 25 characters at most; the same in all instances of the bot. */
  readonly nonce: string;
}

/** An answer of ours that somebody replied to. */
interface RepliedTo {
  readonly topic: Topic;
  readonly language: Language;
}

/** Answers messages, and keeps the answers true to the questions: edited with them, deleted with them. */
export class Conversation {
  readonly #context: BotContext;
  readonly #seen: TtlCache<string, true>;
  /** By the question's id. One at a time: an edit waits for the answer that it changes. */
  readonly #answers: TtlCache<string, Promise<Sent | undefined>>;
  readonly #unasked: TtlCache<string, true>;
  readonly #warned: TtlCache<string, true>;

  constructor(context: BotContext) {
    this.#context = context;
    this.#seen = new TtlCache(SEEN_FOR, MAX_ANSWERS, context.clock);
    this.#answers = new TtlCache(ANSWERS_REMEMBERED_FOR, MAX_ANSWERS, context.clock);
    this.#unasked = new TtlCache(REPEAT_AFTER, MAX_ANSWERS, context.clock);
    this.#warned = new TtlCache(MINUTE, MAX_ANSWERS, context.clock);
  }

  /** Somebody wrote a message. */
  async heard(message: Said): Promise<void> {
    const asked = this.#read(message);
    if (!asked || this.#staysSilent(message, asked) || this.#seen.get(message.id)) return;
    this.#seen.set(message.id, true);
    const sent = this.#answer(message, asked, this.#context.clock.now());
    this.#answers.set(message.id, sent);
    if ((await sent) === undefined) this.#answers.delete(message.id);
  }

  /** Somebody edited a message: its answer follows. */
  async edited(message: Said): Promise<void> {
    const { editedTimestamp, createdTimestamp } = message;
    const before = this.#answers.get(message.id);
    if (!before || editedTimestamp === null || editedTimestamp - createdTimestamp > EDITABLE_FOR) return;
    const asked = this.#read(message);
    const since = this.#context.clock.now();
    // One whose answer went with an edit is answered again if it asks again.
    const after = before.then((sent) =>
      sent ? this.#revise(message, asked, sent) : asked && this.#answer(message, asked, since),
    );
    this.#answers.set(message.id, after);
    await after;
  }

  /** A message was deleted: its answer goes too. */
  async deleted(message: Message | PartialMessage): Promise<void> {
    const answer = this.#answers.get(message.id);
    if (!answer) return;
    this.#answers.delete(message.id);
    const sent = await answer;
    if (sent) await this.#remove(message, sent);
  }

  /** What a message asks; `undefined` for one that is none of the bot's business. */
  #read(message: Said): Asked | undefined {
    const heard = hear(message, settingsAt(message.channel, this.#context.channels));
    const { id, content, editedTimestamp } = message;
    return heard && { heard, content, nonce: id + (editedTimestamp === null ? '' : editedTimestamp % 100_000) };
  }

  /** Most of what it overhears is none of the bot's business: of that, it does not remember even that it was said. */
  #staysSilent(message: Said, { heard, content }: Asked): boolean {
    if (heard === 'addressed') return false;
    const { engine } = this.#context.live;
    return engine.overhear({ text: titleOf(message) + content, locale: undefined }) === undefined;
  }

  async #answer(message: Said, asked: Asked, since: number): Promise<Sent | undefined> {
    const reply = await this.#replyTo(message, asked);
    if (!reply) return undefined;
    const { heard } = asked;
    const { log, metrics, clock } = this.#context;
    const { engine } = this.#context.live;
    const gist = JSON.stringify(gistOf(reply));
    const unasked = heard === 'addressed' ? undefined : `${message.channelId} ${gist}`;
    if (unasked === undefined ? await this.#slowsDown(message, asked, reply) : this.#holdsBack(message, unasked)) {
      return undefined;
    }
    const audience = { asker: message.author.id, isPrivate: false };
    const sent = await this.#send(message, asked, replyMessage(reply, audience, engine.knowledge));
    if (!sent) {
      this.#takeBack({ unasked });
      return undefined;
    }
    metrics?.answered({
      outcome: reply.outcome,
      language: reply.language,
      way: heard === 'addressed' ? 'message' : 'overheard',
      seconds: (clock.now() - since) / 1_000,
    });
    await this.#record(message, asked, reply, sent.id);
    log.info({ ...whereIs(message), heard, ...gistOf(reply), confidence: reply.confidence }, 'answered');
    return { id: sent.id, gist, unasked };
  }

  async #revise(message: Said, asked: Asked | undefined, sent: Sent): Promise<Sent | undefined> {
    const reply = asked && (await this.#replyTo(message, asked));
    if (!asked || !reply) {
      await this.#remove(message, sent);
      return undefined;
    }
    const gist = JSON.stringify(gistOf(reply));
    // Who edits over and over is not followed for ever.
    if (gist === sent.gist || this.#context.members.use(message.author.id) > 0) return sent;
    const { knowledge } = this.#context.live.engine;
    const { content, components, allowedMentions } = replyMessage(
      reply,
      { asker: message.author.id, isPrivate: false },
      knowledge,
    );
    const isEdited = await this.#attempt('editing an answer', message, async () => {
      await inChannelOf(message, (messages) => messages.edit(sent.id, { content, components, allowedMentions }));
      return true;
    });
    if (!isEdited) return sent;
    this.#takeBack(sent);
    await this.#record(message, asked, reply, sent.id);
    return { ...sent, gist };
  }

  async #remove(message: Message | PartialMessage, sent: Sent): Promise<void> {
    this.#takeBack(sent);
    await this.#attempt('deleting an answer', message, () =>
      inChannelOf(message, (messages) => messages.delete(sent.id)),
    );
  }

  /** An unasked answer that nobody sees, or no longer, may be given to somebody else. */
  #takeBack({ unasked }: Pick<Sent, 'unasked'>): void {
    if (unasked !== undefined) this.#unasked.delete(unasked);
  }

  /** The reply that a message deserves; `undefined` for silence. */
  async #replyTo(message: Said, { heard, content }: Asked): Promise<Reply | undefined> {
    if (content === '' && isUnreadable(message)) return undefined;
    const { engine } = this.#context.live;
    const question = { text: titleOf(message) + content, locale: this.#localeAt(message) };
    if (heard !== 'addressed') return engine.overhear(question);
    if (isAcknowledged(message, content)) return undefined;
    const reply = engine.reply(question);
    if (standsAlone(content, reply)) return reply;
    const repliedTo = await this.#answerRepliedTo(message);
    return repliedTo ? this.#readTogether(content, reply, repliedTo) : reply;
  }

  /** The answer of ours that this message replies to; `undefined` if it replies to none. */
  async #answerRepliedTo(message: Said): Promise<RepliedTo | undefined> {
    if (message.type !== MessageType.Reply || message.mentions.repliedUser?.id !== message.client.user.id)
      return undefined;
    const repliedTo = await this.#attempt('reading what is replied to', message, () => message.fetchReference());
    const controls = repliedTo?.components.flatMap((row) =>
      row.type === ComponentType.ActionRow ? row.components : [],
    );
    for (const { customId } of controls ?? []) {
      const control = customId ? fromCustomId(customId) : undefined;
      // The first row leads elsewhere; these belong to the answer itself.
      if (control?.action !== 'helpful') continue;
      const topic = this.#context.live.engine.knowledge.topics.find(({ id }) => id === control.topic);
      return topic && { topic, language: control.language };
    }
    return undefined;
  }

  /**
   * The reply to what is asked after an answer of ours: "why?" is another question after each. The same answer once more
   * only for who asks on.
   *
   * @param alone what it would get on its own
   */
  #readTogether(content: string, alone: Reply, repliedTo: RepliedTo): Reply {
    const { engine } = this.#context.live;
    const { topic } = repliedTo;
    const language = engine.languageOf(content) ?? repliedTo.language;
    if (alone.outcome === 'answer' && topic.related.includes(alone.topic)) {
      return engine.answerOn(alone.topic, language);
    }
    const together = engine.reply({ text: content, after: topic[language].title, locale: language });
    if (together.outcome !== 'answer') return alone;
    const { words } = engine.match(content);
    const asksOn = words.length > 0 && isQuestion(stripMarkup(content), words);
    return together.topic !== topic.id || asksOn ? together : alone;
  }

  /** Is an unasked answer one too many here, or one that was just given? */
  #holdsBack({ channelId }: Said, unasked: string): boolean {
    if (this.#unasked.get(unasked) || this.#context.places.use(channelId) > 0) return true;
    this.#unasked.set(unasked, true);
    return false;
  }

  /**
   * Does the member ask too much, or the channel? They are told, not ignored, and not told over and over: once a
   * minute.
   */
  async #slowsDown(message: Said, asked: Asked, { language }: Reply): Promise<boolean> {
    const { members, places } = this.#context;
    const memberWaits = members.use(message.author.id);
    const wait = memberWaits || places.use(message.channelId);
    if (wait === 0) return false;
    const whom = memberWaits ? message.author.id : message.channelId;
    if (this.#warned.get(whom)) return true;
    this.#warned.set(whom, true);
    await this.#send(message, asked, plainMessage(DISCORD_TEXTS[language].slowDown(Math.ceil(wait / 1_000))));
    return true;
  }

  async #send(message: Said, { nonce }: Asked, reply: ReplyMessage): Promise<Message | undefined> {
    const { channel } = message;
    const me = message.guild?.members.me;
    // discord.js knows a channel no more that was deleted meanwhile; replying says so.
    const held = me && channel && !channel.isDMBased() ? channel.permissionsFor(me) : undefined;
    if (held && !mayWrite(held, channel.isThread())) {
      // Whoever has Discord refuse it, ten thousand times in ten minutes, is banned.
      logMissingPermission(this.#context.log, 'answering', whereIs(message));
      return undefined;
    }
    const mayReply = held?.has(PermissionFlagsBits.ReadMessageHistory) ?? true;
    // With a nonce of the question, Discord itself drops a second answer, even one of another instance.
    const once = { ...reply, nonce, enforceNonce: true };
    const send = (): Promise<Message> =>
      mayReply ? message.reply({ ...once, failIfNotExists: false }) : channel.send(once);
    return this.#attempt('answering', message, () =>
      // discord.js tries again where Discord fails, but not where the line breaks: without a nonce, that could post twice.
      send().catch((error: unknown) => {
        if (isBrokenLine(error)) return send();
        throw error;
      }),
    );
  }

  async #record(message: Said, { content }: Asked, reply: Reply, answer: string): Promise<void> {
    const { recorder } = this.#context;
    await this.#attempt('recording a question', message, async () =>
      recorder?.answered(answer, titleOf(message) + content, namesAround(message), reply),
    );
  }

  #localeAt({ channel, guild }: Said): Language | undefined {
    return settingsAt(channel, this.#context.channels).language ?? languageOfLocale(guild?.preferredLocale);
  }

  async #attempt<T>(
    during: string,
    message: Message | PartialMessage,
    action: () => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      logFailure(this.#context.log, error, during, whereIs(message));
      return undefined;
    }
  }
}

/** A message that is understood this well needs no context. */
const STANDS_ALONE_FROM = 0.6;

function standsAlone(content: string, reply: Reply): boolean {
  return reply.outcome === 'answer' && reply.confidence >= STANDS_ALONE_FROM && !isBareQuestion(stripMarkup(content));
}

/** "ok", "haha" to an answer of ours: it asks nothing, and is not said to the bot so much as about its answer. */
function isAcknowledged({ type, mentions, client }: Message, content: string): boolean {
  const isReply = type === MessageType.Reply && mentions.repliedUser?.id === client.user.id;
  return isReply && !content.includes(client.user.id) && isAcknowledgement(stripMarkup(content));
}

/** Does something with the messages around one; nothing where its channel was deleted meanwhile, and they with it. */
async function inChannelOf(
  { channel }: Message | PartialMessage,
  act: (messages: TextBasedChannel['messages']) => Promise<unknown>,
): Promise<void> {
  // discord.js knows a deleted channel no more, whatever its types say.
  await (channel && act(channel.messages));
}

/** The title of a forum post belongs to its first message. */
function titleOf({ id, channel }: Message): string {
  return channel?.isThread() && channel.id === id ? `${channel.name}\n` : '';
}

/** Discord shows the text of some replies only to bots with the Message Content Intent; is this one empty for that? */
function isUnreadable({ attachments, stickers, mentions, client }: Message): boolean {
  return attachments.size === 0 && stickers.size === 0 && !mentions.users.has(client.user.id);
}

function whereIs({ guildId, channelId, id }: Message | PartialMessage) {
  return { guild: guildId, channel: channelId, message: id };
}
