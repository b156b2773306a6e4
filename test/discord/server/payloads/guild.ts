import {
  type APIRole,
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  GuildVerificationLevel,
} from 'discord.js';
import type { Guild, Role } from '../guild.ts';
import { may } from '../permissions.ts';
import type { World } from '../world.ts';
import { channelPayload } from './channel.ts';
import { memberPayload } from './people.ts';

/** No flag is set; Discord's enumerations have no name for that. */
const NO_FLAGS = 0 as never;

/** A role as the API shows it. */
export function rolePayload(role: Role, botId: string): APIRole {
  return {
    id: role.id,
    name: role.name,
    permissions: role.permissions.toString(),
    position: role.position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: role.managed,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: NO_FLAGS,
    ...(role.managed ? { tags: { bot_id: botId } } : {}),
  };
}

/** A guild as `GET /guilds/:id` shows it. */
export function guildPayload(world: World, guild: Guild): object {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: ['COMMUNITY'],
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: GuildVerificationLevel.Low,
    roles: [...guild.roles.values()].map((role) => rolePayload(role, world.bot.id)),
    default_message_notifications: GuildDefaultMessageNotifications.OnlyMentions,
    mfa_level: GuildMFALevel.None,
    explicit_content_filter: GuildExplicitContentFilter.AllMembers,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: GuildPremiumTier.None,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: GuildNSFWLevel.Default,
    emojis: [],
    stickers: [],
    incidents_data: null,
  };
}

/** A guild as GUILD_CREATE shows it: with channels, the threads that the bot can see, and the bot's own membership. */
export function guildCreatePayload(world: World, guild: Guild): object {
  const threads = [...world.channels.values()].filter(
    (channel) => channel.guild === guild && channel.isThread && !channel.thread?.archived,
  );
  return {
    ...guildPayload(world, guild),
    joined_at: new Date(guild.members.get(world.bot.id)?.joinedAt ?? 0).toISOString(),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: [memberPayload(guild, world.bot)],
    channels: [...guild.channels.values()].map((channel) => channelPayload(channel, world.bot)),
    threads: threads
      .filter((thread) => may(world.bot, thread, 'ViewChannel'))
      .map((thread) => channelPayload(thread, world.bot)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
