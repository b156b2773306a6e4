import {
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandType,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  MessageType,
  PermissionFlagsBits,
  WebhookType,
} from 'discord.js';
import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  IncomingWebhookRequestPartialSchema,
  IncomingWebhookUpdateRequestPartialSchema,
  InteractionCallbackResponseSchema,
  MessageResponseSchema,
  ModalInteractionCallbackRequestSchema,
  PongInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from 'discord-api-spec/zod';
import {
  alreadyAcknowledged,
  invalidFormBody,
  invalidWebhookToken,
  type Problem,
  unknownInteraction,
  unknownMessage,
  unknownWebhook,
} from '../errors.ts';
import type { Choice, Interaction } from '../interaction.ts';
import type { Message } from '../message.ts';
import { type MessageBody, messageProblems } from '../message-limits.ts';
import { FULL_VIEW, messagePayload } from '../payloads/message.ts';
import { permissionsIn } from '../permissions.ts';
import { post, remove, revise } from '../posting.ts';
import { type Call, noContent, ok, type Route } from '../routing.ts';
import type { Schema } from '../validation.ts';
import type { World } from '../world.ts';
import { draftOf, refuseEmpty } from './messages.ts';

/** Flags that an answer to an interaction may have. */
const SETTABLE =
  MessageFlags.Ephemeral |
  MessageFlags.SuppressEmbeds |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsComponentsV2;
/** Flags that an edit of one may have. */
const EDITABLE = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;

interface CallbackBody {
  readonly type: InteractionResponseType;
  readonly data?: MessageBody & { readonly choices?: readonly Choice[] };
}

const CALLBACK_SCHEMAS: Readonly<Partial<Record<InteractionResponseType, Schema>>> = {
  [InteractionResponseType.Pong]: PongInteractionCallbackRequestSchema,
  [InteractionResponseType.ChannelMessageWithSource]: CreateMessageInteractionCallbackRequestSchema,
  [InteractionResponseType.DeferredChannelMessageWithSource]: CreateMessageInteractionCallbackRequestSchema,
  [InteractionResponseType.DeferredMessageUpdate]: UpdateMessageInteractionCallbackRequestSchema,
  [InteractionResponseType.UpdateMessage]: UpdateMessageInteractionCallbackRequestSchema,
  [InteractionResponseType.ApplicationCommandAutocompleteResult]: ApplicationCommandAutocompleteCallbackRequestSchema,
  [InteractionResponseType.Modal]: ModalInteractionCallbackRequestSchema,
};

/** Which answers an interaction of a type takes. */
function fits({ type, message }: Interaction, answer: InteractionResponseType): boolean {
  const choices = answer === InteractionResponseType.ApplicationCommandAutocompleteResult;
  if (type === InteractionType.ApplicationCommandAutocomplete) return choices;
  if (choices || answer === InteractionResponseType.Pong) return false;
  const updates =
    answer === InteractionResponseType.UpdateMessage || answer === InteractionResponseType.DeferredMessageUpdate;
  if (updates) return type !== InteractionType.ApplicationCommand && message !== undefined;
  return !(answer === InteractionResponseType.Modal && type === InteractionType.ModalSubmit);
}

function callbackProblems({ type, data }: CallbackBody, call: Call): Problem[] {
  const interaction = call.world.interactions.get(call.param('interaction_token'));
  if (interaction && !fits(interaction, type)) {
    const message = `An interaction of type ${interaction.type} takes no answer of type ${type}.`;
    return [{ path: ['type'], code: 'INTERACTION_TYPE_INVALID', message }];
  }
  if (type === InteractionResponseType.ChannelMessageWithSource) return messageProblems(data ?? {}, SETTABLE);
  if (type === InteractionResponseType.UpdateMessage) return messageProblems(data ?? {}, EDITABLE);
  return [];
}

/** Shows a new message as an answer. Without the UseExternalApps permission, a visiting app is seen by one only. */
function show(world: World, interaction: Interaction, body: MessageBody, extraFlags = 0): Message {
  const { channel, person, type, original } = interaction;
  const visiting = channel.guild !== undefined && !channel.guild.hasBot;
  const hushed = visiting && !(permissionsIn(channel, person) & PermissionFlagsBits.UseExternalApps);
  const flags = (body.flags ?? 0) | extraFlags | (hushed ? MessageFlags.Ephemeral : 0);
  const command = (interaction.data as { type?: ApplicationCommandType }).type;
  const first =
    command === ApplicationCommandType.ChatInput ? MessageType.ChatInputCommand : MessageType.ContextMenuCommand;
  const replies = type === InteractionType.MessageComponent || original !== undefined;
  return post(world, channel, world.bot, {
    ...draftOf(body),
    flags,
    type: original ? MessageType.Reply : type === InteractionType.ApplicationCommand ? first : MessageType.Default,
    replyTo: replies ? (original ?? interaction.message) : undefined,
    webhook: { id: world.applicationId, type: WebhookType.Application },
    interaction,
    onlyFor: flags & MessageFlags.Ephemeral ? person : undefined,
  });
}

/** Carries out the first answer to an interaction. */
function answer(call: Call, interaction: Interaction, { type, data = {} }: CallbackBody): void {
  const { world } = call;
  switch (type) {
    case InteractionResponseType.ChannelMessageWithSource:
      refuseEmpty(call, data);
      interaction.original = show(world, interaction, data);
      break;
    case InteractionResponseType.DeferredChannelMessageWithSource:
      interaction.original = show(world, interaction, { flags: data.flags ?? 0 }, MessageFlags.Loading);
      break;
    case InteractionResponseType.DeferredMessageUpdate:
      interaction.original = interaction.message;
      break;
    case InteractionResponseType.UpdateMessage:
      interaction.original = interaction.message;
      if (interaction.message?.deleted) throw unknownMessage();
      if (interaction.message) revise(world, interaction.message, draftOf(data));
      break;
    case InteractionResponseType.ApplicationCommandAutocompleteResult:
      interaction.choices = data.choices ?? [];
      break;
    case InteractionResponseType.Modal:
      interaction.modal = data as unknown as APIModalInteractionResponseCallbackData;
      break;
    default:
  }
  interaction.answer = type;
  world.changes.announce();
}

/**
 * The interaction whose token a webhook request carries.
 * @throws DiscordError 10015 if there is none or nobody answered it yet, 50027 after its time
 */
function interactionOf({ world, param }: Call): Interaction {
  const interaction = world.interactions.get(param('webhook_token'));
  if (!interaction || param('webhook_id') !== world.applicationId) throw unknownWebhook();
  if (interaction.hasExpired(world)) throw invalidWebhookToken();
  if (interaction.answer === undefined) throw unknownWebhook();
  return interaction;
}

/** The message of an interaction that a request names. */
function answerOf(call: Call, interaction: Interaction): Message {
  const id = call.param('message_id') || '@original';
  const candidates = [interaction.original, ...interaction.followUps];
  const message = id === '@original' ? interaction.original : candidates.find((found) => found?.id === id);
  if (!message || message.deleted) throw unknownMessage();
  return message;
}

const shown = (world: World, message: Message) => messagePayload(world, message, FULL_VIEW);

/** Reading, editing and deleting an answer, by its id or as `@original`. */
function answerRoutes(path: string): Route[] {
  return [
    {
      on: `GET ${path}`,
      withoutToken: true,
      answers: MessageResponseSchema,
      handle: (call) => ok(shown(call.world, answerOf(call, interactionOf(call)))),
    },
    {
      on: `PATCH ${path}`,
      withoutToken: true,
      body: IncomingWebhookUpdateRequestPartialSchema,
      limits: (body: MessageBody) => messageProblems(body, EDITABLE),
      answers: MessageResponseSchema,
      handle: (call) => {
        const interaction = interactionOf(call);
        const message = answerOf(call, interaction);
        interaction.edits += 1;
        revise(call.world, message, draftOf(call.body as MessageBody));
        return ok(shown(call.world, message));
      },
    },
    {
      on: `DELETE ${path}`,
      withoutToken: true,
      handle: (call) => {
        const interaction = interactionOf(call);
        const message = answerOf(call, interaction);
        if (message === interaction.original) interaction.originalDeleted = true;
        remove(call.world, message);
        return noContent;
      },
    },
  ];
}

/** In the published API, the resource of a deferred answer is a message like any other (type 4). */
const resourceType = (type: InteractionResponseType) =>
  type === InteractionResponseType.DeferredChannelMessageWithSource
    ? InteractionResponseType.ChannelMessageWithSource
    : type;

/** Answers to interactions, the first one and those that follow. */
export const interactionRoutes: readonly Route[] = [
  {
    on: 'POST /interactions/{interaction_id}/{interaction_token}/callback',
    withoutToken: true,
    body: (call) => {
      const schema = CALLBACK_SCHEMAS[(call.body as CallbackBody | null)?.type ?? InteractionResponseType.Pong];
      if (schema) return schema;
      throw invalidFormBody([{ path: ['type'], code: 'BASE_TYPE_CHOICES', message: 'No such type of answer.' }]);
    },
    limits: callbackProblems,
    answers: InteractionCallbackResponseSchema,
    handle: (call) => {
      const { world, param, query } = call;
      const body = call.body as CallbackBody;
      const interaction = world.interactions.get(param('interaction_token'));
      if (!interaction || interaction.id !== param('interaction_id') || interaction.hasLapsed(world)) {
        throw unknownInteraction();
      }
      if (interaction.answer !== undefined) throw alreadyAcknowledged();
      answer(call, interaction, body);
      if (query.get('with_response') !== 'true') return noContent;
      const message = interaction.original;
      return ok({
        interaction: {
          id: interaction.id,
          type: interaction.type,
          channel_id: interaction.channel.id,
          ...(interaction.channel.guild ? { guild_id: interaction.channel.guild.id } : {}),
          ...(message
            ? {
                response_message_id: message.id,
                response_message_loading: message.loading,
                response_message_ephemeral: message.ephemeral,
              }
            : {}),
        },
        ...(message && body.type !== InteractionResponseType.DeferredMessageUpdate
          ? { resource: { type: resourceType(body.type), message: shown(world, message) } }
          : {}),
      });
    },
  },
  {
    on: 'POST /webhooks/{webhook_id}/{webhook_token}',
    withoutToken: true,
    body: IncomingWebhookRequestPartialSchema,
    limits: (body: MessageBody) => messageProblems(body, SETTABLE),
    answers: MessageResponseSchema,
    handle: (call) => {
      const { world } = call;
      const interaction = interactionOf(call);
      const body = call.body as MessageBody;
      refuseEmpty(call, body);
      // The first follow-up after "… is thinking" takes its place (docs, "Followup Messages").
      if (interaction.original?.loading) {
        revise(world, interaction.original, draftOf(body));
        interaction.edits += 1;
        return ok(shown(world, interaction.original));
      }
      const message = show(world, interaction, body);
      interaction.followUps.push(message);
      world.changes.announce();
      return ok(shown(world, message));
    },
  },
  ...answerRoutes('/webhooks/{webhook_id}/{webhook_token}/messages/@original'),
  ...answerRoutes('/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}'),
];
