import {
  PermissionsBitField as Bits,
  type GuildTextBasedChannel,
  PermissionFlagsBits,
  type PermissionsBitField,
} from 'discord.js';
import type { Language } from '../knowledge/knowledge.ts';

/** What the bot can't do without, and why. */
const NEEDED = [
  'ViewChannel', // to see questions
  'SendMessages', // to answer
  'SendMessagesInThreads', // in threads and forum posts, where SendMessages has no effect
  'ReadMessageHistory', // to answer as a reply, and to read what a message refers to
] as const satisfies readonly (keyof typeof PermissionFlagsBits)[];

/** Everything the bot asks for when it is invited. */
export const INVITE_PERMISSIONS = [
  ...NEEDED,
  'AddReactions', // for a quiet reaction to thanks
] as const satisfies readonly (keyof typeof PermissionFlagsBits)[];

type Needed = (typeof NEEDED)[number];

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

/** The needed permissions that the bot lacks in a channel, as Discord's settings name them. */
export function missingPermissions(channel: GuildTextBasedChannel, language: Language): string[] {
  const me = channel.guild.members.me;
  const held = me ? channel.permissionsFor(me) : new Bits();
  const sending: Needed = channel.isThread() ? 'SendMessagesInThreads' : 'SendMessages';
  return (['ViewChannel', sending, 'ReadMessageHistory'] as const)
    .filter((needed) => !held.has(PermissionFlagsBits[needed]))
    .map((needed) => NAMES[language][needed]);
}

/** May a member with these permissions write in the channel or thread? */
export function mayWrite(held: Readonly<PermissionsBitField> | null, inThread: boolean): boolean {
  return held?.has(inThread ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages) ?? false;
}
