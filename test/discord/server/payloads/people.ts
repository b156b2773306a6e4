import type { APIGuildMember, APIUser } from 'discord.js';
import type { Guild } from '../guild.ts';
import type { User } from '../user.ts';

/** No flag is set; Discord's enumerations have no name for that. */
const NO_FLAGS = 0 as never;

/** An account as the API shows it. */
export function userPayload(user: User): APIUser {
  return {
    id: user.id,
    username: user.name.toLowerCase().replaceAll(/[^a-z0-9_.]/g, '_'),
    global_name: user.bot ? null : user.name,
    discriminator: user.bot ? '0001' : '0',
    avatar: null,
    banner: null,
    accent_color: null,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
    public_flags: NO_FLAGS,
    flags: NO_FLAGS,
    ...(user.bot ? { bot: true } : {}),
  };
}

/** Somebody's membership as the API shows it. */
export function memberPayload(guild: Guild, user: User): APIGuildMember {
  return { ...partialMemberPayload(guild, user), user: userPayload(user) };
}

/** A membership without the account, as messages carry it. */
export function partialMemberPayload(guild: Guild, user: User): Omit<APIGuildMember, 'user'> {
  const member = guild.members.get(user.id);
  return {
    avatar: null,
    banner: null,
    communication_disabled_until: null,
    deaf: false,
    flags: NO_FLAGS,
    joined_at: new Date(member?.joinedAt ?? Date.now()).toISOString(),
    mute: false,
    nick: null,
    pending: false,
    premium_since: null,
    roles: [...(member?.roles ?? [])].map(({ id }) => id),
  };
}
