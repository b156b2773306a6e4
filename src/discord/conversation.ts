import {
  DiscordAPIError,
  type Message,
  type OmitPartialGroupDMChannel,
  type PartialMessage,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  type TextBasedChannel,
} from 'discord.js';
import type { Decision } from '../engine/decide.ts';
import type { Language } from '../knowledge/knowledge.ts';
import { isBrokenLine, logFailure, logMissingPermission } from '../operation/failures.ts';
import { TtlCache } from '../operation/ttl-cache.ts';
import type { BotContext } from './context.ts';
import { mayWrite } from './permissions.ts';
import { languageAt, type Previous, type Question, readAddressed, readOverheard } from './question.ts';
import { greeting, plainMessage, type ReplyMessage, replyMessage } from './reply.ts';
import { DISCORD_TEXTS } from './texts.ts';
import { settingsAt, type Trigger, triggerOf } from './trigger.ts';

type Said = OmitPartialGroupDMChannel<Message>;

const MINUTE = 60_000;
/** Edits of older questions change no answer. */
const EDITABLE_FOR = 5 * MINUTE;
/** A question that is deleted later than this leaves its answer. */
const ANSWERS_REMEMBERED_FOR = 24 * 60 * MINUTE;
const MAX_ANSWERS = 20_000;
/** The same unprompted answer isn't given twice in a channel within this time. */
const REPEAT_AFTER = 5 * MINUTE;
/** In direct messages, a message within this time continues the conversation. */
const CONVERSATION_LASTS = 5 * MINUTE;
const THANKS = '👍';

/** A message as it was when it arrived: discord.js changes its object with each edit. */
interface Asked {
  readonly trigger: Trigger;
  readonly content: string;
  /** Another one for each edit, 25 characters at most, and the same in all instances of the bot. */
  readonly nonce: string;
}

/** What the bot says to a message. */
interface Planned {
  readonly message: ReplyMessage;
  readonly language: Language;
  /** Outcome, topics and language: an edit that changes none of them changes nothing. */
  readonly gist: Readonly<{ outcome: string; topics: readonly string[]; language: Language }>;
  readonly question: Question;
}

/** An answer that was sent. */
interface Sent {
  readonly id: string;
  /** As JSON. */
  readonly gist: string;
  /** Channel and gist of an unprompted answer. */
  readonly unprompted: string | undefined;
}

/** What became of a message; `removed` if somebody removed the answer, `undefined` if there is none (any more). */
type State = Sent | 'removed' | undefined;

/** Answers messages, and keeps the answers true to the questions: edited with them, deleted with them. */
export class Conversation {
  readonly #context: BotContext;
  /** Milliseconds since 1970. */
  readonly #startedAt: number;
  /** By the question's id. An edit waits for the answer that it changes; a message delivered twice is found here. */
  readonly #answers: TtlCache<string, Promise<State>>;
  /** The question's id by the answer's. */
  readonly #questions: TtlCache<string, string>;
  /** The question's id by channel and gist. */
  readonly #unprompted: TtlCache<string, string>;
  /** The latest answers in direct messages, by channel. */
  readonly #recent: TtlCache<string, Previous>;
  /** The language of each member who was just answered: told to wait, they are told in it. */
  readonly #languages: TtlCache<string, Language>;
  readonly #warned: TtlCache<string, true>;

  constructor(context: BotContext) {
    const { clock } = context;
    this.#context = context;
    this.#startedAt = clock.date();
    this.#answers = new TtlCache(ANSWERS_REMEMBERED_FOR, MAX_ANSWERS, clock);
    this.#questions = new TtlCache(ANSWERS_REMEMBERED_FOR, MAX_ANSWERS, clock);
    this.#unprompted = new TtlCache(REPEAT_AFTER, MAX_ANSWERS, clock);
    this.#recent = new TtlCache(CONVERSATION_LASTS, MAX_ANSWERS, clock);
    this.#languages = new TtlCache(MINUTE, MAX_ANSWERS, clock);
    this.#warned = new TtlCache(MINUTE, MAX_ANSWERS, clock);
  }

  /** A member wrote a message. */
  async created(message: Said): Promise<void> {
    const asked = this.#asked(message);
    if (!asked || this.#answers.get(message.id)) return;
    if (asked.trigger === 'addressed') await this.#follow(message, this.#answer(message, asked));
    else {
      // Messages that are left alone are not even remembered.
      const plan = this.#planOverheard(message, asked);
      if (plan) await this.#follow(message, this.#answer(message, asked, plan));
    }
  }

  /** A member edited a message: its answer follows, and a mention that was added counts. */
  async edited(message: Said): Promise<void> {
    const { editedTimestamp, createdTimestamp } = message;
    if (editedTimestamp === null || editedTimestamp - createdTimestamp > EDITABLE_FOR) return;
    const asked = this.#asked(message);
    const before = this.#answers.get(message.id);
    // A message from before the start may have been answered already.
    const isNew = createdTimestamp >= this.#startedAt;
    if (!before && !(asked?.trigger === 'addressed' && isNew)) return;
    await this.#follow(
      message,
      (before ?? Promise.resolve(undefined)).then((state): State | Promise<State> => {
        if (state === 'removed') return state;
        return state ? this.#revise(message, asked, state) : asked && this.#answer(message, asked);
      }),
    );
  }

  /** A question was deleted, and its answer goes, too; or an answer was. */
  async deleted(message: Message | PartialMessage): Promise<void> {
    const question = this.#questions.get(message.id);
    if (question !== undefined) {
      const answer = this.#answers.get(question);
      const isThis = (state: State) => state !== undefined && state !== 'removed' && state.id === message.id;
      if (answer)
        this.#answers.set(
          question,
          answer.then((state) => (isThis(state) ? 'removed' : state)),
        );
    }
    const answered = this.#answers.get(message.id);
    this.#answers.delete(message.id);
    const state = await answered;
    if (state && state !== 'removed') await this.#remove(message, state);
  }

  async #follow(message: Said, state: Promise<State>): Promise<void> {
    this.#answers.set(message.id, state);
    await state;
  }

  /** `undefined` for a message that is none of the bot's business. */
  #asked(message: Said): Asked | undefined {
    const trigger = triggerOf(message, settingsAt(message.channel, this.#context.channels));
    const { id, content, editedTimestamp } = message;
    return trigger && { trigger, content, nonce: id + (editedTimestamp === null ? '' : editedTimestamp % 100_000) };
  }

  /** @param plan of an overheard message, which was read already */
  async #answer(message: Said, asked: Asked, plan?: Planned): Promise<Sent | undefined> {
    const { clock, log, members, metrics, places } = this.#context;
    const { trigger } = asked;
    const isAddressed = trigger === 'addressed';
    const since = clock.now();
    if (isAddressed && this.#limitAt(message)) return this.#slowDown(message, asked);
    const planned = plan ?? (await this.#plan(message, asked));
    if (planned === 'thanks') await this.#react(message);
    if (!planned || planned === 'thanks') return undefined;
    const { gist, language, question } = planned;
    const unprompted = isAddressed ? undefined : unpromptedKey(message, planned);
    if (isAddressed) {
      // Others may have used up the limit while this message was being read.
      if (this.#limitAt(message)) return this.#slowDown(message, asked);
      members.charge(message.author.id);
      this.#languages.set(message.author.id, language);
    } else if (places.wait(message.channelId) > 0 || this.#isRepeated(message, unprompted)) return undefined;
    places.charge(message.channelId);
    if (unprompted !== undefined) this.#unprompted.set(unprompted, message.id);

    if (message.channel?.isDMBased() && gist.topics.length > 0) {
      this.#recent.set(message.channelId, { topics: gist.topics, language });
    }
    const sent = await this.#send(message, asked, planned.message);
    if (!sent) {
      this.#forgetUnprompted(message, unprompted);
      return undefined;
    }
    this.#questions.set(sent.id, message.id);
    const way = isAddressed ? 'message' : 'overheard';
    const seconds = (clock.now() - since) / 1_000;
    if (question.kind === 'read') metrics?.answered({ outcome: outcomeOf(question.decision), language, way, seconds });
    await this.#record(message, question, sent.id);
    log.info({ ...whereIs(message), heard: trigger, ...gist, confidence: confidenceOf(question) }, 'answered');
    return { id: sent.id, gist: JSON.stringify(gist), unprompted };
  }

  /** Changes an answer after its question was edited. */
  async #revise(message: Said, asked: Asked | undefined, sent: Sent): Promise<State> {
    const { members, log } = this.#context;
    // A member who edits over and over isn't followed forever.
    if (asked && members.wait(message.author.id) > 0) return sent;
    const planned = asked && (await this.#plan(message, asked));
    const isOverheard = asked?.trigger !== 'addressed';
    const unprompted = isOverheard && planned && planned !== 'thanks' ? unpromptedKey(message, planned) : undefined;
    if (!planned || planned === 'thanks' || this.#isRepeated(message, unprompted)) {
      await this.#remove(message, sent);
      return undefined;
    }
    const gist = JSON.stringify(planned.gist);
    if (gist === sent.gist) return sent;
    members.charge(message.author.id);
    this.#forgetUnprompted(message, sent.unprompted);
    if (unprompted !== undefined) this.#unprompted.set(unprompted, message.id);
    const { content, components, allowedMentions } = planned.message;
    const edited = await this.#attempt('editing an answer', message, () =>
      inChannelOf(message, (messages) => messages.edit(sent.id, { content, components, allowedMentions })).then(
        () => 'edited' as const,
        (error: unknown) => {
          if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage)
            return 'removed' as const;
          throw error;
        },
      ),
    );
    if (edited !== 'edited') {
      this.#forgetUnprompted(message, unprompted);
      return edited ?? sent;
    }
    await this.#record(message, planned.question, sent.id);
    log.info({ ...whereIs(message), ...planned.gist }, 'edited an answer');
    return { id: sent.id, gist, unprompted };
  }

  async #remove(message: Message | PartialMessage, sent: Sent): Promise<void> {
    this.#forgetUnprompted(message, sent.unprompted);
    await this.#attempt('deleting an answer', message, async () => {
      await inChannelOf(message, (messages) => messages.delete(sent.id));
      this.#context.log.info(whereIs(message), 'deleted an answer');
    });
  }

  #planOverheard(message: Said, { content }: Asked): Planned | undefined {
    const planned = this.#planFor(message, readOverheard(message, content, this.#context));
    return planned === 'thanks' ? undefined : planned;
  }

  async #plan(message: Said, asked: Asked): Promise<Planned | 'thanks' | undefined> {
    if (asked.trigger !== 'addressed') return this.#planOverheard(message, asked);
    // discord.js forgets a deleted channel, whatever its types say.
    const recent = message.channel?.isDMBased() ? this.#recent.get(message.channelId) : undefined;
    const question = await readAddressed(message, asked.content, recent, this.#context);
    return question && this.#planFor(message, question);
  }

  #planFor(message: Said, question: Question): Planned | 'thanks' | undefined {
    const { live, log } = this.#context;
    const { engine } = live;
    const audience = { asker: message.author.id, isPrivate: false };
    if (question.kind !== 'read') {
      const { kind, language } = question;
      const said =
        kind === 'nothing'
          ? greeting(language, audience, engine.knowledge)
          : plainMessage(DISCORD_TEXTS[language].cannotRead);
      return { message: said, language, gist: { outcome: kind, topics: [], language }, question };
    }
    const { decision } = question;
    log.debug({ ...whereIs(message), kind: decision.kind, reasons: decision.reasons }, 'decided');
    if (decision.kind === 'acknowledge') return 'thanks';
    const reply = engine.reply(decision);
    if (!reply) return undefined;
    const { language } = reply;
    const topics = 'topics' in decision ? decision.topics : [];
    const gist = { outcome: outcomeOf(decision), topics, language };
    return { message: replyMessage(reply, audience, engine.knowledge), language, gist, question };
  }

  /** Was the same unprompted answer just given in this channel, to another question? */
  #isRepeated(message: Said, unprompted: string | undefined): boolean {
    const question = unprompted === undefined ? undefined : this.#unprompted.get(unprompted);
    return question !== undefined && question !== message.id;
  }

  /** An unprompted answer that nobody sees, or no longer, may be given to somebody else. */
  #forgetUnprompted({ id }: Message | PartialMessage, unprompted: string | undefined): void {
    if (unprompted !== undefined && this.#unprompted.get(unprompted) === id) this.#unprompted.delete(unprompted);
  }

  /** The limit that the member or the channel has reached; the member's own goes first. */
  #limitAt({ author, channelId }: Said): { readonly of: 'member' | 'channel'; readonly wait: number } | undefined {
    const { members, places } = this.#context;
    const memberWaits = members.wait(author.id);
    const wait = memberWaits || places.wait(channelId);
    return wait === 0 ? undefined : { of: memberWaits ? 'member' : 'channel', wait };
  }

  /** Tells a member to wait; once a minute for each member and channel. */
  async #slowDown(message: Said, asked: Asked): Promise<undefined> {
    const limit = this.#limitAt(message);
    const { author, channelId } = message;
    const limited = limit?.of === 'member' ? author.id : channelId;
    if (!limit || this.#warned.get(limited)) return;
    this.#warned.set(limited, true);
    const seconds = Math.ceil(limit.wait / 1_000);
    this.#context.log.info({ ...whereIs(message), limit: limit.of, seconds }, 'reached the limit');
    const texts = DISCORD_TEXTS[this.#languages.get(author.id) ?? languageAt(message, this.#context)];
    const text = limit.of === 'member' ? texts.memberSlowDown(seconds) : texts.channelSlowDown(seconds);
    await this.#send(message, asked, plainMessage(text));
  }

  /** A quiet reaction to thanks, where the bot may react. */
  async #react(message: Said): Promise<void> {
    const held = permissionsAt(message);
    if (held && !held.has([PermissionFlagsBits.AddReactions, PermissionFlagsBits.ReadMessageHistory])) return;
    this.#context.members.charge(message.author.id);
    await inChannelOf(message, (messages) => messages.react(message.id, THANKS)).catch(() => {
      this.#context.log.debug(whereIs(message), 'could not react to thanks');
    });
  }

  async #send(message: Said, { nonce }: Asked, reply: ReplyMessage): Promise<Message | undefined> {
    const { channel } = message;
    const held = permissionsAt(message);
    if (held && !mayWrite(held, channel.isThread())) {
      // Discord bans clients after 10,000 invalid requests in 10 minutes.
      logMissingPermission(this.#context.log, 'answering', whereIs(message));
      return undefined;
    }
    const mayReply = held?.has(PermissionFlagsBits.ReadMessageHistory) ?? true;
    // With a nonce of the question, Discord itself drops a second answer, even one of another instance.
    const once = { ...reply, nonce, enforceNonce: true };
    const send = (): Promise<Message> =>
      mayReply ? message.reply({ ...once, failIfNotExists: false }) : channel.send(once);
    return this.#attempt('answering', message, () =>
      // discord.js retries where Discord fails, but not where the connection breaks: without a nonce, that could post twice.
      send().catch((error: unknown) => {
        if (isBrokenLine(error)) return send();
        throw error;
      }),
    );
  }

  /** Other people's messages are not recorded. */
  async #record(message: Said, question: Question, answer: string): Promise<void> {
    if (question.kind !== 'read' || !question.isOwn) return;
    const { reading, decision } = question;
    await this.#attempt('recording a question', message, async () =>
      this.#context.recorder?.answered(answer, message.author.id, reading, decision),
    );
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

/** By what an unprompted answer is the same as another in its channel. */
function unpromptedKey({ channelId }: Said, { gist }: Planned): string {
  return `${channelId} ${JSON.stringify(gist)}`;
}

export function outcomeOf({ kind }: Decision): 'answer' | 'offer' | 'unknown' {
  return kind === 'answer' || kind === 'offer' ? kind : 'unknown';
}

function confidenceOf(question: Question): number | undefined {
  return question.kind === 'read' && 'confidence' in question.decision ? question.decision.confidence : undefined;
}

/** The bot's permissions where a message is; `undefined` in direct messages, and where its channel was just deleted. */
function permissionsAt({ guild, channel }: Said) {
  const me = guild?.members.me;
  return me && channel && !channel.isDMBased() ? channel.permissionsFor(me) : undefined;
}

/** Does something with the messages of a channel, unless the channel was deleted meanwhile. */
async function inChannelOf(
  { channel }: Message | PartialMessage,
  act: (messages: TextBasedChannel['messages']) => Promise<unknown>,
): Promise<void> {
  // discord.js no longer knows a deleted channel, whatever its types say.
  await (channel && act(channel.messages));
}

function whereIs({ guildId, channelId, id }: Message | PartialMessage) {
  return { guild: guildId, channel: channelId, message: id };
}
