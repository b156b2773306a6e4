import { GatewayIntentBits } from 'discord.js';
import { GuildMemberResponseSchema, GuildWithCountsResponseSchema } from 'discord-api-spec/zod';
import { missingAccess, unknownMember } from '../errors.ts';
import { channelPayload } from '../payloads/channel.ts';
import { guildPayload, rolePayload } from '../payloads/guild.ts';
import { memberPayload } from '../payloads/people.ts';
import { ok, type Route } from '../routing.ts';
import { guildOf } from './access.ts';

/** Guilds, their roles and members. */
export const guildRoutes: readonly Route[] = [
  {
    on: 'GET /guilds/{guild_id}',
    answers: GuildWithCountsResponseSchema,
    handle: (call) => {
      const guild = guildOf(call);
      const counts = { approximate_member_count: guild.members.size, approximate_presence_count: 1 };
      return ok({ ...guildPayload(call.world, guild), ...(call.query.get('with_counts') === 'true' ? counts : {}) });
    },
  },
  {
    on: 'GET /guilds/{guild_id}/channels',
    handle: (call) =>
      ok([...guildOf(call).channels.values()].map((channel) => channelPayload(channel, call.world.bot))),
  },
  {
    on: 'GET /guilds/{guild_id}/roles',
    handle: (call) => ok([...guildOf(call).roles.values()].map((role) => rolePayload(role, call.world.bot.id))),
  },
  {
    on: 'GET /guilds/{guild_id}/members/{user_id}',
    answers: GuildMemberResponseSchema,
    handle: (call) => {
      const guild = guildOf(call);
      const member = guild.members.get(call.param('user_id'));
      if (!member) throw unknownMember();
      return ok(memberPayload(guild, member.user));
    },
  },
  {
    on: 'GET /guilds/{guild_id}/members',
    handle: (call) => {
      const guild = guildOf(call);
      // The list of members needs the GuildMembers intent in the developer portal.
      if (call.world.refusedIntents & GatewayIntentBits.GuildMembers) throw missingAccess();
      return ok([...guild.members.values()].map(({ user }) => memberPayload(guild, user)));
    },
  },
  {
    on: 'GET /guilds/{guild_id}/members/search',
    handle: (call) => {
      const guild = guildOf(call);
      const query = (call.query.get('query') ?? '').toLowerCase();
      const found = [...guild.members.values()].filter(({ user }) => user.name.toLowerCase().startsWith(query));
      return ok(found.slice(0, Number(call.query.get('limit') ?? 1)).map(({ user }) => memberPayload(guild, user)));
    },
  },
];
