import type { Channel, GuildTextBasedChannel, PermissionsString } from 'discord.js';
import type { Language } from '../knowledge/knowledge.ts';

/** The permissions that the bot needs, by their names in Discord. */
const NEEDED = {
  ViewChannel: { de: 'Kanäle ansehen', en: 'View Channel' },
  SendMessages: { de: 'Nachrichten senden', en: 'Send Messages' },
  SendMessagesInThreads: { de: 'Nachrichten in Threads senden', en: 'Send Messages in Threads' },
  ReadMessageHistory: { de: 'Nachrichtenverlauf anzeigen', en: 'Read Message History' },
} as const;

/** Everything that the bot asks for when it is invited; the last one is for a quiet reaction to thanks. */
export const INVITE_PERMISSIONS = [...Object.keys(NEEDED), 'AddReactions'] as PermissionsString[];

/** Which of these permissions the bot lacks in a channel: none in direct messages, and none where that can't be known. */
function lacking<P extends PermissionsString>(channel: Channel | null, ...needed: readonly P[]): P[] {
  if (!channel || channel.isDMBased()) return [];
  const { me } = channel.guild.members;
  // Contrary to its type, null for a thread whose parent isn't known.
  const held = me && channel.permissionsFor(me);
  return held ? needed.filter((permission) => !held.has(permission)) : [];
}

/** Has the bot all these permissions in a channel? */
export const may = (channel: Channel | null, ...needed: readonly PermissionsString[]): boolean =>
  lacking(channel, ...needed).length === 0;

/** The names of the permissions that the bot needs and lacks in a channel. */
export function missingPermissions(channel: GuildTextBasedChannel, language: Language): string[] {
  const missing = lacking(channel, 'ViewChannel', permissionToWrite(channel), 'ReadMessageHistory');
  return missing.map((permission) => NEEDED[permission][language]);
}

/** What it takes to write in a channel; threads have a permission of their own. */
export function permissionToWrite(channel: Channel | null) {
  return channel?.isThread() ? 'SendMessagesInThreads' : 'SendMessages';
}
