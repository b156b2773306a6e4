import {
  PermissionsBitField as Bits,
  type GuildTextBasedChannel,
  PermissionFlagsBits,
  type PermissionsBitField,
} from 'discord.js';
import type { Language } from '../knowledge/knowledge.ts';

/** Everything the bot asks for when it is invited, and why. */
export const NEEDED_PERMISSIONS = [
  'ViewChannel', // to hear questions
  'SendMessages', // to answer
  'SendMessagesInThreads', // in threads and forum posts, where SendMessages has no effect
  'ReadMessageHistory', // to answer as a reply, and to read what a short question refers to
] as const satisfies readonly (keyof typeof PermissionFlagsBits)[];

type Needed = (typeof NEEDED_PERMISSIONS)[number];

const NAMES: Readonly<Record<Language, Readonly<Record<Needed, string>>>> = {
  de: {
    ViewChannel: 'Kanäle ansehen',
    SendMessages: 'Nachrichten senden',
    SendMessagesInThreads: 'Nachrichten in Threads senden',
    ReadMessageHistory: 'Nachrichtenverlauf anzeigen',
  },
  en: {
    ViewChannel: 'View Channel',
    SendMessages: 'Send Messages',
    SendMessagesInThreads: 'Send Messages in Threads',
    ReadMessageHistory: 'Read Message History',
  },
};

/** The names, as Discord's settings show them, of what the bot needs in a channel and does not have. */
export function missingPermissions(channel: GuildTextBasedChannel, language: Language): string[] {
  const me = channel.guild.members.me;
  const held = me ? channel.permissionsFor(me) : new Bits();
  const sending: Needed = channel.isThread() ? 'SendMessagesInThreads' : 'SendMessages';
  return (['ViewChannel', sending, 'ReadMessageHistory'] as const)
    .filter((needed) => !held.has(PermissionFlagsBits[needed]))
    .map((needed) => NAMES[language][needed]);
}

/** May somebody with these permissions write in this channel? */
export function mayWrite(held: Readonly<PermissionsBitField> | null, inThread: boolean): boolean {
  return held?.has(inThread ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages) ?? false;
}
