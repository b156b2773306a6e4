import { type APIMessage, MessageReferenceType, MessageType, PollLayoutType } from 'discord.js';
import type { Message } from '../message.ts';
import { timeOf } from '../snowflake.ts';
import type { Reader, World } from '../world.ts';
import { channelPayload } from './channel.ts';
import { interactionMetadata } from './interaction.ts';
import { partialMemberPayload, userPayload } from './people.ts';

/** Whoever sees a message as a person does: with what is written in it. */
export const FULL_VIEW: Reader = { readsContent: true };

/**
 * Whether Discord withholds what is written from a bot without the MessageContent intent: it does, except in direct
 * messages with the bot, in the bot's own messages and in those that mention it (docs, "Message Content Intent").
 */
export function isWithheld(world: World, message: Message, { readsContent }: Reader): boolean {
  if (readsContent || message.author.id === world.bot.id || message.interaction) return false;
  if (message.channel.recipients.some(({ id }) => id === world.bot.id)) return false;
  return !message.pinged.some(({ id }) => id === world.bot.id);
}

/** A message as the REST API and, with `guild_id` and `member` added, the gateway show it. */
export function messagePayload(world: World, message: Message, reader: Reader, nested = false): APIMessage {
  const withheld = isWithheld(world, message, reader);
  const { replyTo, interaction, webhook, channel } = message;
  const payload: APIMessage = {
    id: message.id,
    channel_id: channel.id,
    type: message.type,
    author: userPayload(message.author),
    content: withheld ? '' : message.content,
    embeds: withheld ? [] : [...message.embeds],
    components: withheld ? [] : [...message.components],
    attachments: [],
    mentions: message.pinged.map(userPayload),
    mention_roles: [...message.pingedRoles],
    mention_everyone: message.pingsEveryone,
    timestamp: new Date(timeOf(message.id)).toISOString(),
    edited_timestamp: message.editedAt === undefined ? null : new Date(message.editedAt).toISOString(),
    flags: message.flags,
    pinned: false,
    tts: false,
  };
  if (message.nonce !== undefined) payload.nonce = message.nonce;
  if (message.thread) payload.thread = channelPayload(message.thread, world.bot) as NonNullable<APIMessage['thread']>;
  if (webhook) payload.webhook_id = webhook.id;
  if (interaction) {
    payload.application_id = world.applicationId;
    payload.interaction_metadata = interactionMetadata(interaction, message);
  }
  if (message.type === MessageType.ThreadStarterMessage && channel.parent) {
    payload.message_reference = {
      type: 0,
      channel_id: channel.parent.id,
      message_id: channel.id,
      ...(channel.guild ? { guild_id: channel.guild.id } : {}),
    };
  }
  const { forwards, poll } = message;
  if (forwards) {
    const { type, content, embeds, attachments, timestamp, edited_timestamp, flags } = messagePayload(
      world,
      forwards,
      FULL_VIEW,
    );
    const forwarded = {
      type,
      components: [],
      embeds,
      attachments,
      timestamp,
      edited_timestamp,
      mentions: [],
      mention_roles: [],
    };
    payload.message_reference = {
      type: MessageReferenceType.Forward,
      channel_id: forwards.channel.id,
      message_id: forwards.id,
      ...(forwards.channel.guild ? { guild_id: forwards.channel.guild.id } : {}),
    };
    payload.message_snapshots = [
      { message: { ...forwarded, ...(flags === undefined ? {} : { flags }), content: withheld ? '' : content } },
    ];
  }
  if (poll !== undefined && !withheld) {
    payload.poll = {
      question: { text: poll },
      answers: ['Ja', 'Nein'].map((text, index) => ({ answer_id: index + 1, poll_media: { text } })),
      expiry: new Date(timeOf(message.id) + 86_400_000).toISOString(),
      allow_multiselect: false,
      layout_type: PollLayoutType.Default,
      results: { is_finalized: false, answer_counts: [] },
    };
  }
  if (replyTo) {
    payload.message_reference = {
      type: 0,
      channel_id: replyTo.channel.id,
      message_id: replyTo.id,
      ...(channel.guild ? { guild_id: channel.guild.id } : {}),
    };
    if (!nested) payload.referenced_message = replyTo.deleted ? null : messagePayload(world, replyTo, reader, true);
  }
  return payload;
}

/** A message as the gateway shows it. Ephemeral ones come without the guild, as if they were direct messages. */
export function gatewayMessagePayload(world: World, message: Message, reader: Reader): object {
  const { guild } = message.channel;
  const payload = { ...messagePayload(world, message, reader), channel_type: message.channel.type };
  if (!guild || message.onlyFor) return payload;
  return {
    ...payload,
    guild_id: guild.id,
    mentions: message.pinged.map((user) => ({
      ...userPayload(user),
      ...(guild.members.has(user.id) ? { member: partialMemberPayload(guild, user) } : {}),
    })),
    ...(guild.members.has(message.author.id) ? { member: partialMemberPayload(guild, message.author) } : {}),
  };
}
