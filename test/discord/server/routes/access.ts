import type { Channel } from '../channel.ts';
import {
  missingAccess,
  missingPermissions,
  unknownApplication,
  unknownChannel,
  unknownGuild,
  unknownMessage,
} from '../errors.ts';
import type { Guild } from '../guild.ts';
import type { Message } from '../message.ts';
import { may, type PermissionName } from '../permissions.ts';
import type { Call } from '../routing.ts';

/**
 * The channel that a request names, if the bot sees it.
 * @throws DiscordError 10003 if there is none, 50001 if the bot does not see it
 */
export function channelOf({ world, param }: Call): Channel {
  const channel = world.channels.get(param('channel_id'));
  if (!channel) throw unknownChannel();
  if (!may(world.bot, channel, 'ViewChannel')) throw missingAccess();
  return channel;
}

/**
 * The message that a request names. Ephemeral ones are to be had through their interaction only.
 * @throws DiscordError 10008 if there is none
 */
export function messageOf({ param }: Call, channel: Channel): Message {
  const message = channel.messages.get(param('message_id'));
  if (!message || message.onlyFor) throw unknownMessage();
  return message;
}

/**
 * The guild that a request names, if the bot is a member.
 * @throws DiscordError 10004
 */
export function guildOf({ world, param }: Call): Guild {
  const guild = world.guilds.get(param('guild_id'));
  if (!guild?.hasBot) throw unknownGuild();
  return guild;
}

/**
 * Insists on permissions of the bot's in a channel.
 * @throws DiscordError 50013
 */
export function need({ world }: Call, channel: Channel, ...names: readonly PermissionName[]): void {
  if (!may(world.bot, channel, ...names)) throw missingPermissions();
}

/**
 * Insists that the bot speaks of itself.
 * @throws DiscordError 10002
 */
export function ownApplication({ world, param }: Call): void {
  if (param('application_id') !== world.applicationId) throw unknownApplication();
}
