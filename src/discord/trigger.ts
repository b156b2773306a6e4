import { type Channel, ChannelType, type Message, MessageType, type Role } from 'discord.js';
import type { Trigger } from '../engine/decide.ts';
import type { ChannelSettings } from '../storage/channel-settings.ts';
import type { Storage } from '../storage/storage.ts';

/** Whether and how a message concerns the bot; decided before its text is read. */
export function triggerOf(message: Message, { mode }: ChannelSettings): Trigger | undefined {
  const { author, webhookId, system, channel, client, mentions, poll } = message;
  const { id: bot } = client.user;
  // So that bots can't keep each other talking.
  if (author.bot || author.system || webhookId !== null || system) return undefined;
  if (channel.isDMBased()) return 'addressed';
  if (mode === 'off') return undefined;
  const isOwn = ({ tags }: Role) => tags?.botId === bot;
  const isNamed =
    mentions.roles.some(isOwn) ||
    mentions.has(client.user, { ignoreEveryone: true, ignoreRepliedUser: true, ignoreRoles: true });
  const mentionsOthers =
    mentions.users.some(({ id }) => id !== author.id && id !== bot) || !mentions.roles.every(isOwn);
  // Discord does not always say to whom a reply was. Its ping tells, unless the reply was sent without.
  const isReplyToBot = mentions.repliedUser?.id === bot || mentions.users.has(bot);
  // "@Ben have you seen this?" below an answer is for Ben, though Discord pings the bot for the reply.
  const isForOthers = mentions.everyone || mentionsOthers;
  if (isNamed || (isReplyToBot && !isForOthers)) return 'addressed';
  // A question that mentions or replies to another person is for that person, and a poll is for all members.
  const isReplyToOther = isReply(message) && mentions.repliedUser?.id !== author.id;
  if (mode !== 'open' || mentionsOthers || isReplyToOther || poll !== null) return undefined;
  const parent = channel.isThread() ? channel.parent?.type : undefined;
  const isInForum = parent === ChannelType.GuildForum || parent === ChannelType.GuildMedia;
  // A new forum post asks everyone; what follows in it is among members.
  return isInForum && message.id !== message.channelId ? undefined : 'overheard';
}

export function mentionsBot({ mentions, client }: Message): boolean {
  return mentions.users.has(client.user.id) || mentions.roles.some((role) => role.tags?.botId === client.user.id);
}

/** Does it reply to another message, deleted ones included? */
export function isReply({ type }: Message): boolean {
  return type === MessageType.Reply;
}

/** What moderators have set for the place of a message: threads and forum posts inherit. */
export function settingsAt(channel: Channel | null, store: Pick<Storage['channels'], 'get'>): ChannelSettings {
  return store.get(channel ? settingsHolder(channel) : undefined);
}

export function settingsHolder(channel: Channel): string {
  return (channel.isThread() && channel.parentId) || channel.id;
}
