import { type GuildTextBasedChannel, PermissionFlagsBits, type PermissionsBitField } from 'discord.js';
import type { Language } from '../knowledge/knowledge.ts';

/** Everything that the bot asks for when it is invited; the last one is for a quiet reaction to thanks. */
export const INVITE_PERMISSIONS = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'ReadMessageHistory',
  'AddReactions',
] as const satisfies readonly (keyof typeof PermissionFlagsBits)[];

type Needed = Exclude<(typeof INVITE_PERMISSIONS)[number], 'AddReactions'>;

const NAMES: Readonly<Record<Needed, Readonly<Record<Language, string>>>> = {
  ViewChannel: { de: 'Kanäle ansehen', en: 'View Channel' },
  SendMessages: { de: 'Nachrichten senden', en: 'Send Messages' },
  SendMessagesInThreads: { de: 'Nachrichten in Threads senden', en: 'Send Messages in Threads' },
  ReadMessageHistory: { de: 'Nachrichtenverlauf anzeigen', en: 'Read Message History' },
};

/** The names of the permissions that the bot needs and lacks in a channel. */
export function missingPermissions(channel: GuildTextBasedChannel, language: Language): string[] {
  const { me } = channel.guild.members;
  const held = me && channel.permissionsFor(me);
  const sending = channel.isThread() ? 'SendMessagesInThreads' : 'SendMessages';
  return (['ViewChannel', sending, 'ReadMessageHistory'] as const)
    .filter((needed) => !held?.has(PermissionFlagsBits[needed]))
    .map((needed) => NAMES[needed][language]);
}

/** May a member with these permissions write in the channel or thread? */
export function mayWrite(held: Readonly<PermissionsBitField> | null, inThread: boolean): boolean {
  return held?.has(inThread ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages) ?? false;
}
