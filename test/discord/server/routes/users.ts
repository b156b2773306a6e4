import { CreatePrivateChannelRequestSchema, UserPIIResponseSchema, UserResponseSchema } from 'discord-api-spec/zod';
import { unknownUser } from '../errors.ts';
import { channelPayload } from '../payloads/channel.ts';
import { userPayload } from '../payloads/people.ts';
import { permissionsInGuild } from '../permissions.ts';
import { ok, type Route } from '../routing.ts';

/** Accounts, and the direct messages with them. */
export const userRoutes: readonly Route[] = [
  {
    on: 'GET /users/@me',
    answers: UserPIIResponseSchema,
    handle: ({ world }) =>
      ok({ ...userPayload(world.bot), mfa_enabled: false, locale: 'en-US', verified: true, email: null }),
  },
  {
    on: 'GET /users/{user_id}',
    answers: UserResponseSchema,
    handle: ({ world, param }) => {
      const user = world.users.get(param('user_id'));
      if (!user) throw unknownUser();
      return ok(userPayload(user));
    },
  },
  {
    on: 'GET /users/@me/guilds',
    handle: ({ world }) =>
      ok(
        [...world.guilds.values()]
          .filter(({ hasBot }) => hasBot)
          .map((guild) => ({
            id: guild.id,
            name: guild.name,
            icon: null,
            banner: null,
            owner: false,
            permissions: permissionsInGuild(guild, world.bot).toString(),
            features: [],
          })),
      ),
  },
  {
    on: 'POST /users/@me/channels',
    body: CreatePrivateChannelRequestSchema,
    handle: ({ world, body }) => {
      const recipient = world.users.get((body as { recipient_id?: string }).recipient_id ?? '');
      if (!recipient) throw unknownUser();
      return ok(channelPayload(world.conversation(recipient, world.bot), world.bot));
    },
  },
];
