import { type APIMessageReferenceSend, GatewayIntentBits, MessageFlags, MessageReferenceType } from 'discord.js';
import {
  MessageCreateRequestSchema,
  MessageEditRequestPartialSchema,
  MessageResponseSchema,
} from 'discord-api-spec/zod';
import type { Channel } from '../channel.ts';
import {
  cannotMessageUser,
  emptyMessage,
  invalidFormBody,
  notATextChannel,
  notInDirectMessages,
  notYourMessage,
  replyNeedsHistory,
  threadIsLocked,
} from '../errors.ts';
import type { Message } from '../message.ts';
import { type MessageBody, messageProblems } from '../message-limits.ts';
import { messagePayload } from '../payloads/message.ts';
import { may } from '../permissions.ts';
import { type Draft, post, remove, revise } from '../posting.ts';
import { type Call, noContent, ok, type Route } from '../routing.ts';
import { isAfter, timeOf } from '../snowflake.ts';
import type { World } from '../world.ts';
import { channelOf, messageOf, need } from './access.ts';

/** Flags that a bot may set on a message in a channel. */
const SETTABLE = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;
/** Flags that an edit may set. */
const EDITABLE = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;
/** For how long Discord remembers a nonce, in milliseconds ("the past few minutes"). */
const NONCE_LIFETIME = 3 * 60_000;

type Sent = MessageBody & {
  readonly nonce?: string | number | null;
  readonly enforce_nonce?: boolean | null;
  readonly message_reference?: APIMessageReferenceSend | null;
};

/** A body as a draft. */
export function draftOf(body: MessageBody): Draft {
  const { content, embeds, flags, allowed_mentions } = body;
  const components = body.components as Draft['components'];
  return { content, embeds, components, flags, allowed: allowed_mentions };
}

/**
 * Refuses a message with nothing in it.
 * @throws DiscordError 50006
 */
export function refuseEmpty(call: Call, body: MessageBody): void {
  if (body.content?.trim() || body.embeds?.length || body.components?.length || body['poll']) return;
  call.world.violate('message', 'a message with nothing in it');
  throw emptyMessage();
}

/** What the bot may read over REST goes by what the developer portal grants. */
const restReader = ({ refusedIntents }: World) => ({
  readsContent: !(refusedIntents & GatewayIntentBits.MessageContent),
});

const shown = (world: World, message: Message) => messagePayload(world, message, restReader(world));

/** Insists that the bot may write into a channel at all. */
function needToWrite(call: Call, channel: Channel, body: MessageBody): void {
  const { bot } = call.world;
  if (channel.isForum) throw notATextChannel();
  if (channel.isDirect && channel.recipients.some((person) => person.id !== bot.id && person.blocksDirectMessages)) {
    throw cannotMessageUser();
  }
  if (channel.thread?.locked && !may(bot, channel, 'ManageThreads')) throw threadIsLocked();
  need(call, channel, channel.isThread ? 'SendMessagesInThreads' : 'SendMessages');
  if (body.embeds?.length) need(call, channel, 'EmbedLinks');
}

/** The message that is replied to, if it is there. */
function referenced(call: Call, channel: Channel, reference: Sent['message_reference']): Message | undefined {
  if (!reference || (reference.type ?? MessageReferenceType.Default) !== MessageReferenceType.Default) return undefined;
  if (!may(call.world.bot, channel, 'ReadMessageHistory')) throw replyNeedsHistory();
  const message = channel.messages.get(reference.message_id);
  if (message && !message.onlyFor) return message;
  if (reference.fail_if_not_exists === false) return undefined;
  throw invalidFormBody([{ path: ['message_reference'], code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' }]);
}

/** The message that was sent with the same nonce before, if the bot asked Discord to look for it. */
function sameNonce(channel: Channel, { nonce, enforce_nonce: enforced }: Sent): Message | undefined {
  if (!enforced || nonce === undefined || nonce === null) return undefined;
  const recently = Date.now() - NONCE_LIFETIME;
  return channel.fromBot.find((message) => message.nonce === nonce && timeOf(message.id) > recently);
}

/** Messages in channels. */
export const messageRoutes: readonly Route[] = [
  {
    on: 'POST /channels/{channel_id}/messages',
    body: MessageCreateRequestSchema,
    limits: (body: MessageBody) => messageProblems(body, SETTABLE),
    answers: MessageResponseSchema,
    handle: (call) => {
      const { world } = call;
      const body = call.body as Sent;
      const channel = channelOf(call);
      needToWrite(call, channel, body);
      refuseEmpty(call, body);
      const again = sameNonce(channel, body);
      if (again) return ok(shown(world, again));
      const replyTo = referenced(call, channel, body.message_reference);
      const message = post(world, channel, world.bot, { ...draftOf(body), replyTo, nonce: body.nonce });
      return ok(shown(world, message));
    },
  },
  {
    on: 'GET /channels/{channel_id}/messages',
    handle: (call) => {
      const { world, query } = call;
      const channel = channelOf(call);
      if (!may(world.bot, channel, 'ReadMessageHistory')) return ok([]);
      const limit = Number(query.get('limit') ?? 50);
      if (!(limit >= 1 && limit <= 100)) {
        throw invalidFormBody([{ path: ['limit'], code: 'NUMBER_TYPE_MAX', message: 'Must be between 1 and 100.' }]);
      }
      const before = query.get('before');
      const after = query.get('after');
      const around = query.get('around');
      const newestFirst = [...channel.messages.values()]
        .filter(({ onlyFor }) => !onlyFor)
        .sort((a, b) => (isAfter(a.id, b.id) ? -1 : 1))
        .filter(({ id }) => (!before || isAfter(before, id)) && (!after || isAfter(id, after)));
      const start = around
        ? Math.max(0, newestFirst.findIndex(({ id }) => !isAfter(id, around)) - Math.floor(limit / 2))
        : after
          ? Math.max(0, newestFirst.length - limit)
          : 0;
      return ok(newestFirst.slice(start, start + limit).map((message) => shown(world, message)));
    },
  },
  {
    on: 'GET /channels/{channel_id}/messages/{message_id}',
    answers: MessageResponseSchema,
    handle: (call) => {
      const channel = channelOf(call);
      need(call, channel, 'ReadMessageHistory');
      return ok(shown(call.world, messageOf(call, channel)));
    },
  },
  {
    on: 'PATCH /channels/{channel_id}/messages/{message_id}',
    body: MessageEditRequestPartialSchema,
    limits: (body: MessageBody) => messageProblems(body, EDITABLE),
    answers: MessageResponseSchema,
    handle: (call) => {
      const { world } = call;
      const body = call.body as MessageBody;
      const message = messageOf(call, channelOf(call));
      if (message.author.id !== world.bot.id) throw notYourMessage();
      revise(world, message, draftOf(body));
      return ok(shown(world, message));
    },
  },
  {
    on: 'DELETE /channels/{channel_id}/messages/{message_id}',
    handle: (call) => {
      const { world } = call;
      const channel = channelOf(call);
      const message = messageOf(call, channel);
      if (message.author.id !== world.bot.id) {
        if (channel.isDirect) throw notInDirectMessages();
        need(call, channel, 'ManageMessages');
      }
      remove(world, message);
      return noContent;
    },
  },
  {
    on: 'PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me',
    handle: (call) => {
      const channel = channelOf(call);
      const message = messageOf(call, channel);
      need(call, channel, 'ReadMessageHistory', 'AddReactions');
      message.reactions.push(call.param('emoji_name'));
      return noContent;
    },
  },
  {
    on: 'POST /channels/{channel_id}/messages/{message_id}/crosspost',
    answers: MessageResponseSchema,
    handle: (call) => {
      const message = messageOf(call, channelOf(call));
      message.flags |= MessageFlags.Crossposted;
      return ok(shown(call.world, message));
    },
  },
  {
    on: 'POST /channels/{channel_id}/typing',
    handle: (call) => {
      const channel = channelOf(call);
      need(call, channel, channel.isThread ? 'SendMessagesInThreads' : 'SendMessages');
      channel.typingShown += 1;
      return noContent;
    },
  },
];
