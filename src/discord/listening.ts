import { ChannelType, type Message } from 'discord.js';
import {
  type ChannelSettings,
  type ChannelSettingsStore,
  DEFAULT_CHANNEL_SETTINGS,
} from '../storage/channel-settings.ts';

/**
 * How a message reached the bot: said to it, or merely where it listens. A new post in a forum is put to everybody,
 * and its title belongs to the question.
 */
export type Heard = 'addressed' | 'overheard' | 'forum-post';

/** How a message is to be taken; `undefined` for one that is none of the bot's business. */
export function hear(message: Message<true> | Message, settings: ChannelSettings): Heard | undefined {
  if (shouldIgnore(message)) return undefined;
  if (message.channel.isDMBased()) return 'addressed';
  if (settings.mode === 'off') return undefined;
  if (isAddressed(message)) return 'addressed';
  if (settings.mode !== 'open') return undefined;
  if (!isInForum(message)) return 'overheard';
  return message.id === message.channelId ? 'forum-post' : undefined;
}

/** Bots, webhooks, system messages and the bot itself are never answered: not even by mistake, not even each other. */
function shouldIgnore({ author, webhookId, system, client }: Message): boolean {
  return author.bot || author.system || webhookId !== null || system || author.id === client.user.id;
}

/** By a mention of the bot or of the role that it alone has, or by a reply to it. `@everyone` means nobody. */
function isAddressed({ mentions, client }: Message): boolean {
  return (
    mentions.users.has(client.user.id) ||
    mentions.repliedUser?.id === client.user.id ||
    mentions.roles.some((role) => role.tags?.botId === client.user.id)
  );
}

function isInForum({ channel }: Message): boolean {
  const parent = channel.isThread() ? channel.parent?.type : undefined;
  return parent === ChannelType.GuildForum || parent === ChannelType.GuildMedia;
}

/** What moderators have set for where a message stands: threads and posts inherit. */
export function settingsAt(
  channel: { isThread(): boolean; id: string; parentId?: string | null } | null,
  store: Pick<ChannelSettingsStore, 'get'>,
): ChannelSettings {
  if (!channel) return DEFAULT_CHANNEL_SETTINGS;
  return store.get(settingsHolder(channel));
}

/** The channel or forum whose settings apply. */
export function settingsHolder(channel: { isThread(): boolean; id: string; parentId?: string | null }): string {
  return channel.isThread() ? (channel.parentId ?? channel.id) : channel.id;
}
