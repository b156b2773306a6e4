import {
  AllowedMentionsTypes,
  ApplicationCommandType,
  ButtonStyle,
  ComponentType,
  InteractionType,
  type Locale,
} from 'discord.js';
import { Channel } from './channel.ts';
import { commandData, findCommand, type OptionValues } from './command-lookup.ts';
import { type Choice, type InteractionTraits, interact } from './interaction.ts';
import { type InteractionRun, outcomeOf } from './interaction-run.ts';
import type { Message } from './message.ts';
import { FULL_VIEW, messagePayload } from './payloads/message.ts';
import { may, type PermissionName } from './permissions.ts';
import { post, remove, revise } from './posting.ts';
import { openThread, openThreadFrom } from './threads.ts';
import { User } from './user.ts';
import type { World } from './world.ts';

/** What a test may say about a person. */
export interface PersonTraits {
  /** Given by a role of their own, in the guild where they are introduced. */
  readonly permissions?: readonly PermissionName[];
  readonly locale?: `${Locale}`;
  /** True for another bot. */
  readonly bot?: boolean;
}

/** How a message is written. */
export interface Manner {
  readonly replyTo?: Message;
  /** False to reply without notifying; Discord's client notifies unless told otherwise. */
  readonly ping?: boolean;
  readonly id?: string;
}

/** Where a command is run. */
export interface Place {
  /** Direct messages with the bot, if it is left out. */
  readonly channel?: Channel;
  /** Runs it although the server hides it from this person, as an overwritten command permission would allow. */
  readonly forced?: boolean;
}

/** Which button or menu somebody uses. */
export interface Control {
  readonly label?: string;
  readonly customId?: string;
  /** Sends a custom id that is nowhere on the message, as a tampered client may try to. */
  readonly forged?: boolean;
}

/** Somebody on Discord, who does what people do there. */
export class Person extends User {
  readonly #world: World;

  constructor(world: World, name: string, traits: PersonTraits = {}) {
    const { locale, bot } = traits;
    super({ id: world.ids.next(), name, ...(locale ? { locale } : {}), ...(bot ? { bot } : {}) });
    this.#world = world;
    world.users.set(this.id, this);
  }

  /** Posts a message. */
  says(channel: Channel, content: string, { replyTo, ping = true, id }: Manner = {}): Message {
    const sending: PermissionName = channel.isThread ? 'SendMessagesInThreads' : 'SendMessages';
    if (channel.isForum) throw new Error(`${channel.label} is a forum: use posts().`);
    if (!may(this, channel, 'ViewChannel', sending)) throw new Error(`${this.name} may not write in ${channel.label}.`);
    return post(this.#world, channel, this, { id, content, replyTo, allowed: everything(ping) });
  }

  /** Forwards a message into another channel. */
  forwards(message: Message, channel: Channel): Message {
    this.#sees(message);
    return post(this.#world, channel, this, { forwards: message, allowed: { parse: [] } });
  }

  /** Starts a poll; the answers are yes and no. */
  polls(channel: Channel, question: string): Message {
    return post(this.#world, channel, this, { poll: question });
  }

  /** Posts a message to the bot alone. */
  directMessages(content: string, manner: Manner = {}): Message {
    return this.says(this.directChannel, content, manner);
  }

  /** The direct messages between this person and the bot. */
  get directChannel(): Channel {
    return this.#world.conversation(this, this.#world.bot);
  }

  /** Edits a message of their own. */
  edits(message: Message, content: string): Message {
    if (message.author.id !== this.id) throw new Error(`${this.name} did not write “${message.content}”.`);
    const ping = message.replyTo !== undefined && message.pinged.includes(message.replyTo.author);
    revise(this.#world, message, { content, allowed: everything(ping) });
    return message;
  }

  /** Deletes a message: their own, or anybody's with the permission for it. */
  deletes(message: Message): void {
    const { channel, author } = message;
    if (author.id !== this.id && !(channel.guild && may(this, channel, 'ManageMessages'))) {
      throw new Error(`${this.name} may not delete “${message.content}”.`);
    }
    remove(this.#world, message);
  }

  /** Starts a post in a forum. Returns its first message; its channel is the post's thread. */
  posts(forum: Channel, title: string, content: string): Message {
    if (!forum.isForum) throw new Error(`${forum.label} is no forum.`);
    if (!may(this, forum, 'SendMessages')) throw new Error(`${this.name} may not post in ${forum.label}.`);
    const thread = openThread(this.#world, forum, this, { name: title });
    return post(this.#world, thread, this, { id: thread.id, content });
  }

  /** Starts a thread, in a channel or from a message. Returns the thread. */
  startsThread(from: Channel | Message, name: string): Channel {
    const channel = from instanceof Channel ? from : from.channel;
    if (!may(this, channel, 'CreatePublicThreads')) throw new Error(`${this.name} may not open threads.`);
    return from instanceof Channel
      ? openThread(this.#world, from, this, { name })
      : openThreadFrom(this.#world, from, this, name);
  }

  /** Installs the application for themselves: its user commands then run everywhere. */
  installsTheApp(): void {
    this.hasInstalledTheApp = true;
  }

  /**
   * Runs a slash command, such as `xiaomipay ask`, and sees what comes of it.
   * @throws if Discord does not show the command here, or does not let anybody enter these options
   * @throws ApplicationDidNotRespond if there is no answer in time
   */
  async runs(line: string, options: OptionValues = {}, place: Place = {}): Promise<InteractionRun> {
    const channel = place.channel ?? this.directChannel;
    const found = findCommand(this.#world, this, channel, line, ApplicationCommandType.ChatInput, place.forced);
    const data = commandData(this.#world, this, channel, found, options);
    return this.#interacts({ type: InteractionType.ApplicationCommand, channel, data });
  }

  /** Types into an option of a slash command, and sees what autocomplete offers. */
  async types(
    line: string,
    option: string,
    text: string,
    place: Place & { readonly others?: OptionValues } = {},
  ): Promise<readonly Choice[]> {
    const channel = place.channel ?? this.directChannel;
    const found = findCommand(this.#world, this, channel, line, ApplicationCommandType.ChatInput, place.forced);
    const data = commandData(this.#world, this, channel, found, { ...place.others, [option]: text }, option);
    const type = InteractionType.ApplicationCommandAutocomplete;
    return (await this.#interacts({ type, channel, data })).choices;
  }

  /** Runs a command of a message's context menu. */
  async rightClicks(command: string, message: Message, { forced }: Place = {}): Promise<InteractionRun> {
    const { channel } = message;
    this.#sees(message);
    const found = findCommand(this.#world, this, channel, command, ApplicationCommandType.Message, forced);
    const messages = { [message.id]: messagePayload(this.#world, message, FULL_VIEW) };
    const data = {
      ...commandData(this.#world, this, channel, found, {}),
      target_id: message.id,
      resolved: { messages },
    };
    return this.#interacts({ type: InteractionType.ApplicationCommand, channel, data, message });
  }

  /**
   * Clicks a button, named by its label, its custom id, or both.
   * @throws if there is no such button, or it is disabled, or only opens a link
   */
  async clicks(message: Message, control: Control | string): Promise<InteractionRun> {
    const { label, customId, forged } = typeof control === 'string' ? { label: control } : control;
    this.#sees(message);
    const button = message.buttons.find(
      (candidate) =>
        (label === undefined || ('label' in candidate && candidate.label === label)) &&
        (customId === undefined || ('custom_id' in candidate && candidate.custom_id === customId)),
    );
    if (!button && !(forged && customId)) {
      throw new Error(
        `There is no button ${JSON.stringify(label ?? customId)} on “${message.content}”. Buttons: ${message.labels.join(', ') || 'none'}.`,
      );
    }
    if (button?.disabled) throw new Error(`The button ${JSON.stringify(label ?? customId)} is disabled.`);
    if (button?.style === ButtonStyle.Link) throw new Error('A link button tells the bot nothing.');
    const id = button && 'custom_id' in button ? button.custom_id : customId;
    const data = { custom_id: id, component_type: ComponentType.Button, id: button?.id ?? 1 };
    return this.#uses(message, data);
  }

  /**
   * Chooses from a menu under a message: one or more options, each by its value or by what is written there.
   * @throws if there is no such menu or option
   */
  async chooses(message: Message, control: Control, ...options: readonly string[]): Promise<InteractionRun> {
    this.#sees(message);
    const { customId, forged } = control;
    const menu = message.menus.find(({ custom_id }) => customId === undefined || custom_id === customId);
    if (!menu && !(forged && customId)) throw new Error(`There is no such menu on “${message.content}”.`);
    const values = options.map((option) => {
      const found = menu?.options.find(({ value, label }) => value === option || label === option);
      if (!found && !forged) {
        throw new Error(
          `The menu does not offer “${option}”. It offers: ${menu?.options.map(({ label }) => label).join(', ')}.`,
        );
      }
      return found?.value ?? option;
    });
    const custom_id = menu?.custom_id ?? customId;
    return this.#uses(message, { custom_id, component_type: ComponentType.StringSelect, id: menu?.id ?? 1, values });
  }

  /**
   * Fills in the form that a command or button opened, and submits it.
   * @param entries what to write, by the custom ids of the fields
   */
  async submits(run: InteractionRun, entries: Readonly<Record<string, string>>): Promise<InteractionRun> {
    const { modal, interaction } = run;
    if (!modal) throw new Error('No form was opened.');
    const field = (component: { custom_id?: string; value?: string; type: number }) => ({
      type: component.type,
      custom_id: component.custom_id,
      value: entries[component.custom_id ?? ''] ?? component.value ?? '',
    });
    const components = modal.components.map((row) => {
      if (row.type === ComponentType.ActionRow) return { type: row.type, components: row.components.map(field) };
      if (row.type === ComponentType.Label) {
        return { type: row.type, component: field(row.component as Parameters<typeof field>[0]) };
      }
      return { type: row.type };
    });
    const data = { custom_id: modal.custom_id, components };
    const { channel, message } = interaction;
    const extra = message ? { message: messagePayload(this.#world, message, FULL_VIEW) } : {};
    return this.#interacts({ type: InteractionType.ModalSubmit, channel, data, extra, message });
  }

  #sees(message: Message): void {
    if (!message.channel.visibleTo(this).includes(message)) {
      throw new Error(`${this.name} does not see “${message.content}” in ${message.channel.label}.`);
    }
  }

  #uses(message: Message, data: object): Promise<InteractionRun> {
    const extra = { message: messagePayload(this.#world, message, FULL_VIEW) };
    return this.#interacts({ type: InteractionType.MessageComponent, channel: message.channel, data, extra, message });
  }

  #interacts(traits: Omit<InteractionTraits, 'person'>): Promise<InteractionRun> {
    const interaction = interact(this.#world, { ...traits, person: this });
    return outcomeOf(this.#world, interaction, () => this.#world.settled());
  }
}

/** What Discord's own client says about pings: everything counts, the reply as its switch is set. */
function everything(repliedUser: boolean) {
  const parse = [AllowedMentionsTypes.User, AllowedMentionsTypes.Role, AllowedMentionsTypes.Everyone];
  return { parse, replied_user: repliedUser };
}
