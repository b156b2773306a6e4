import type { APIModalInteractionResponseCallbackData, InteractionResponseType, InteractionType } from 'discord.js';
import type { Channel } from './channel.ts';
import { interactionCreated } from './events.ts';
import type { Message } from './message.ts';
import { installationOwners } from './payloads/interaction.ts';
import type { User } from './user.ts';
import type { World } from './world.ts';

/** One choice that autocomplete offers. */
export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

/** What somebody does that the bot is to answer. */
export interface InteractionTraits {
  readonly type: InteractionType;
  readonly person: User;
  readonly channel: Channel;
  /** The command, component or modal, as Discord tells of it. */
  readonly data: object;
  /** Fields beside `data`, such as the message of a button. */
  readonly extra?: object;
  /** The message with the button, or the one that was right-clicked. */
  readonly message?: Message | undefined;
}

/** An interaction, from the click to the last follow-up. */
export class Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly person: User;
  readonly channel: Channel;
  readonly data: object;
  readonly extra: object;
  readonly message: Message | undefined;
  readonly owners: ReturnType<typeof installationOwners>;
  /** By the clock of this Discord. */
  readonly createdAt: number;
  /** The kind of the first answer. */
  answer: InteractionResponseType | undefined;
  /** The message that `@original` names. */
  original: Message | undefined;
  /** Whether the bot deleted `@original`. */
  originalDeleted = false;
  readonly followUps: Message[] = [];
  choices: readonly Choice[] | undefined;
  modal: APIModalInteractionResponseCallbackData | undefined;
  /** Edits of `@original` after the first answer. */
  edits = 0;

  constructor(world: World, traits: InteractionTraits) {
    this.id = world.ids.next();
    this.createdAt = world.settings.clock.now();
    this.token = Buffer.from(`interaction:${this.id}:${'x'.repeat(60)}`).toString('base64url');
    this.type = traits.type;
    this.person = traits.person;
    this.channel = traits.channel;
    this.data = traits.data;
    this.extra = traits.extra ?? {};
    this.message = traits.message;
    this.owners = installationOwners(world, this);
  }

  /** Whether nobody answered in time; Discord forgets the interaction then. */
  hasLapsed({ settings }: World): boolean {
    return this.answer === undefined && settings.clock.now() - this.createdAt > settings.interactionDeadlineMs;
  }

  /** Whether follow-ups come too late as well. */
  hasExpired({ settings }: World): boolean {
    return settings.clock.now() - this.createdAt > settings.interactionLifetimeMs;
  }
}

/** Lets an interaction happen: the gateway tells of it, and the clock for the first answer runs. */
export function interact(world: World, traits: InteractionTraits): Interaction {
  const interaction = new Interaction(world, traits);
  world.interactions.set(interaction.token, interaction);
  interactionCreated(world, interaction);
  const { clock, interactionDeadlineMs } = world.settings;
  void clock.wait(interactionDeadlineMs + 1, { ref: false }).then(() => world.changes.announce());
  return interaction;
}
