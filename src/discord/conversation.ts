import type { Message, OmitPartialGroupDMChannel, PartialMessage } from 'discord.js';
import type { Trigger } from '../engine/decide.ts';
import type { Engine } from '../engine/engine.ts';
import { isConnectionError, logMissingPermission } from '../operation/failures.ts';
import { ttlCache } from '../operation/ttl-cache.ts';
import { attempt, type BotContext, MINUTE, placeOf } from './context.ts';
import { may, permissionToWrite } from './permissions.ts';
import { languageAt, type Question, readAddressed, readOverheard, recentAnswer, textOf } from './question.ts';
import { greeting, plainMessage, type ReplyMessage, replyMessage } from './reply.ts';
import { DISCORD_TEXTS } from './texts.ts';
import { settingsAt, triggerOf } from './trigger.ts';

type FullMessage = OmitPartialGroupDMChannel<Message>;
type AnyMessage = Message | PartialMessage;

/** Edits of older questions change no answer. The bot's own messages stay in memory as long. */
const EDITABLE_FOR = 5 * MINUTE;
/** If a question is deleted later than this, its answer stays. */
const ANSWERS_REMEMBERED_FOR = 24 * 60 * MINUTE;
const MAX_REMEMBERED = 20_000;
/** The same unprompted answer isn't given twice in a channel within this time. */
const REPEAT_AFTER = 5 * MINUTE;

interface Sent {
  readonly id: string;
  /** Equal for answers that say the same. */
  readonly fingerprint: string;
}

/** What became of a question; `removed` if somebody removed the answer, `undefined` if there is none (any more). */
type State = Sent | 'removed' | undefined;

/** Answers messages, and keeps the answers true to the questions: edited with them, deleted with them. */
export function answerMessages(context: BotContext) {
  const { channels, clock, limits, live, log, metrics, recorder } = context;
  const startedAt = clock.date();
  /** By the question's id. An edit waits for the answer that it changes; a message delivered twice is found here. */
  const answers = ttlCache<string, Promise<State>>(ANSWERS_REMEMBERED_FOR, MAX_REMEMBERED, clock);
  /** The question's id by channel and fingerprint of an answer: it isn't given there unprompted again. */
  const recentAnswers = ttlCache<string, string>(REPEAT_AFTER, MAX_REMEMBERED, clock);
  /** The members and channels that were just asked to slow down. */
  const warned = ttlCache<string, true>(MINUTE, MAX_REMEMBERED, clock);

  const triggerAt = (message: FullMessage) => triggerOf(message, settingsAt(message.channel, channels));
  const keyOf = ({ channelId }: AnyMessage, fingerprint: string) => `${channelId} ${fingerprint}`;

  async function created(message: FullMessage): Promise<void> {
    const trigger = triggerAt(message);
    if (trigger && !answers.get(message.id)) await follow(message, respond(message, trigger));
  }

  /** A member edited a message: its answer follows, and a mention that was added counts. */
  async function edited(message: FullMessage): Promise<void> {
    const { id, editedTimestamp, createdTimestamp } = message;
    // Discord also reports a message that was edited earlier and is pinned now, or gets a thread.
    if (editedTimestamp === null || Math.max(editedTimestamp, clock.date()) - createdTimestamp > EDITABLE_FOR) return;
    const trigger = triggerAt(message);
    const before = answers.get(id);
    // One from before the start may have been answered already.
    const isNew = createdTimestamp >= startedAt;
    if (before || (trigger === 'addressed' && isNew)) await follow(message, respond(message, trigger, before));
  }

  /** A question was deleted, and its answer goes, too; or an answer was. */
  async function deleted(message: AnyMessage): Promise<void> {
    const answer = answers.get(message.id);
    answers.delete(message.id);
    await remove(message, await answer);

    const question = message.reference?.messageId ?? '';
    const state = await answers.get(question);
    if (state && state !== 'removed' && state.id === message.id) answers.set(question, Promise.resolve('removed'));
  }

  async function follow({ id }: FullMessage, state: Promise<State>): Promise<void> {
    // So that an edit of a question at which the bot failed is answered.
    const answer = state.catch(() => undefined);
    answers.set(id, answer);
    if ((await answer) === undefined && answers.get(id) === answer) answers.delete(id);
    // The failure itself is for the log.
    await state;
  }

  /** Answers a message, or changes its answer after an edit. */
  async function respond(message: FullMessage, trigger: Trigger | undefined, before?: Promise<State>): Promise<State> {
    const since = clock.now();
    const { author, channelId } = message;
    const isAddressed = trigger === 'addressed';
    const sent = await before;
    if (sent === 'removed') return sent;
    if (!trigger) return remove(message, sent);
    const limit = limits.reached(author.id, channelId);
    if (limit) return sent ?? (isAddressed ? slowDown(message, limit.of, limit.seconds) : undefined);
    // Now already: many questions may arrive at once, and reading one may take a request.
    if (isAddressed || sent) limits.charge('member', author.id);
    if (isAddressed) limits.charge('channel', channelId);

    // The knowledge may be replaced meanwhile: this one has the topics that the decision names.
    const { engine } = live;
    const question = isAddressed ? await readAddressed(message, context) : readOverheard(message, context);
    if (question?.kind === 'read' && question.decision.kind === 'acknowledge') await react(message);
    const plan = question && planFor(message, question, engine);
    if (!plan) return remove(message, sent);
    const { reply, summary } = plan;
    const { outcome, language } = summary;
    const fingerprint = JSON.stringify(summary);
    if (fingerprint === sent?.fingerprint) return sent;
    const key = keyOf(message, fingerprint);
    const first = recentAnswers.get(key) ?? message.id;
    if (!isAddressed && first !== message.id) return remove(message, sent);
    recentAnswers.set(key, first);
    if (!isAddressed) limits.charge('channel', channelId);

    const answer = sent ? await edit(message, sent, reply) : await send(message, reply);
    if (!answer) {
      allowRepeat(message, fingerprint);
      return sent;
    }
    if (sent) allowRepeat(message, sent.fingerprint);
    const way = isAddressed ? 'message' : 'overheard';
    // Other people's messages are not recorded, forwarded ones included.
    if (question.kind === 'read' && question.own && message.messageSnapshots.size === 0)
      await recorder?.answered(answer.id, author.id, question.own, question.decision);
    if (!sent && outcome !== 'nothing' && outcome !== 'withheld')
      metrics?.answered({ outcome, language, way, seconds: (clock.now() - since) / 1_000 });
    log.info({ ...placeOf(message), way, ...summary }, sent ? 'edited an answer' : 'answered');
    return { id: answer.id, fingerprint };
  }

  /** The reply, and what it says: an edit that changes none of this changes nothing. */
  function planFor(message: FullMessage, question: Question, engine: Engine) {
    const { knowledge } = engine;
    const viewer = { asker: message.author.id, isPrivate: false };
    if (question.kind !== 'read') {
      const { kind, language } = question;
      const cannotRead = plainMessage(DISCORD_TEXTS[language].cannotRead);
      const reply = kind === 'nothing' ? greeting(language, viewer, knowledge) : cannotRead;
      return { reply, summary: { outcome: kind, topics: [], language } };
    }
    const { decision } = question;
    const { kind, reasons, language } = decision;
    log.debug({ ...placeOf(message), kind, reasons }, 'decided');
    const reply = engine.reply(decision);
    if (!reply) return undefined;
    const summary = { outcome: reply.kind, topics: 'topics' in decision ? decision.topics : [], language };
    return { reply: replyMessage(reply, viewer, knowledge), summary };
  }

  /** An answer that was not posted, or was removed, may be given unprompted. */
  function allowRepeat(message: AnyMessage, fingerprint: string): void {
    const key = keyOf(message, fingerprint);
    if (recentAnswers.get(key) === message.id) recentAnswers.delete(key);
  }

  async function slowDown(message: FullMessage, of: 'member' | 'channel', seconds: number): Promise<State> {
    const { author, channelId } = message;
    const limited = of === 'member' ? author.id : channelId;
    if (warned.get(limited)) return undefined;
    warned.set(limited, true);
    log.info({ ...placeOf(message), limit: of, seconds }, 'reached the limit');
    const { engine } = live;
    const before = recentAnswer(message, engine)?.language ?? languageAt(message, context);
    const { language = before } = engine.read(textOf(message));
    const notice = await send(message, plainMessage(DISCORD_TEXTS[language].slowDown[of](seconds)));
    // Unlike any answer: an edit of the question replaces the notice.
    return notice && { id: notice.id, fingerprint: '' };
  }

  async function react(message: FullMessage): Promise<void> {
    if (!may(message.channel, 'AddReactions', 'ReadMessageHistory')) return;
    await perform('reacting to thanks', message, async () => message.channel?.messages.react(message.id, '👍'));
  }

  /** Returns the answer, if Discord took it. */
  async function send(message: FullMessage, reply: ReplyMessage): Promise<Message | undefined> {
    const { id, channel, editedTimestamp } = message;
    if (!may(channel, permissionToWrite(channel))) {
      // Discord bans clients after 10,000 invalid requests in 10 minutes.
      logMissingPermission(log, 'answering', placeOf(message));
      return undefined;
    }
    // The question's id and its edit, 25 characters at most: Discord drops a second answer, even from another instance.
    const nonce = id + (editedTimestamp === null ? '' : editedTimestamp % 100_000);
    const mayReply = may(channel, 'ReadMessageHistory');
    const once = { ...reply, nonce, enforceNonce: true };
    const post = (): Promise<Message> =>
      mayReply ? message.reply({ ...once, failIfNotExists: false }) : channel.send(once);
    // Without a nonce, repeating it could post twice.
    return perform('answering', message, post);
  }

  function edit(message: FullMessage, { id }: Sent, reply: ReplyMessage) {
    return perform('editing an answer', message, async () => message.channel?.messages.edit(id, reply));
  }

  async function remove(message: AnyMessage, sent: State): Promise<undefined> {
    if (!sent || sent === 'removed') return;
    allowRepeat(message, sent.fingerprint);
    await perform('deleting an answer', message, async () => {
      await message.channel?.messages.delete(sent.id);
      log.info(placeOf(message), 'deleted an answer');
    });
  }

  /** Logs a failure; repeats after a broken connection: @discordjs/rest repeats only 5xx, timeouts and ECONNRESET. */
  function perform<T>(during: string, message: AnyMessage, request: () => Promise<T>): Promise<T | undefined> {
    const again = (error: unknown) => (isConnectionError(error) ? request() : Promise.reject(error));
    return attempt(log, during, placeOf(message), () => request().catch(again));
  }

  return { created, edited, deleted };
}
