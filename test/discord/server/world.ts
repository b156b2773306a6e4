import { type APIApplicationCommand, ChannelType, type GatewayDispatchEvents } from 'discord.js';
import type { Clock } from '../../../src/operation/clock.ts';
import { Channel } from './channel.ts';
import type { Guild } from './guild.ts';
import type { Interaction } from './interaction.ts';
import { describeRequest, type RequestRecord, type Violation } from './request-log.ts';
import { Snowflakes } from './snowflake.ts';
import { User } from './user.ts';
import { Changes } from './waiting.ts';

/** What a gateway connection may see, decided when it identified. */
export interface Reader {
  /** Whether it asked for, and was given, the MessageContent intent. */
  readonly readsContent: boolean;
}

/** An event on its way to the gateway. */
export interface GatewayEvent {
  readonly name: `${GatewayDispatchEvents}`;
  /** Bits of the intents, any of which lets the event through; 0 where none is needed. */
  readonly intents: number;
  /** The guild it belongs to decides the shard; events without one go to shard 0. */
  readonly guildId?: string | undefined;
  readonly data: (reader: Reader) => object;
}

/** What `startDiscord` lets a test choose; all of it has a default. */
export interface WorldSettings {
  readonly token: string;
  readonly botName: string;
  /** How long the bot has for its first answer to an interaction, in milliseconds (Discord: 3,000; here as long as people wait, unless told: a machine may be busy). */
  readonly interactionDeadlineMs: number;
  /** How long an interaction's token lives, in milliseconds (Discord: 15 minutes). */
  readonly interactionLifetimeMs: number;
  /** How long people here wait for the bot before a test fails, in milliseconds. */
  readonly patienceMs: number;
  /** By which interactions lapse and expire. */
  readonly clock: Clock;
}

/** A webhook of a channel, an author that is neither a member nor a bot account. */
export interface WebhookState {
  readonly id: string;
  readonly token: string;
  readonly name: string;
  readonly channel: Channel;
}

/** Everything that is the case on this Discord; both the people of a test and the bot's requests change it. */
export class World {
  readonly settings: WorldSettings;
  readonly ids = new Snowflakes();
  readonly changes = new Changes();
  readonly applicationId: string;
  readonly bot: User;
  /** Who owns the application in the developer portal. */
  readonly owner: User;

  readonly users = new Map<string, User>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  readonly webhooks = new Map<string, WebhookState>();
  /** Interactions by token. */
  readonly interactions = new Map<string, Interaction>();
  /** Commands by scope: `global`, or the id of a guild. */
  readonly commands = new Map<string, readonly APIApplicationCommand[]>();

  readonly requests: RequestRecord[] = [];
  readonly violations: Violation[] = [];
  /** Intents that the developer portal does not grant. */
  refusedIntents = 0;
  /** Where events go; the gateway puts itself here. */
  announce: (event: GatewayEvent) => void = () => {};
  /** Resolves when the bot is idle; `startDiscord` puts it here. */
  settled: () => Promise<void> = async () => {};

  constructor(settings: WorldSettings) {
    this.settings = settings;
    this.applicationId = this.ids.next();
    this.bot = this.account(settings.botName, true);
    this.owner = this.account('Owner', false);
  }

  /** A new account without any behaviour of its own. */
  account(name: string, bot: boolean): User {
    const user = new User({ id: this.ids.next(), name, bot });
    this.users.set(user.id, user);
    return user;
  }

  /** The direct messages between these people, opened if there are none yet. */
  conversation(...recipients: readonly User[]): Channel {
    const ids = new Set(recipients.map(({ id }) => id));
    for (const channel of this.channels.values()) {
      if (channel.guild || channel.recipients.length !== ids.size) continue;
      if (channel.recipients.every(({ id }) => ids.has(id))) return channel;
    }
    const type = recipients.length > 2 ? ChannelType.GroupDM : ChannelType.DM;
    const channel = new Channel(this, { id: this.ids.next(), type, name: '', recipients });
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** Records what Discord would not have accepted. */
  violate(request: string, problem: string): void {
    this.violations.push({ request, problem });
  }

  /** What the bot did lately, for whoever reads a failed test. */
  history(): string {
    const requests = this.requests.slice(-12).map((request) => `  ${describeRequest(request)}`);
    const violations = this.violations.map(({ request, problem }) => `  ${request}: ${problem}`);
    return [
      requests.length ? `The bot's last requests:\n${requests.join('\n')}` : 'The bot made no request.',
      ...(violations.length ? [`Violations:\n${violations.join('\n')}`] : []),
    ].join('\n');
  }

  /** Waits until `look` finds something, for as long as people here are patient. */
  until<T>(what: string, look: () => T | undefined): Promise<T> {
    const { patienceMs } = this.settings;
    return this.changes.until(look, patienceMs, () => `Waited ${patienceMs} ms for ${what}.\n${this.history()}`);
  }
}
