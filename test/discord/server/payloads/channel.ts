import { type APIChannel, ChannelType, ThreadAutoArchiveDuration } from 'discord.js';
import type { Channel } from '../channel.ts';
import type { User } from '../user.ts';
import { userPayload } from './people.ts';

const lastMessageId = (channel: Channel) => [...channel.messages.values()].findLast((m) => !m.onlyFor)?.id ?? null;

/** A channel of any kind as the API shows it to the bot. */
export function channelPayload(channel: Channel, bot: User): APIChannel {
  const payload = channel.isDirect
    ? directPayload(channel, bot)
    : channel.isThread
      ? threadPayload(channel, bot)
      : guildChannelPayload(channel);
  return payload as unknown as APIChannel;
}

function directPayload(channel: Channel, bot: User): object {
  const group = channel.type === ChannelType.GroupDM;
  return {
    id: channel.id,
    type: channel.type,
    flags: 0,
    last_message_id: lastMessageId(channel),
    recipients: channel.recipients.filter(({ id }) => id !== bot.id).map(userPayload),
    ...(group ? { name: null, icon: null, owner_id: channel.recipients[0]?.id } : {}),
  };
}

function guildChannelPayload(channel: Channel): object {
  const { guild } = channel;
  return {
    id: channel.id,
    type: channel.type,
    flags: 0,
    guild_id: guild?.id,
    name: channel.name,
    position: [...(guild?.channels.keys() ?? [])].indexOf(channel.id),
    parent_id: channel.parent?.id ?? null,
    last_message_id: lastMessageId(channel),
    nsfw: false,
    permission_overwrites: [...channel.overwrites].map(([id, { type, allow, deny }]) => ({
      id,
      type,
      allow: allow.toString(),
      deny: deny.toString(),
    })),
    rate_limit_per_user: 0,
    ...(channel.type === ChannelType.GuildVoice
      ? { bitrate: 64_000, user_limit: 0, rtc_region: null }
      : { topic: null, default_thread_rate_limit_per_user: 0 }),
    ...(channel.isForum
      ? {
          available_tags: [],
          default_reaction_emoji: null,
          default_sort_order: null,
          default_forum_layout: 0,
          default_tag_setting: null,
        }
      : {}),
  };
}

function threadPayload(channel: Channel, bot: User): object {
  const { thread } = channel;
  if (!thread) throw new Error(`${channel.label} has no state of a thread.`);
  const createdAt = new Date(thread.createdAt).toISOString();
  return {
    id: channel.id,
    type: channel.type,
    flags: 0,
    guild_id: channel.guild?.id,
    name: channel.name,
    parent_id: channel.parent?.id ?? null,
    owner_id: thread.ownerId,
    last_message_id: lastMessageId(channel),
    rate_limit_per_user: 0,
    message_count: thread.messageCount,
    total_message_sent: thread.messageCount,
    member_count: thread.memberIds.size,
    thread_metadata: {
      archived: thread.archived,
      archive_timestamp: createdAt,
      auto_archive_duration: ThreadAutoArchiveDuration.OneDay,
      locked: thread.locked,
      create_timestamp: createdAt,
    },
    ...(channel.parent?.isForum ? { applied_tags: [] } : {}),
    ...(thread.memberIds.has(bot.id)
      ? { member: { id: channel.id, user_id: bot.id, join_timestamp: createdAt, flags: 0 } }
      : {}),
  };
}
