import { ChannelType } from 'discord.js';
import {
  CreateForumThreadRequestSchema,
  CreateTextThreadWithMessageRequestSchema,
  CreateTextThreadWithoutMessageRequestSchema,
  ThreadResponseSchema,
  UpdateThreadRequestPartialSchema,
} from 'discord-api-spec/zod';
import { notATextChannel, threadAlreadyThere } from '../errors.ts';
import { threadUpdated } from '../events.ts';
import { type MessageBody, messageProblems } from '../message-limits.ts';
import { channelPayload } from '../payloads/channel.ts';
import { FULL_VIEW, messagePayload } from '../payloads/message.ts';
import { may } from '../permissions.ts';
import { post } from '../posting.ts';
import { noContent, ok, type Route } from '../routing.ts';
import { openThread, openThreadFrom } from '../threads.ts';
import { channelOf, guildOf, messageOf, need } from './access.ts';
import { draftOf } from './messages.ts';

interface ThreadBody {
  readonly name: string;
  readonly type?: ChannelType;
  readonly message?: MessageBody;
}

/** Channels and threads. */
export const channelRoutes: readonly Route[] = [
  {
    on: 'GET /channels/{channel_id}',
    handle: (call) => ok(channelPayload(channelOf(call), call.world.bot)),
  },
  {
    on: 'PATCH /channels/{channel_id}',
    body: UpdateThreadRequestPartialSchema,
    answers: ThreadResponseSchema,
    handle: (call) => {
      const channel = channelOf(call);
      const { thread } = channel;
      if (!thread) throw notATextChannel();
      if (thread.ownerId !== call.world.bot.id) need(call, channel, 'ManageThreads');
      const { archived, locked, name } = call.body as { archived?: boolean; locked?: boolean; name?: string };
      thread.archived = archived ?? thread.archived;
      thread.locked = locked ?? thread.locked;
      channel.name = name ?? channel.name;
      threadUpdated(call.world, channel);
      return ok(channelPayload(channel, call.world.bot));
    },
  },
  {
    on: 'POST /channels/{channel_id}/threads',
    body: (call) =>
      channelOf(call).isForum ? CreateForumThreadRequestSchema : CreateTextThreadWithoutMessageRequestSchema,
    limits: ({ message }: ThreadBody) => (message ? messageProblems(message, 0b1000000000100) : []),
    handle: (call) => {
      const { world } = call;
      const { name, type, message } = call.body as ThreadBody;
      const parent = channelOf(call);
      // Without a type, Discord makes a private thread (docs, "Start Thread without Message").
      const isPrivate = !parent.isForum && (type ?? ChannelType.PrivateThread) === ChannelType.PrivateThread;
      need(call, parent, parent.isForum ? 'SendMessages' : isPrivate ? 'CreatePrivateThreads' : 'CreatePublicThreads');
      const thread = openThread(world, parent, world.bot, { name, private: isPrivate });
      const payload = channelPayload(thread, world.bot);
      if (!message) return ok(payload, 201);
      const first = post(world, thread, world.bot, { ...draftOf(message), id: thread.id });
      return ok({ ...payload, message: messagePayload(world, first, FULL_VIEW) }, 201);
    },
  },
  {
    on: 'POST /channels/{channel_id}/messages/{message_id}/threads',
    body: CreateTextThreadWithMessageRequestSchema,
    ignores: ['type'],
    answers: ThreadResponseSchema,
    handle: (call) => {
      const { world } = call;
      const channel = channelOf(call);
      const message = messageOf(call, channel);
      need(call, channel, 'CreatePublicThreads');
      if (message.thread) throw threadAlreadyThere();
      const thread = openThreadFrom(world, message, world.bot, (call.body as ThreadBody).name);
      return ok(channelPayload(thread, world.bot), 201);
    },
  },
  {
    on: 'PUT /channels/{channel_id}/thread-members/@me',
    handle: (call) => {
      channelOf(call).thread?.memberIds.add(call.world.bot.id);
      return noContent;
    },
  },
  {
    on: 'GET /guilds/{guild_id}/threads/active',
    handle: (call) => {
      const { world } = call;
      const guild = guildOf(call);
      const threads = [...world.channels.values()].filter(
        (channel) =>
          channel.guild === guild && channel.thread?.archived === false && may(world.bot, channel, 'ViewChannel'),
      );
      return ok({ threads: threads.map((thread) => channelPayload(thread, world.bot)), members: [], has_more: false });
    },
  },
];
