import {
  type APIAllowedMentions,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  MessageFlags,
  MessageType,
  type WebhookType,
} from 'discord.js';
import type { Channel } from './channel.ts';
import { componentsAsShown, embedsAsShown } from './components.ts';
import { messageCreated, messageDeleted, messagesDeleted, messageUpdated, threadUpdated } from './events.ts';
import type { Interaction } from './interaction.ts';
import { pingsOf } from './mentions.ts';
import { Message } from './message.ts';
import type { User } from './user.ts';
import type { World } from './world.ts';

/** What somebody posts. */
export interface Draft {
  readonly id?: string | undefined;
  readonly content?: string | null | undefined;
  readonly type?: MessageType | undefined;
  readonly embeds?: readonly APIEmbed[] | null | undefined;
  readonly components?: readonly APIMessageTopLevelComponent[] | null | undefined;
  readonly flags?: number | null | undefined;
  readonly allowed?: APIAllowedMentions | null | undefined;
  readonly replyTo?: Message | undefined;
  readonly forwards?: Message | undefined;
  readonly poll?: string | undefined;
  readonly nonce?: string | number | null | undefined;
  readonly webhook?: { readonly id: string; readonly type: WebhookType } | undefined;
  readonly interaction?: Interaction | undefined;
  readonly onlyFor?: User | undefined;
}

/** Posts a message: it is there, and the gateway tells. */
export function post(world: World, channel: Channel, author: User, draft: Draft): Message {
  const content = draft.content ?? '';
  const message = new Message(world, {
    id: draft.id ?? world.ids.next(),
    channel,
    author,
    type: draft.type ?? (draft.replyTo ? MessageType.Reply : MessageType.Default),
    content,
    embeds: embedsAsShown(draft.embeds ?? []),
    components: componentsAsShown(draft.components ?? []),
    flags: draft.flags ?? 0,
    ...pingsOf(world, channel, author, { content, allowed: draft.allowed ?? undefined, replyTo: draft.replyTo }),
    replyTo: draft.replyTo,
    forwards: draft.forwards,
    poll: draft.poll,
    nonce: draft.nonce ?? undefined,
    webhook: draft.webhook,
    interaction: draft.interaction,
    onlyFor: draft.onlyFor,
  });
  channel.messages.set(message.id, message);
  if (channel.thread && message.id !== channel.id) channel.thread.messageCount += 1;
  if (channel.thread?.archived && !channel.thread.locked) {
    channel.thread.archived = false;
    threadUpdated(world, channel);
  }
  messageCreated(world, message);
  world.changes.announce();
  return message;
}

/** What an edit may change; what is `undefined` stays as it is, `null` empties it. */
export type Revision = Pick<Draft, 'content' | 'embeds' | 'components' | 'flags' | 'allowed'>;

/** Edits a message, its author's own. Discord notifies nobody anew of what a first version did not mention. */
export function revise(world: World, message: Message, revision: Revision): void {
  message.earlier.push(message.content);
  if (revision.content !== undefined) message.content = revision.content ?? '';
  if (revision.embeds !== undefined) message.embeds = embedsAsShown(revision.embeds ?? []);
  if (revision.components !== undefined) message.components = componentsAsShown(revision.components ?? []);
  if (typeof revision.flags === 'number') {
    const changeable = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;
    message.flags = (message.flags & ~MessageFlags.SuppressEmbeds) | (revision.flags & changeable);
  }
  if (revision.content !== undefined) {
    const { content, channel, author, replyTo } = message;
    Object.assign(
      message,
      pingsOf(world, channel, author, { content, allowed: revision.allowed ?? undefined, replyTo }),
    );
  }
  // The first text of a deferred answer is not an edit to those who see it.
  if (message.loading) message.flags &= ~MessageFlags.Loading;
  else message.editedAt = Date.now();
  messageUpdated(world, message);
  world.changes.announce();
}

/** Deletes a message. */
export function remove(world: World, message: Message): void {
  message.deleted = true;
  message.channel.messages.delete(message.id);
  messageDeleted(world, message);
  world.changes.announce();
}

/** Deletes messages of one channel all at once. */
export function removeTogether(world: World, channel: Channel, messages: readonly Message[]): void {
  for (const message of messages) {
    message.deleted = true;
    channel.messages.delete(message.id);
  }
  messagesDeleted(
    world,
    channel,
    messages.map(({ id }) => id),
  );
  world.changes.announce();
}
