import { ChannelType, type Message, MessageReferenceType } from 'discord.js';
import {
  type ChannelSettings,
  type ChannelSettingsStore,
  DEFAULT_CHANNEL_SETTINGS,
} from '../storage/channel-settings.ts';

/** How a message reached the bot. A new forum post asks everyone, and its title belongs to the question. */
export type Trigger = 'addressed' | 'overheard' | 'forum-post';

/** Whether and how a message concerns the bot; decided before its text is read. */
export function triggerOf(message: Message, settings: ChannelSettings): Trigger | undefined {
  if (shouldIgnore(message)) return undefined;
  if (message.channel.isDMBased()) return 'addressed';
  if (settings.mode === 'off') return undefined;
  if (isAddressed(message)) return 'addressed';
  if (settings.mode !== 'open' || isForSomebodyElse(message)) return undefined;
  if (!isInForum(message)) return 'overheard';
  return message.id === message.channelId ? 'forum-post' : undefined;
}

/** Bots, webhooks and system messages are never answered, so that bots can't keep each other talking. */
function shouldIgnore({ author, webhookId, system, client }: Message): boolean {
  return author.bot || author.system || webhookId !== null || system || author.id === client.user.id;
}

/** Mentions the bot or its own role, or replies to it. `@everyone` doesn't count. */
function isAddressed(message: Message): boolean {
  return mentionsBot(message) || message.mentions.repliedUser?.id === message.client.user.id;
}

export function mentionsBot({ mentions, client }: Message): boolean {
  return mentions.users.has(client.user.id) || mentions.roles.some((role) => role.tags?.botId === client.user.id);
}

/** A question that mentions or replies to another person is for that person, and a poll is for all members. */
function isForSomebodyElse(message: Message): boolean {
  const { mentions, author } = message;
  const others = mentions.users.filter(({ id }) => id !== author.id);
  const isToThem = isReply(message) && mentions.repliedUser?.id !== author.id;
  return others.size > 0 || mentions.roles.size > 0 || isToThem || message.poll !== null;
}

/** Does it reply to another message, deleted ones included? Forwarding one is no reply. */
export function isReply({ reference, system }: Message): boolean {
  return !system && reference !== null && reference.type === MessageReferenceType.Default;
}

function isInForum({ channel }: Message): boolean {
  const parent = channel.isThread() ? channel.parent?.type : undefined;
  return parent === ChannelType.GuildForum || parent === ChannelType.GuildMedia;
}

/** What moderators have set for the place of a message: threads and forum posts inherit. */
export function settingsAt(
  channel: { isThread(): boolean; id: string; parentId?: string | null } | null,
  store: Pick<ChannelSettingsStore, 'get'>,
): ChannelSettings {
  return channel ? store.get(settingsHolder(channel)) : DEFAULT_CHANNEL_SETTINGS;
}

/** The channel or forum whose settings apply. */
export function settingsHolder(channel: { isThread(): boolean; id: string; parentId?: string | null }): string {
  return channel.isThread() ? (channel.parentId ?? channel.id) : channel.id;
}
