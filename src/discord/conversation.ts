import {
  type Message,
  type OmitPartialGroupDMChannel,
  type PartialMessage,
  PermissionFlagsBits,
  type TextBasedChannel,
} from 'discord.js';
import type { Trigger } from '../engine/decide.ts';
import type { Reply } from '../engine/replies.ts';
import { isBrokenLine, logFailure, logMissingPermission } from '../operation/failures.ts';
import { TtlCache } from '../operation/ttl-cache.ts';
import { type BotContext, limitOf, whereIs } from './context.ts';
import { mayWrite } from './permissions.ts';
import { languageAt, type Previous, type Question, readAddressed, readOverheard } from './question.ts';
import { greeting, plainMessage, type ReplyMessage, replyMessage } from './reply.ts';
import { DISCORD_TEXTS } from './texts.ts';
import { settingsAt, triggerOf } from './trigger.ts';

type Said = OmitPartialGroupDMChannel<Message>;
type AnyMessage = Message | PartialMessage;

const MINUTE = 60_000;
/** Edits of older questions change no answer. The bot's own messages stay in memory as long. */
const EDITABLE_FOR = 5 * MINUTE;
/** A question that is deleted later than this leaves its answer. */
const ANSWERS_REMEMBERED_FOR = 24 * 60 * MINUTE;
const MAX_ANSWERS = 20_000;
/** The same unprompted answer isn't given twice in a channel within this time. */
const REPEAT_AFTER = 5 * MINUTE;
/** A message within this time continues the conversation. */
const CONVERSATION_LASTS = 5 * MINUTE;

interface Plan {
  readonly message: ReplyMessage;
  readonly question: Question;
  /** An edit that changes none of these changes nothing. */
  readonly gist: Previous & { readonly outcome: Reply['kind'] | 'nothing' | 'withheld' };
}

interface Sent {
  readonly id: string;
  /** As JSON. */
  readonly gist: string;
}

/** What became of a question; `removed` if somebody removed the answer, `undefined` if there is none (any more). */
type State = Sent | 'removed' | undefined;

/** Answers messages, and keeps the answers true to the questions: edited with them, deleted with them. */
export class Conversation {
  readonly #context: BotContext;
  readonly #startedAt: number;
  /** By the question's id. An edit waits for the answer that it changes; a message delivered twice is found here. */
  readonly #answers: TtlCache<string, Promise<State>>;
  /** The question's id by channel and gist of an unprompted answer. */
  readonly #unprompted: TtlCache<string, string>;
  /** The latest answer to each member: direct messages continue it, and a member who has to wait is told in its language. */
  readonly #recent: TtlCache<string, Previous>;
  /** The members and channels that were just told to wait. */
  readonly #warned: TtlCache<string, true>;

  constructor(context: BotContext) {
    const { clock } = context;
    this.#context = context;
    this.#startedAt = clock.date();
    this.#answers = new TtlCache(ANSWERS_REMEMBERED_FOR, MAX_ANSWERS, clock);
    this.#unprompted = new TtlCache(REPEAT_AFTER, MAX_ANSWERS, clock);
    this.#recent = new TtlCache(CONVERSATION_LASTS, MAX_ANSWERS, clock);
    this.#warned = new TtlCache(MINUTE, MAX_ANSWERS, clock);
  }

  async created(message: Said): Promise<void> {
    const trigger = this.#triggerOf(message);
    if (!trigger || this.#answers.get(message.id)) return;
    // Most overheard messages get no answer: they are not even remembered.
    const plan =
      trigger === 'overheard' && !limitOf(this.#context, message.author.id, message.channelId)
        ? this.#planOverheard(message)
        : undefined;
    if (trigger === 'addressed' || plan) await this.#follow(message, this.#respond(message, trigger, undefined, plan));
  }

  /** A member edited a message: its answer follows, and a mention that was added counts. */
  async edited(message: Said): Promise<void> {
    const { id, editedTimestamp, createdTimestamp } = message;
    if (editedTimestamp === null || editedTimestamp - createdTimestamp > EDITABLE_FOR) return;
    const trigger = this.#triggerOf(message);
    const before = this.#answers.get(id);
    // A message from before the start may have been answered already.
    if (before || (trigger === 'addressed' && createdTimestamp >= this.#startedAt))
      await this.#follow(message, this.#respond(message, trigger, before));
  }

  /** A question was deleted, and its answer goes, too; or an answer was. */
  async deleted(message: AnyMessage): Promise<void> {
    const answer = this.#answers.get(message.id);
    this.#answers.delete(message.id);
    await this.#remove(message, await answer);

    const question = message.reference?.messageId ?? '';
    const state = await this.#answers.get(question);
    if (state && state !== 'removed' && state.id === message.id)
      this.#answers.set(question, Promise.resolve('removed'));
  }

  #triggerOf(message: Said): Trigger | undefined {
    return triggerOf(message, settingsAt(message.channel, this.#context.channels));
  }

  async #follow({ id }: Said, state: Promise<State>): Promise<void> {
    this.#answers.set(id, state);
    if ((await state) === undefined && this.#answers.get(id) === state) this.#answers.delete(id);
  }

  /** Answers a message, or changes its answer after an edit. An overheard message was read already, unless it was edited. */
  async #respond(
    message: Said,
    trigger: Trigger | undefined,
    before: Promise<State> | undefined,
    overheard?: Plan,
  ): Promise<State> {
    const { clock, log, members, metrics, places, recorder } = this.#context;
    const since = clock.now();
    const { author, channelId } = message;
    const isAddressed = trigger === 'addressed';
    const sent = await before;
    if (sent === 'removed') return sent;
    if (!trigger) return this.#remove(message, sent);
    const limit = limitOf(this.#context, author.id, channelId);
    if (limit) return sent ?? (isAddressed ? this.#slowDown(message, limit) : undefined);
    if (isAddressed || sent) members.charge(author.id);
    places.charge(channelId);

    const plan = isAddressed ? await this.#planAddressed(message) : (overheard ?? this.#planOverheard(message));
    if (!plan) return this.#remove(message, sent);
    const { question } = plan;
    const { outcome, language, topics } = plan.gist;
    const gist = JSON.stringify(plan.gist);
    if (gist === sent?.gist) return sent;
    if (isAddressed) {
      const recent = this.#recent.get(recentKey(message))?.topics ?? [];
      this.#recent.set(recentKey(message), { topics: topics.length > 0 ? topics : recent, language });
    }

    const id = sent ? await this.#edit(message, sent, plan.message) : await this.#send(message, plan.message);
    if (id === undefined) {
      this.#release(message, gist);
      return sent;
    }
    if (sent) this.#release(message, sent.gist);
    const way = isAddressed ? 'message' : 'overheard';
    // Other people's messages are not recorded.
    if (question.kind === 'read' && question.isOwn)
      await this.#attempt('recording a question', message, async () =>
        recorder?.answered(id, author.id, question.reading, question.decision),
      );
    if (!sent && outcome !== 'nothing' && outcome !== 'withheld')
      metrics?.answered({ outcome, language, way, seconds: (clock.now() - since) / 1_000 });
    log.info({ ...placeOf(message), way, ...plan.gist }, sent ? 'edited an answer' : 'answered');
    return { id, gist };
  }

  async #planAddressed(message: Said): Promise<Plan | undefined> {
    // discord.js forgets a deleted channel, whatever its types say.
    const recent = message.channel?.isDMBased() ? this.#recent.get(recentKey(message)) : undefined;
    const question = await readAddressed(message, recent, this.#context);
    if (question?.kind === 'read' && question.decision.kind === 'acknowledge') await this.#react(message);
    return question && this.#planFor(message, question);
  }

  /** `undefined` also if the same answer was just given in the channel, to another question. */
  #planOverheard(message: Said): Plan | undefined {
    const plan = this.#planFor(message, readOverheard(message, this.#context));
    if (!plan) return undefined;
    const key = unpromptedKey(message, JSON.stringify(plan.gist));
    if ((this.#unprompted.get(key) ?? message.id) !== message.id) return undefined;
    this.#unprompted.set(key, message.id);
    return plan;
  }

  #planFor(message: Said, question: Question): Plan | undefined {
    const { live, log } = this.#context;
    const { knowledge } = live.engine;
    const audience = { asker: message.author.id, isPrivate: false };
    if (question.kind !== 'read') {
      const { kind, language } = question;
      const cannotRead = plainMessage(DISCORD_TEXTS[language].cannotRead);
      const said = kind === 'nothing' ? greeting(language, audience, knowledge) : cannotRead;
      return { message: said, question, gist: { outcome: kind, topics: [], language } };
    }
    const { decision } = question;
    const { kind, reasons, language } = decision;
    log.debug({ ...placeOf(message), kind, reasons }, 'decided');
    const reply = live.engine.reply(decision);
    if (!reply) return undefined;
    const gist = { outcome: reply.kind, topics: 'topics' in decision ? decision.topics : [], language };
    return { message: replyMessage(reply, audience, knowledge), question, gist };
  }

  /** An unprompted answer that nobody sees, or no longer, may be given to another question. */
  #release(message: AnyMessage, gist: string): void {
    const key = unpromptedKey(message, gist);
    if (this.#unprompted.get(key) === message.id) this.#unprompted.delete(key);
  }

  async #slowDown(message: Said, { of, seconds }: NonNullable<ReturnType<typeof limitOf>>): Promise<undefined> {
    const { author, channelId } = message;
    const limited = of === 'member' ? author.id : channelId;
    if (this.#warned.get(limited)) return;
    this.#warned.set(limited, true);
    this.#context.log.info({ ...placeOf(message), limit: of, seconds }, 'reached the limit');
    const texts = DISCORD_TEXTS[this.#recent.get(recentKey(message))?.language ?? languageAt(message, this.#context)];
    await this.#send(message, plainMessage(texts.slowDown[of](seconds)));
  }

  async #react(message: Said): Promise<void> {
    const held = permissionsAt(message);
    if (held && !held.has([PermissionFlagsBits.AddReactions, PermissionFlagsBits.ReadMessageHistory])) return;
    await this.#attempt('reacting to thanks', message, async () => messagesOf(message)?.react(message.id, '👍'));
  }

  /** Returns the id of the answer, if Discord took it. */
  async #send(message: Said, reply: ReplyMessage): Promise<string | undefined> {
    const { id, channel, editedTimestamp } = message;
    const held = permissionsAt(message);
    if (held && !mayWrite(held, channel.isThread())) {
      // Discord bans clients after 10,000 invalid requests in 10 minutes.
      logMissingPermission(this.#context.log, 'answering', placeOf(message));
      return undefined;
    }
    // By a nonce of the question and its edit, 25 characters at most, Discord drops a second answer, even of another instance.
    const nonce = id + (editedTimestamp === null ? '' : editedTimestamp % 100_000);
    const mayReply = held?.has(PermissionFlagsBits.ReadMessageHistory) ?? true;
    const once = { ...reply, nonce, enforceNonce: true };
    const send = (): Promise<Message> =>
      mayReply ? message.reply({ ...once, failIfNotExists: false }) : channel.send(once);
    return this.#attempt('answering', message, async () => {
      // discord.js retries where Discord fails, but not where the connection breaks: without a nonce, that could post twice.
      const answer = await send().catch((error: unknown) => {
        if (isBrokenLine(error)) return send();
        throw error;
      });
      return answer.id;
    });
  }

  #edit(message: Said, { id }: Sent, { content, components, allowedMentions }: ReplyMessage) {
    return this.#attempt('editing an answer', message, async () => {
      await messagesOf(message)?.edit(id, { content, components, allowedMentions });
      return id;
    });
  }

  async #remove(message: AnyMessage, sent: State): Promise<undefined> {
    if (!sent || sent === 'removed') return;
    this.#release(message, sent.gist);
    await this.#attempt('deleting an answer', message, async () => {
      await messagesOf(message)?.delete(sent.id);
      this.#context.log.info(placeOf(message), 'deleted an answer');
    });
  }

  async #attempt<T>(during: string, message: AnyMessage, action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      logFailure(this.#context.log, error, during, placeOf(message));
      return undefined;
    }
  }
}

const recentKey = ({ channelId, author }: Said) => `${channelId} ${author.id}`;

const unpromptedKey = ({ channelId }: AnyMessage, gist: string) => `${channelId} ${gist}`;

/** The bot's permissions where a message is; `undefined` in direct messages, and where its channel was just deleted. */
function permissionsAt({ guild, channel }: Said) {
  const me = guild?.members.me;
  return me && channel && !channel.isDMBased() ? channel.permissionsFor(me) : undefined;
}

/** discord.js no longer knows a channel that was deleted meanwhile, whatever its types say. */
function messagesOf({ channel }: AnyMessage): TextBasedChannel['messages'] | undefined {
  return channel?.messages;
}

function placeOf(message: AnyMessage) {
  return { ...whereIs(message), message: message.id };
}
