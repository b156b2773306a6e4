import { ChannelType, MessageType, OverwriteType, WebhookType } from 'discord.js';
import { channelDeleted, channelUpdated, threadUpdated } from './events.ts';
import type { Guild, Role } from './guild.ts';
import type { Message } from './message.ts';
import { bitsOf, may, type PermissionName } from './permissions.ts';
import { post, removeTogether } from './posting.ts';
import { User } from './user.ts';
import type { World } from './world.ts';

/** Permissions given or taken in one channel, for a role or one member. */
export interface Overwrite {
  readonly type: OverwriteType;
  readonly allow: bigint;
  readonly deny: bigint;
}

/** What only threads have. */
export interface ThreadState {
  readonly ownerId: string;
  readonly createdAt: number;
  archived: boolean;
  locked: boolean;
  /** Messages apart from the first. */
  messageCount: number;
  readonly memberIds: Set<string>;
}

/** What a channel is made of. */
export interface ChannelTraits {
  readonly id: string;
  readonly type: ChannelType;
  readonly name: string;
  readonly guild?: Guild;
  readonly parent?: Channel;
  readonly recipients?: readonly User[];
  readonly thread?: ThreadState;
}

/** Somebody who may write into a channel through a webhook. */
export interface Webhook {
  says(content: string): Message;
}

const THREADS: readonly ChannelType[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
];
const FORUMS: readonly ChannelType[] = [ChannelType.GuildForum, ChannelType.GuildMedia];

/** A place for messages: a channel of a guild, a thread, a forum, direct messages. */
export class Channel {
  readonly id: string;
  readonly type: ChannelType;
  name: string;
  readonly guild: Guild | undefined;
  /** The category of a channel, or the channel or forum of a thread. */
  readonly parent: Channel | undefined;
  /** Who talks in direct messages; empty in a guild. */
  readonly recipients: readonly User[];
  readonly thread: ThreadState | undefined;
  readonly overwrites = new Map<string, Overwrite>();
  /** Every message that is there, ephemeral ones included. */
  readonly messages = new Map<string, Message>();
  /** How often the bot showed that it is typing here. */
  typingShown = 0;
  readonly #world: World;

  constructor(world: World, traits: ChannelTraits) {
    this.#world = world;
    this.id = traits.id;
    this.type = traits.type;
    this.name = traits.name;
    this.guild = traits.guild;
    this.parent = traits.parent;
    this.recipients = traits.recipients ?? [];
    this.thread = traits.thread;
  }

  get isThread(): boolean {
    return THREADS.includes(this.type);
  }

  /** A forum holds posts, not messages. */
  get isForum(): boolean {
    return FORUMS.includes(this.type);
  }

  get isDirect(): boolean {
    return this.guild === undefined;
  }

  /** How people name it in a sentence. */
  get label(): string {
    return this.isDirect
      ? `direct messages of ${this.recipients.map(({ name }) => name).join(' and ')}`
      : `#${this.name}`;
  }

  /** How a message text names it. */
  get mention(): string {
    return `<#${this.id}>`;
  }

  /** Gives permissions here, to a role, a member or everyone. */
  allow(whom: User | Role | 'everyone', ...names: readonly PermissionName[]): void {
    this.#overwrite(whom, ({ allow, deny }) => ({ allow: allow | bitsOf(names), deny: deny & ~bitsOf(names) }));
  }

  /** Takes permissions away here, from a role, a member or everyone. */
  deny(whom: User | Role | 'everyone', ...names: readonly PermissionName[]): void {
    this.#overwrite(whom, ({ allow, deny }) => ({ allow: allow & ~bitsOf(names), deny: deny | bitsOf(names) }));
  }

  #overwrite(whom: User | Role | 'everyone', change: (now: Omit<Overwrite, 'type'>) => Omit<Overwrite, 'type'>): void {
    if (!this.guild) throw new Error('Direct messages have no permissions to change.');
    if (this.isThread) throw new Error(`${this.label} is a thread: change the permissions of its parent channel.`);
    const id = whom === 'everyone' ? this.guild.id : whom.id;
    const type = whom instanceof User ? OverwriteType.Member : OverwriteType.Role;
    this.overwrites.set(id, { type, ...change(this.overwrites.get(id) ?? { allow: 0n, deny: 0n }) });
    channelUpdated(this.#world, this);
  }

  /** The messages that somebody sees here, oldest first; of the ephemeral ones only their own. */
  visibleTo(person: User): Message[] {
    if (!may(person, this, 'ViewChannel', 'ReadMessageHistory')) {
      // Ephemeral answers are shown even to somebody who may not read back.
      return [...this.messages.values()].filter(({ onlyFor }) => onlyFor?.id === person.id);
    }
    return [...this.messages.values()].filter(({ onlyFor }) => !onlyFor || onlyFor.id === person.id);
  }

  /** The bot's messages that everybody sees here, oldest first. */
  get fromBot(): Message[] {
    return [...this.messages.values()].filter(
      ({ author, onlyFor }) => author.id === this.#world.bot.id && onlyFor === undefined,
    );
  }

  /** A webhook that writes here. */
  webhook(name: string): Webhook {
    const world = this.#world;
    const state = { id: world.ids.next(), token: `webhook-${name}`, name, channel: this };
    world.webhooks.set(state.id, state);
    const author = new User({ id: state.id, name, bot: true });
    return {
      says: (content) => post(world, this, author, { content, webhook: { id: state.id, type: WebhookType.Incoming } }),
    };
  }

  /** A message of Discord's own, such as the one that greets a new member. */
  systemMessage(about: User, type: MessageType = MessageType.UserJoin, content = ''): Message {
    return post(this.#world, this, about, { content, type });
  }

  /** Deletes messages all at once, as the ban of a member or a bot for moderation does. */
  purge(...messages: readonly Message[]): void {
    removeTogether(this.#world, this, messages);
  }

  /** Archives a thread; with `locked`, only those who manage threads can write into it again. */
  archive(locked = false): void {
    if (!this.thread) throw new Error(`${this.label} is not a thread.`);
    this.thread.archived = true;
    this.thread.locked = locked;
    threadUpdated(this.#world, this);
  }

  /** Deletes the channel, with its threads and all that was said there. */
  delete(): void {
    const world = this.#world;
    for (const channel of [...world.channels.values()]) {
      if (channel.parent === this && channel.isThread) channel.delete();
    }
    world.channels.delete(this.id);
    this.guild?.channels.delete(this.id);
    channelDeleted(world, this);
    world.changes.announce();
  }
}
