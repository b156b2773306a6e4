import { ChannelType, MessageFlags, MessageType } from 'discord.js';
import { Channel } from './channel.ts';
import { messageUpdated, threadCreated } from './events.ts';
import type { Message } from './message.ts';
import { post } from './posting.ts';
import type { User } from './user.ts';
import type { World } from './world.ts';

/** What a thread is to be like. */
export interface ThreadPlan {
  readonly name: string;
  readonly id?: string;
  readonly private?: boolean;
}

/** Opens a thread in a channel, or a post in a forum. */
export function openThread(world: World, parent: Channel, owner: User, plan: ThreadPlan): Channel {
  if (!parent.guild) throw new Error('There are no threads in direct messages.');
  const open =
    parent.type === ChannelType.GuildAnnouncement ? ChannelType.AnnouncementThread : ChannelType.PublicThread;
  const thread = new Channel(world, {
    id: plan.id ?? world.ids.next(),
    type: plan.private ? ChannelType.PrivateThread : open,
    name: plan.name,
    guild: parent.guild,
    parent,
    thread: {
      ownerId: owner.id,
      createdAt: Date.now(),
      archived: false,
      locked: false,
      messageCount: 0,
      memberIds: new Set([owner.id]),
    },
  });
  world.channels.set(thread.id, thread);
  threadCreated(world, thread);
  return thread;
}

/** Opens a thread from a message, whose id it takes. */
export function openThreadFrom(world: World, message: Message, owner: User, name: string): Channel {
  const thread = openThread(world, message.channel, owner, { name, id: message.id });
  message.thread = thread;
  message.flags |= MessageFlags.HasThread;
  post(world, thread, owner, { type: MessageType.ThreadStarterMessage, replyTo: message, allowed: { parse: [] } });
  messageUpdated(world, message);
  return thread;
}
