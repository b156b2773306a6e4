import {
  type APIMessageInteractionMetadata,
  ApplicationIntegrationType,
  InteractionContextType,
  InteractionType,
} from 'discord.js';
import type { Interaction } from '../interaction.ts';
import type { Message } from '../message.ts';
import { permissionsIn } from '../permissions.ts';
import type { World } from '../world.ts';
import { channelPayload } from './channel.ts';
import { memberPayload, userPayload } from './people.ts';

/** Where an interaction takes place, by Discord's three kinds. */
export function contextOf(world: World, interaction: Pick<Interaction, 'channel'>): InteractionContextType {
  const { channel } = interaction;
  if (channel.guild) return InteractionContextType.Guild;
  return channel.recipients.some(({ id }) => id === world.bot.id)
    ? InteractionContextType.BotDM
    : InteractionContextType.PrivateChannel;
}

/** By whose installation an interaction is possible: the guild's (its id, `0` in the bot's own DMs), the person's. */
export function installationOwners(world: World, { channel, person }: Pick<Interaction, 'channel' | 'person'>) {
  const owners: { [type in ApplicationIntegrationType]?: string } = {};
  const context = contextOf(world, { channel });
  if (channel.guild?.hasBot) owners[ApplicationIntegrationType.GuildInstall] = channel.guild.id;
  if (context === InteractionContextType.BotDM) owners[ApplicationIntegrationType.GuildInstall] = '0';
  if (person.hasInstalledTheApp) owners[ApplicationIntegrationType.UserInstall] = person.id;
  return owners;
}

/** What a message tells about the interaction that it answers. */
export function interactionMetadata(interaction: Interaction, message: Message): APIMessageInteractionMetadata {
  const { original } = interaction;
  const metadata = {
    id: interaction.id,
    type: interaction.type,
    user: userPayload(interaction.person),
    authorizing_integration_owners: interaction.owners,
    ...(original && original !== message ? { original_response_message_id: original.id } : {}),
    ...(interaction.type === InteractionType.MessageComponent
      ? { interacted_message_id: interaction.message?.id }
      : interaction.message
        ? { target_message_id: interaction.message.id }
        : {}),
  };
  return metadata as APIMessageInteractionMetadata;
}

/** An interaction as INTERACTION_CREATE shows it. */
export function interactionPayload(world: World, interaction: Interaction): object {
  const { channel, person } = interaction;
  const { guild } = channel;
  const member = guild && {
    guild_id: guild.id,
    guild_locale: guild.locale,
    guild: { id: guild.id, locale: guild.locale, features: ['COMMUNITY'] },
    member: { ...memberPayload(guild, person), permissions: permissionsIn(channel, person).toString() },
  };
  // An app that is no member of the place has what the person may give to it there.
  const appPermissions =
    channel.guild && !channel.guild.hasBot ? permissionsIn(channel, person) : permissionsIn(channel, world.bot);
  return {
    id: interaction.id,
    application_id: world.applicationId,
    type: interaction.type,
    token: interaction.token,
    version: 1,
    locale: person.locale,
    context: contextOf(world, interaction),
    authorizing_integration_owners: interaction.owners,
    app_permissions: appPermissions.toString(),
    attachment_size_limit: 10_485_760,
    entitlements: [],
    channel_id: channel.id,
    channel: { ...channelPayload(channel, world.bot), permissions: permissionsIn(channel, person).toString() },
    ...(member ?? { user: userPayload(person) }),
    data: interaction.data,
    ...interaction.extra,
  };
}
