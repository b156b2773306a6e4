import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type GatewayCloseCodes, GatewayIntentBits } from 'discord.js';
import { systemClock } from '../../../src/clock.ts';
import { PATIENCE } from '../../patience.ts';
import type { Channel } from './channel.ts';
import type { Fault } from './faults.ts';
import { Gateway, type Stage } from './gateway.ts';
import { Guild, type GuildTraits } from './guild.ts';
import { Person, type PersonTraits } from './person.ts';
import { DISCORDS_LIMITS, type Limit } from './rate-limits.ts';
import type { RequestRecord, Violation } from './request-log.ts';
import { Rest } from './rest.ts';
import { applicationRoutes } from './routes/applications.ts';
import { channelRoutes } from './routes/channels.ts';
import { gatewayRoutes } from './routes/gateway.ts';
import { guildRoutes } from './routes/guilds.ts';
import { interactionRoutes } from './routes/interactions.ts';
import { messageRoutes } from './routes/messages.ts';
import { userRoutes } from './routes/users.ts';
import { settle } from './settled.ts';
import type { User } from './user.ts';
import { World, type WorldSettings } from './world.ts';

/** How a Discord for a test is started; everything has a default. */
export interface DiscordOptions extends Partial<WorldSettings> {
  /** Limits by route, such as `POST /channels/{channel_id}/messages`; `discord` for those that Discord applies. */
  readonly rateLimits?: Readonly<Record<string, Limit>> | 'discord';
  /** How often a client is to send heartbeats by itself, in milliseconds (Discord: 41,250; here an hour unless told). */
  readonly heartbeatIntervalMs?: number;
  /** How many shards `GET /gateway/bot` recommends. */
  readonly shards?: number;
  /**
   * How many shards may IDENTIFY within five seconds, each of another bucket; who comes too soon has an invalid session.
   * Where left out, it says 16 and lets everybody.
   */
  readonly maxConcurrency?: number;
}

/**
 * So long that no heartbeat comes by itself: discord.js takes a connection for dead if one is due before the answer to one
 * that was asked for, and here many are asked for.
 */
const HEARTBEAT_INTERVAL = 3_600_000;

/** A privileged or ordinary intent by name. */
export type IntentName = keyof typeof GatewayIntentBits;

/** A Discord of one's own, on a port of its own, for one test. */
export class Discord {
  readonly #world: World;
  readonly #rest: Rest;
  readonly #gateway: Gateway;
  readonly #stop: () => Promise<void>;
  /** For the client option `rest: { api }`. */
  readonly api: string;

  constructor(world: World, rest: Rest, gateway: Gateway, api: string, stop: () => Promise<void>) {
    this.#world = world;
    this.#rest = rest;
    this.#gateway = gateway;
    this.api = api;
    this.#stop = stop;
  }

  get token(): string {
    return this.#world.settings.token;
  }

  /** The bot under test. */
  get bot(): User {
    return this.#world.bot;
  }

  get applicationId(): string {
    return this.#world.applicationId;
  }

  /** Who owns the application. */
  get owner(): User {
    return this.#world.owner;
  }

  /** A new server; the bot is a member unless told otherwise. */
  guild(traits: GuildTraits = {}): Guild {
    return new Guild(this.#world, traits);
  }

  /** Somebody who is in no server yet. */
  person(name: string, traits: Omit<PersonTraits, 'permissions'> = {}): Person {
    return new Person(this.#world, name, traits);
  }

  /** Direct messages among people, without the bot. */
  privateChannel(...people: readonly User[]): Channel {
    return this.#world.conversation(...people);
  }

  /** Resolves when every shard of the bot has identified and read its guilds. */
  get ready(): Promise<void> {
    return this.#world
      .until('the bot to connect', () => (this.#gateway.isComplete ? true : undefined))
      .then(() => this.#gateway.roundTrip());
  }

  /** Resolves when the bot is idle; what it has not said by then, it does not say. */
  settled(): Promise<void> {
    return settle(this.#world, this.#gateway, this.#rest);
  }

  /** Resolves with the first value other than `undefined`; looks again after everything that happens. */
  until<T>(what: string, look: () => T | undefined): Promise<T> {
    return this.#world.until(what, look);
  }

  /** Every REST call so far. */
  get requests(): readonly RequestRecord[] {
    return this.#world.requests;
  }

  /** What Discord would not have accepted. A test that leaves any fails at `close()`. */
  get violations(): readonly Violation[] {
    return this.#world.violations;
  }

  /** The violations, which the test has expected: they are forgotten. */
  takeViolations(): Violation[] {
    return this.#world.violations.splice(0);
  }

  /** The commands that are registered, for the application or for one guild. */
  commands(guild?: Guild) {
    return this.#world.commands.get(guild?.id ?? 'global') ?? [];
  }

  /** Cuts every gateway connection without a word. */
  drop(): void {
    this.#gateway.drop();
  }

  /** Cuts the next connections as soon as they get this far: `Infinity` keeps the bot away, 0 lets it back. */
  cutAt(stage: Stage, times = 1): void {
    this.#gateway.cutAt(stage, times);
  }

  /** Tells the bot that its session is invalid. */
  invalidateSession(resumable: boolean): void {
    this.#gateway.invalidateSessions(resumable);
  }

  /** Asks the bot to connect anew. */
  requestReconnect(): void {
    this.#gateway.requestReconnect();
  }

  /** Closes the gateway connections with a code, such as 4009. */
  closeGateway(code: GatewayCloseCodes): void {
    this.#gateway.closeWith(code);
  }

  /** Leaves heartbeats without an answer, or answers them again. */
  set acknowledgesHeartbeats(acknowledges: boolean) {
    this.#gateway.acknowledgesHeartbeats = acknowledges;
  }

  /** While true, each event is sent twice. */
  set deliverTwice(twice: boolean) {
    this.#gateway.deliverTwice = twice;
  }

  /** How often the bot opened a session, and how often it resumed one. */
  get sessions(): { readonly identified: number; readonly resumed: number } {
    const { identified, resumed } = this.#gateway;
    return { identified, resumed };
  }

  /** The shards that are connected, in order; one that two instances run stands there twice. */
  get shards(): readonly number[] {
    return this.#gateway.shards;
  }

  /** Which shards identified so soon after another of their bucket that Discord refused it. */
  get identifiedTooSoon(): readonly number[] {
    return this.#gateway.identifiedTooSoon;
  }

  /** Switches intents off in the developer portal: asking for them ends in 4014. */
  refuseIntents(names: readonly IntentName[]): void {
    this.#world.refusedIntents = names.reduce((bits, name) => bits | GatewayIntentBits[name], 0);
  }

  /** How Discord answers the next such request, for example `POST /channels/:id/messages`. */
  nextResponse(route: string, fault: Fault): void {
    this.#rest.faults.lay(route, fault);
  }

  /**
   * Ends it all.
   * @throws if the bot did what Discord would not have accepted
   */
  async close(): Promise<void> {
    await this.#stop();
    const violations = this.takeViolations();
    if (violations.length) {
      const list = violations.map(({ request, problem }) => `- ${request}: ${problem}`).join('\n');
      throw new Error(`Discord would not have accepted:\n${list}`);
    }
  }
}

/** Starts a Discord on a free port of this machine. */
export async function startDiscord(options: DiscordOptions = {}): Promise<Discord> {
  const world = new World({
    token: options.token ?? 'MTIzNDU2Nzg5MDEyMzQ1Njc4.Gtest0.this-token-opens-nothing-anywhere',
    botName: options.botName ?? 'Bot',
    interactionDeadlineMs: options.interactionDeadlineMs ?? PATIENCE,
    interactionLifetimeMs: options.interactionLifetimeMs ?? 15 * 60_000,
    patienceMs: options.patienceMs ?? PATIENCE,
    clock: options.clock ?? systemClock,
  });
  const server = createServer();
  const gateway = new Gateway(world, server, options.heartbeatIntervalMs ?? HEARTBEAT_INTERVAL, options.maxConcurrency);
  const routes = [
    ...gatewayRoutes(() => gateway.url, options.shards ?? 1, options.maxConcurrency ?? 16),
    ...applicationRoutes,
    ...userRoutes,
    ...guildRoutes,
    ...channelRoutes,
    ...messageRoutes,
    ...interactionRoutes,
  ];
  const limits = options.rateLimits === 'discord' ? DISCORDS_LIMITS : (options.rateLimits ?? {});
  const rest = new Rest(world, server, routes, limits);
  world.settled = () => settle(world, gateway, rest);
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', () => resolve());
  await listening;
  const { port } = server.address() as AddressInfo;
  gateway.url = `ws://127.0.0.1:${port}/gateway`;
  return new Discord(world, rest, gateway, `http://127.0.0.1:${port}/api`, async () => {
    await gateway.close();
    server.closeAllConnections();
    const { promise, resolve: closed } = Promise.withResolvers<void>();
    server.close(() => closed());
    await promise;
  });
}
