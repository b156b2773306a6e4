import { OverwriteType, PermissionFlagsBits } from 'discord.js';
import type { Channel } from './channel.ts';
import type { Guild } from './guild.ts';
import type { User } from './user.ts';

/** A permission by Discord's name, such as `ManageMessages`. */
export type PermissionName = keyof typeof PermissionFlagsBits;

/** Every permission there is. */
export const ALL_PERMISSIONS = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);

/** What Discord lets everyone do in a new server. */
export const EVERYONE_BY_DEFAULT: readonly PermissionName[] = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'CreatePrivateThreads',
  'EmbedLinks',
  'AttachFiles',
  'AddReactions',
  'UseExternalEmojis',
  'UseExternalStickers',
  'ReadMessageHistory',
  'UseApplicationCommands',
  'UseExternalApps',
  'SendPolls',
  'SendVoiceMessages',
  'CreateInstantInvite',
  'ChangeNickname',
  'Connect',
  'Speak',
  'Stream',
  'UseVAD',
];

/** What people and bots may do in a conversation outside of any server. */
const IN_DIRECT_MESSAGES: readonly PermissionName[] = [
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'AddReactions',
  'UseExternalEmojis',
  'ReadMessageHistory',
  'UseApplicationCommands',
  'UseExternalApps',
  'MentionEveryone',
  'SendPolls',
  'SendVoiceMessages',
];

/** Permissions as Discord's bit set. */
export function bitsOf(names: readonly PermissionName[]): bigint {
  return names.reduce((bits, name) => bits | PermissionFlagsBits[name], 0n);
}

/** What a member may do in a server as a whole, by its roles. Nobody outside may do anything. */
export function permissionsInGuild(guild: Guild, user: User): bigint {
  const member = guild.members.get(user.id);
  if (!member) return 0n;
  if (guild.ownerId === user.id) return ALL_PERMISSIONS;
  let bits = guild.everyone.permissions;
  for (const role of member.roles) bits |= role.permissions;
  return bits & PermissionFlagsBits.Administrator ? ALL_PERMISSIONS : bits;
}

/**
 * What somebody may do in a channel: roles, then the channel's overwrites in Discord's order
 * (everyone, roles together, the member), threads by their parent, as documented under "Permissions".
 */
export function permissionsIn(channel: Channel, user: User): bigint {
  const { guild } = channel;
  if (!guild) return channel.recipients.some(({ id }) => id === user.id) ? bitsOf(IN_DIRECT_MESSAGES) : 0n;
  const base = permissionsInGuild(guild, user);
  if (base === ALL_PERMISSIONS || base === 0n) return base;
  const { overwrites } = channel.parent && channel.isThread ? channel.parent : channel;

  let bits = base;
  const everyone = overwrites.get(guild.id);
  if (everyone) bits = (bits & ~everyone.deny) | everyone.allow;
  let denied = 0n;
  let allowed = 0n;
  for (const role of guild.members.get(user.id)?.roles ?? []) {
    const overwrite = overwrites.get(role.id);
    denied |= overwrite?.deny ?? 0n;
    allowed |= overwrite?.allow ?? 0n;
  }
  bits = (bits & ~denied) | allowed;
  const own = overwrites.get(user.id);
  if (own?.type === OverwriteType.Member) bits = (bits & ~own.deny) | own.allow;

  // Who cannot see a channel can do nothing there; who cannot send cannot do what needs sending.
  if (!(bits & PermissionFlagsBits.ViewChannel)) return 0n;
  const sends = channel.isThread ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  if (!(bits & sends)) {
    bits &= ~bitsOf(['MentionEveryone', 'SendTTSMessages', 'AttachFiles', 'EmbedLinks']);
  }
  return bits;
}

/** Whether somebody has all of these permissions in a channel. */
export function may(user: User, channel: Channel, ...names: PermissionName[]): boolean {
  const needed = bitsOf(names);
  return (permissionsIn(channel, user) & needed) === needed;
}
