import {
  type APIButtonComponent,
  type APIEmbed,
  type APIMessageTopLevelComponent,
  type APIStringSelectComponent,
  ComponentType,
  MessageFlags,
  type MessageType,
  type WebhookType,
} from 'discord.js';
import type { Channel } from './channel.ts';
import type { Interaction } from './interaction.ts';
import { isAfter } from './snowflake.ts';
import type { User } from './user.ts';
import type { World } from './world.ts';

/** What a message is made of when it is posted. */
export interface MessageTraits {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  readonly type: MessageType;
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly flags: number;
  readonly pinged: readonly User[];
  readonly pingedRoles: readonly string[];
  readonly pingsEveryone: boolean;
  readonly replyTo?: Message | undefined;
  readonly forwards?: Message | undefined;
  readonly poll?: string | undefined;
  readonly nonce?: string | number | undefined;
  readonly webhook?: { readonly id: string; readonly type: WebhookType } | undefined;
  readonly interaction?: Interaction | undefined;
  readonly onlyFor?: User | undefined;
}

/** A message as it stands now: it changes when it is edited, and says so when it is gone. */
export class Message {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  readonly type: MessageType;
  content: string;
  embeds: readonly APIEmbed[];
  components: readonly APIMessageTopLevelComponent[];
  flags: number;
  /** Who is notified by it. */
  pinged: readonly User[];
  pingedRoles: readonly string[];
  pingsEveryone: boolean;
  /** The message that it answers. */
  readonly replyTo: Message | undefined;
  /** The message that it forwards. */
  readonly forwards: Message | undefined;
  /** The question of its poll. */
  readonly poll: string | undefined;
  /** The bot's reactions to it. */
  readonly reactions: string[] = [];
  readonly nonce: string | number | undefined;
  readonly webhook: MessageTraits['webhook'];
  /** The interaction that it answers. */
  readonly interaction: Interaction | undefined;
  /** The only one who sees it, if it is ephemeral. */
  readonly onlyFor: User | undefined;
  /** The thread that was started from it. */
  thread: Channel | undefined;
  /** Unix milliseconds of the last edit. */
  editedAt: number | undefined;
  deleted = false;
  /** What it said before it was edited, oldest first. */
  readonly earlier: string[] = [];
  readonly #world: World;

  constructor(world: World, traits: MessageTraits) {
    this.#world = world;
    this.id = traits.id;
    this.channel = traits.channel;
    this.author = traits.author;
    this.type = traits.type;
    this.content = traits.content;
    this.embeds = traits.embeds;
    this.components = traits.components;
    this.flags = traits.flags;
    this.pinged = traits.pinged;
    this.pingedRoles = traits.pingedRoles;
    this.pingsEveryone = traits.pingsEveryone;
    this.replyTo = traits.replyTo;
    this.forwards = traits.forwards;
    this.poll = traits.poll;
    this.nonce = traits.nonce;
    this.webhook = traits.webhook;
    this.interaction = traits.interaction;
    this.onlyFor = traits.onlyFor;
  }

  get ephemeral(): boolean {
    return (this.flags & MessageFlags.Ephemeral) !== 0;
  }

  /** Whether it still says "… is thinking". */
  get loading(): boolean {
    return (this.flags & MessageFlags.Loading) !== 0;
  }

  /** Whether link previews are off. */
  get suppressesEmbeds(): boolean {
    return (this.flags & MessageFlags.SuppressEmbeds) !== 0;
  }

  /** The link that people copy. */
  get url(): string {
    return `https://discord.com/channels/${this.channel.guild?.id ?? '@me'}/${this.channel.id}/${this.id}`;
  }

  /** The buttons under it, in order. */
  get buttons(): APIButtonComponent[] {
    return this.#controls().filter((control): control is APIButtonComponent => control.type === ComponentType.Button);
  }

  /** The string menus under it, in order. */
  get menus(): APIStringSelectComponent[] {
    return this.#controls().filter(
      (control): control is APIStringSelectComponent => control.type === ComponentType.StringSelect,
    );
  }

  /** What is written on the buttons, in order. */
  get labels(): string[] {
    return this.buttons.map((button) => ('label' in button ? (button.label ?? '') : ''));
  }

  #controls() {
    return this.components.flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []));
  }

  /** The bot's answers to this message that are there now: those that reply to it, oldest first. */
  get replies(): Message[] {
    return this.channel.fromBot.filter(({ replyTo }) => replyTo === this);
  }

  /**
   * The bot's answer, as soon as it is there: a reply to this message or, failing that, the next thing that the bot
   * says here without replying to anything.
   * @throws WaitedInVain after the patience of `startDiscord`
   */
  reply(): Promise<Message> {
    const { channel } = this;
    return this.#world.until(`an answer to “${this.content}” in ${channel.label}`, () => {
      const [reply] = this.replies;
      return (
        reply ??
        channel.fromBot.find(({ id, replyTo, interaction }) => !replyTo && !interaction && isAfter(id, this.id))
      );
    });
  }

  /** Resolves when this message has been edited once more than at the time of the call. */
  edited(): Promise<Message> {
    const before = this.earlier.length;
    return this.#world.until(`an edit of “${this.content}”`, () => (this.earlier.length > before ? this : undefined));
  }

  /** Resolves when this message has been deleted. */
  gone(): Promise<void> {
    return this.#world
      .until(`the deletion of “${this.content}”`, () => (this.deleted ? true : undefined))
      .then(() => {});
  }
}
