import type { GuildTextBasedChannel, PermissionsBitField, PermissionsString } from 'discord.js';
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

/** The names of the permissions that the bot needs and lacks in a channel. */
export function missingPermissions(channel: GuildTextBasedChannel, language: Language): string[] {
  const { me } = channel.guild.members;
  const held = me && channel.permissionsFor(me);
  const sending = channel.isThread() ? 'SendMessagesInThreads' : 'SendMessages';
  return (['ViewChannel', sending, 'ReadMessageHistory'] as const)
    .filter((needed) => !held?.has(needed))
    .map((needed) => NEEDED[needed][language]);
}

/** May a member with these permissions write in the channel or thread? */
export function mayWrite(held: Readonly<PermissionsBitField> | null, inThread: boolean): boolean {
  return held?.has(inThread ? 'SendMessagesInThreads' : 'SendMessages') ?? false;
}
