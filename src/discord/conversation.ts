import {
  ComponentType,
  type Message,
  MessageType,
  type OmitPartialGroupDMChannel,
  type PartialMessage,
  PermissionFlagsBits,
} from 'discord.js';
import type { Reply } from '../answering/answerer.ts';
import type { Language } from '../knowledge/knowledge.ts';
import { type BotContext, languageOfLocale } from './context.ts';
import { fromCustomId } from './custom-id.ts';
import { logFailure } from './failures.ts';
import { type Heard, hear, settingsAt } from './listening.ts';
import { Recent } from './recent.ts';
import { plainMessage, type ReplyMessage, replyMessage } from './reply.ts';
import { DISCORD_TEXTS } from './texts.ts';

type Said = OmitPartialGroupDMChannel<Message>;

const MINUTE = 60_000;
/** An edit of a question older than this changes no answer. */
const EDITABLE_FOR = 5 * MINUTE;
/** A question that is deleted later than this leaves its answer. */
const ANSWERS_REMEMBERED_FOR = 24 * 60 * MINUTE;
const MOST_ANSWERS = 20_000;
/** Discord may deliver a message twice, after a resumed connection for instance. */
const SEEN_FOR = 10 * MINUTE;
/** The same unasked answer is not given twice in a channel within this time. */
const REPEAT_AFTER = 5 * MINUTE;

/** A message of ours that answers one of a member's; `undefined` if none was sent. */
interface Sent {
  readonly id: string;
  /** Outcome, topic and language: an edit that changes none of them changes nothing. */
  readonly gist: string;
}

/** Answers messages, and keeps the answers true to the questions: edited with them, deleted with them. */
export class Conversation {
  readonly #context: BotContext;
  readonly #seen: Recent<string, true>;
  /** By the question's id. One at a time: an edit waits for the answer that it changes. */
  readonly #answers: Recent<string, Promise<Sent | undefined>>;
  readonly #unasked: Recent<string, true>;
  readonly #warned: Recent<string, true>;

  constructor(context: BotContext) {
    this.#context = context;
    this.#seen = new Recent(SEEN_FOR, MOST_ANSWERS, context.now);
    this.#answers = new Recent(ANSWERS_REMEMBERED_FOR, MOST_ANSWERS, context.now);
    this.#unasked = new Recent(REPEAT_AFTER, MOST_ANSWERS, context.now);
    this.#warned = new Recent(MINUTE, MOST_ANSWERS, context.now);
  }

  /** Somebody wrote a message. */
  async heard(message: Said): Promise<void> {
    const heard = hear(message, settingsAt(message.channel, this.#context.channels));
    if (!heard || this.#seen.get(message.id)) return;
    this.#seen.set(message.id, true);
    const sent = this.#answer(message, heard);
    this.#answers.set(message.id, sent);
    if ((await sent) === undefined) this.#answers.delete(message.id);
  }

  /** Somebody edited a message: its answer follows. */
  async edited(message: Said): Promise<void> {
    const before = this.#answers.get(message.id);
    if (!before || message.editedTimestamp === null || Date.now() - message.createdTimestamp > EDITABLE_FOR) return;
    const after = before.then((sent) => sent && this.#revise(message, sent));
    this.#answers.set(message.id, after);
    await after;
  }

  /** A message was deleted: its answer goes too. */
  async deleted(message: Message | PartialMessage): Promise<void> {
    const answer = this.#answers.get(message.id);
    if (!answer) return;
    this.#answers.delete(message.id);
    const sent = await answer;
    if (sent) await this.#attempt('deleting an answer', message, () => message.channel.messages.delete(sent.id));
  }

  async #answer(message: Said, heard: Heard): Promise<Sent | undefined> {
    const reply = await this.#replyTo(message, heard);
    if (!reply) return undefined;
    const { log, answerer } = this.#context;
    const wait = this.#wait(message, heard, reply);
    if (wait > 0) {
      if (heard === 'addressed') await this.#askToSlowDown(message, reply.language, wait);
      return undefined;
    }
    const sent = await this.#send(
      message,
      replyMessage(reply, { asker: message.author.id, isPrivate: false }, answerer.knowledge),
    );
    if (!sent) return undefined;
    log.info({ ...whereIs(message), heard, ...gistOf(reply), confidence: reply.confidence }, 'answered');
    return { id: sent.id, gist: JSON.stringify(gistOf(reply)) };
  }

  async #revise(message: Said, sent: Sent): Promise<Sent | undefined> {
    const heard = hear(message, settingsAt(message.channel, this.#context.channels));
    const reply = heard && (await this.#replyTo(message, heard));
    if (!reply) {
      await this.#attempt('deleting an answer', message, () => message.channel.messages.delete(sent.id));
      return undefined;
    }
    const gist = JSON.stringify(gistOf(reply));
    if (gist === sent.gist) return sent;
    const { knowledge } = this.#context.answerer;
    const { content, components, allowedMentions } = replyMessage(
      reply,
      { asker: message.author.id, isPrivate: false },
      knowledge,
    );
    await this.#attempt('editing an answer', message, () =>
      message.channel.messages.edit(sent.id, { content, components, allowedMentions }),
    );
    return { ...sent, gist };
  }

  /** The reply that a message deserves; `undefined` for silence. */
  async #replyTo(message: Said, heard: Heard): Promise<Reply | undefined> {
    const { answerer } = this.#context;
    const locale = this.#localeAt(message);
    if (heard !== 'addressed') {
      const title = heard === 'forum-post' && message.channel.isThread() ? `${message.channel.name}\n` : '';
      const reply = answerer.reply({ text: title + message.content, locale });
      return reply.interject ? reply : undefined;
    }
    const reply = answerer.reply({ text: message.content, locale });
    if (reply.outcome === 'answer' && reply.confidence >= STANDS_ALONE_FROM) return reply;
    const context = await this.#titleRepliedTo(message, answerer.languageOf(message.content) ?? locale);
    if (context === undefined) return isUnreadable(message) ? undefined : reply;
    const together = answerer.reply({ text: `${context}\n${message.content}`, locale });
    return together.outcome === 'answer' ? together : reply;
  }

  /** The topic of the answer that this message replies to, as a question; `undefined` if it replies to none. */
  async #titleRepliedTo(message: Said, language: Language | undefined): Promise<string | undefined> {
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
      const topic = this.#context.answerer.knowledge.topics.find(({ id }) => id === control.topic);
      return topic?.[language ?? control.language].title;
    }
    return undefined;
  }

  /** The milliseconds until this may be answered; 0 for now. */
  #wait(message: Said, heard: Heard, reply: Reply): number {
    const { members, places } = this.#context;
    if (heard !== 'addressed') {
      const key = `${message.channelId} ${JSON.stringify(gistOf(reply))}`;
      if (this.#unasked.get(key)) return REPEAT_AFTER;
      const wait = places.use(message.channelId);
      if (wait === 0) this.#unasked.set(key, true);
      return wait;
    }
    return Math.max(members.use(message.author.id), places.use(message.channelId));
  }

  /** Once a minute: whoever asks too much is told, not ignored, and not told over and over. */
  async #askToSlowDown(message: Said, language: Language, wait: number): Promise<void> {
    if (this.#warned.get(message.author.id)) return;
    this.#warned.set(message.author.id, true);
    await this.#send(message, plainMessage(DISCORD_TEXTS[language].slowDown(Math.ceil(wait / 1_000))));
  }

  async #send(message: Said, reply: ReplyMessage): Promise<Message | undefined> {
    const { channel } = message;
    // With the question's id as nonce, Discord itself drops a second answer, even one of another instance.
    const once = { ...reply, nonce: message.id, enforceNonce: true };
    const me = message.guild?.members.me;
    const mayReply =
      channel.isDMBased() || (me && channel.permissionsFor(me).has(PermissionFlagsBits.ReadMessageHistory));
    return this.#attempt('answering', message, () =>
      mayReply ? message.reply({ ...once, failIfNotExists: false }) : channel.send(once),
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

/** Discord shows the text of some replies only to bots with the Message Content Intent. */
function isUnreadable({ content, attachments, stickers, mentions, client }: Message): boolean {
  return content === '' && attachments.size === 0 && stickers.size === 0 && !mentions.users.has(client.user.id);
}

function gistOf(reply: Reply) {
  const topics =
    reply.outcome === 'answer'
      ? reply.topic
      : reply.outcome === 'suggest'
        ? reply.suggestions.map(({ topic }) => topic)
        : undefined;
  return { outcome: reply.outcome, topics, language: reply.language };
}

function whereIs({ guildId, channelId, id }: Message | PartialMessage) {
  return { guild: guildId, channel: channelId, message: id };
}
