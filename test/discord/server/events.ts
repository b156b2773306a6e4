import { GatewayIntentBits } from 'discord.js';
import type { Channel } from './channel.ts';
import type { Guild, Role } from './guild.ts';
import type { Interaction } from './interaction.ts';
import type { Message } from './message.ts';
import { channelPayload } from './payloads/channel.ts';
import { guildCreatePayload, rolePayload } from './payloads/guild.ts';
import { interactionPayload } from './payloads/interaction.ts';
import { gatewayMessagePayload } from './payloads/message.ts';
import { memberPayload } from './payloads/people.ts';
import { may } from './permissions.ts';
import type { User } from './user.ts';
import type { GatewayEvent, World } from './world.ts';

const { Guilds, GuildMembers, GuildMessages, DirectMessages } = GatewayIntentBits;

/** Sends what belongs to a guild, if the bot is a member there. */
function tellOfGuild(
  world: World,
  guild: Guild,
  name: GatewayEvent['name'],
  intents: number,
  data: () => object,
): void {
  if (guild.hasBot && guild.available) world.announce({ name, intents, guildId: guild.id, data });
}

/** The bot enters a guild, or a guild comes back. */
export function guildCreated(world: World, guild: Guild): void {
  tellOfGuild(world, guild, 'GUILD_CREATE', Guilds, () => guildCreatePayload(world, guild));
}

/** The bot is removed, or the guild is deleted. */
export function guildDeleted(world: World, guild: Guild): void {
  tellOfGuild(world, guild, 'GUILD_DELETE', Guilds, () => ({ id: guild.id }));
}

/** The guild has an outage. */
export function guildUnavailable(world: World, guild: Guild): void {
  const data = () => ({ id: guild.id, unavailable: true });
  world.announce({ name: 'GUILD_DELETE', intents: Guilds, guildId: guild.id, data });
}

/** A role was made or changed. */
export function roleChanged(world: World, guild: Guild, role: Role, how: 'create' | 'update'): void {
  const name = how === 'create' ? 'GUILD_ROLE_CREATE' : 'GUILD_ROLE_UPDATE';
  const data = () => ({ guild_id: guild.id, role: rolePayload(role, world.bot.id) });
  tellOfGuild(world, guild, name, Guilds, data);
}

/** Somebody joined. */
export function memberAdded(world: World, guild: Guild, user: User): void {
  const data = () => ({ guild_id: guild.id, ...memberPayload(guild, user) });
  tellOfGuild(world, guild, 'GUILD_MEMBER_ADD', GuildMembers, data);
}

/** Somebody has other roles. The bot hears of its own without the intent. */
export function memberUpdated(world: World, guild: Guild, user: User): void {
  const intents = user.id === world.bot.id ? 0 : GuildMembers;
  const data = () => ({ guild_id: guild.id, ...memberPayload(guild, user) });
  tellOfGuild(world, guild, 'GUILD_MEMBER_UPDATE', intents, data);
}

/** A channel of a guild was made. */
export function channelCreated(world: World, channel: Channel): void {
  if (channel.guild) {
    tellOfGuild(world, channel.guild, 'CHANNEL_CREATE', Guilds, () => channelPayload(channel, world.bot));
  }
}

/** A channel of a guild was changed, its permissions for example. */
export function channelUpdated(world: World, channel: Channel): void {
  if (channel.guild) {
    tellOfGuild(world, channel.guild, 'CHANNEL_UPDATE', Guilds, () => channelPayload(channel, world.bot));
  }
}

/** A channel or thread is gone. */
export function channelDeleted(world: World, channel: Channel): void {
  if (!channel.guild) return;
  const { id, type, parent, guild } = channel;
  if (channel.isThread) {
    const data = () => ({ id, type, parent_id: parent?.id ?? null, guild_id: guild.id });
    tellOfGuild(world, guild, 'THREAD_DELETE', Guilds, data);
  } else {
    tellOfGuild(world, guild, 'CHANNEL_DELETE', Guilds, () => channelPayload(channel, world.bot));
  }
}

/** A thread or forum post was started. */
export function threadCreated(world: World, thread: Channel): void {
  if (!thread.guild || !may(world.bot, thread, 'ViewChannel')) return;
  const data = () => ({ ...channelPayload(thread, world.bot), newly_created: true });
  tellOfGuild(world, thread.guild, 'THREAD_CREATE', Guilds, data);
}

/** A thread was archived, locked or opened again. */
export function threadUpdated(world: World, thread: Channel): void {
  if (!thread.guild || !may(world.bot, thread, 'ViewChannel')) return;
  tellOfGuild(world, thread.guild, 'THREAD_UPDATE', Guilds, () => channelPayload(thread, world.bot));
}

/** Sends what belongs to a message: to who can see the channel; ephemeral ones as direct messages of the bot's. */
function tellOfMessage(world: World, message: Message, name: GatewayEvent['name'], data: GatewayEvent['data']): void {
  const { channel } = message;
  if (!may(world.bot, channel, 'ViewChannel')) return;
  if (channel.guild && !message.onlyFor) {
    world.announce({ name, intents: GuildMessages, guildId: channel.guild.id, data });
  } else {
    world.announce({ name, intents: DirectMessages, data });
  }
}

export function messageCreated(world: World, message: Message): void {
  tellOfMessage(world, message, 'MESSAGE_CREATE', (reader) => gatewayMessagePayload(world, message, reader));
}

export function messageUpdated(world: World, message: Message): void {
  tellOfMessage(world, message, 'MESSAGE_UPDATE', (reader) => gatewayMessagePayload(world, message, reader));
}

export function messageDeleted(world: World, message: Message): void {
  const { id, channel, onlyFor } = message;
  const guild = channel.guild && !onlyFor ? { guild_id: channel.guild.id } : {};
  tellOfMessage(world, message, 'MESSAGE_DELETE', () => ({ id, channel_id: channel.id, ...guild }));
}

/** Several messages of one channel were deleted at once. */
export function messagesDeleted(world: World, channel: Channel, ids: readonly string[]): void {
  if (!channel.guild || !may(world.bot, channel, 'ViewChannel')) return;
  const guildId = channel.guild.id;
  const data = () => ({ ids: [...ids], channel_id: channel.id, guild_id: guildId });
  world.announce({ name: 'MESSAGE_DELETE_BULK', intents: GuildMessages, guildId, data });
}

/** Somebody runs a command, types into an option, clicks or chooses. */
export function interactionCreated(world: World, interaction: Interaction): void {
  const guildId = interaction.channel.guild?.id;
  world.announce({
    name: 'INTERACTION_CREATE',
    intents: 0,
    guildId,
    data: () => interactionPayload(world, interaction),
  });
}
