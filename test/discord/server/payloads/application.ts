import { ApplicationFlags, GatewayIntentBits } from 'discord.js';
import type { World } from '../world.ts';
import { userPayload } from './people.ts';

/** The flags that tell an application which privileged intents the developer portal grants it. */
export function applicationFlags({ refusedIntents }: World): number {
  const granted = (intent: GatewayIntentBits, flag: ApplicationFlags) => (refusedIntents & intent ? 0 : flag);
  return (
    granted(GatewayIntentBits.MessageContent, ApplicationFlags.GatewayMessageContentLimited) |
    granted(GatewayIntentBits.GuildMembers, ApplicationFlags.GatewayGuildMembersLimited) |
    granted(GatewayIntentBits.GuildPresences, ApplicationFlags.GatewayPresenceLimited)
  );
}

/** The application as `GET /applications/@me` shows it. */
export function applicationPayload(world: World): object {
  const flags = applicationFlags(world);
  return {
    id: world.applicationId,
    name: world.bot.name,
    icon: null,
    description: '',
    type: null,
    flags,
    flags_new: flags.toString(),
    bot: userPayload(world.bot),
    bot_public: true,
    bot_require_code_grant: false,
    integration_types_config: { '0': {}, '1': {} },
    verify_key: '0'.repeat(64),
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: userPayload(world.owner),
    approximate_guild_count: [...world.guilds.values()].filter(({ hasBot }) => hasBot).length,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  };
}
