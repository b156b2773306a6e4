import type { IncomingMessage, Server } from 'node:http';
import {
  GatewayCloseCodes,
  type GatewayIdentifyData,
  GatewayIntentBits,
  GatewayOpcodes,
  type GatewayRequestGuildMembersData,
  type GatewayResumeData,
} from 'discord.js';
import { type WebSocket, WebSocketServer } from 'ws';
import { Connection } from './connection.ts';
import { applicationFlags } from './payloads/application.ts';
import { guildCreatePayload } from './payloads/guild.ts';
import { memberPayload, userPayload } from './payloads/people.ts';
import { Session } from './session.ts';
import type { GatewayEvent, World } from './world.ts';

/** Every intent there is. */
const ALL_INTENTS = Object.values(GatewayIntentBits).reduce<number>(
  (all, bit) => (typeof bit === 'number' ? all | bit : all),
  0,
);

/** Within this many milliseconds, one shard of a bucket may IDENTIFY. */
const IDENTIFY_WINDOW = 5_000;

/** How far a connection gets before it is cut. */
export type Stage = 'before HELLO' | 'before IDENTIFY' | 'before READY' | 'before the first guild' | 'before RESUMED';

/** Discord's gateway, as its documentation describes it. */
export class Gateway {
  /** How often clients are asked to send a heartbeat, in milliseconds. */
  readonly heartbeatIntervalMs: number;
  /** Events, each of which is sent twice while this is true. */
  deliverTwice = false;
  /** Heartbeats stay without an answer while this is false. */
  acknowledgesHeartbeats = true;
  /** Events that were sent, to any session. */
  delivered = 0;
  /** Sessions that anybody opened so far, and how often one was resumed. */
  identified = 0;
  resumed = 0;
  /** Shards that were refused for coming too soon. */
  readonly identifiedTooSoon: number[] = [];

  /** How many buckets of shards there are; `undefined` where none has to wait. */
  readonly #maxConcurrency: number | undefined;
  /** When a shard of each bucket identified last, in Unix milliseconds. */
  readonly #identifiedAt = new Map<number, number>();
  readonly #world: World;
  readonly #sockets: WebSocketServer;
  readonly #connections = new Set<Connection>();
  readonly #sessions = new Map<string, Session>();
  /** Shards whose client has to come back before anybody can call the bot idle. */
  readonly #awaited = new Set<number>();
  /** How many connections are still to be cut at each stage. */
  readonly #cuts = new Map<Stage, number>();
  #url = '';

  constructor(world: World, server: Server, heartbeatIntervalMs: number, maxConcurrency?: number) {
    this.#world = world;
    this.#maxConcurrency = maxConcurrency;
    this.heartbeatIntervalMs = heartbeatIntervalMs;
    this.#sockets = new WebSocketServer({ server, path: '/gateway' });
    this.#sockets.on('connection', (socket, request) => this.#welcome(socket, request));
    world.announce = (event) => this.#deliver(event);
  }

  /** The address that `GET /gateway/bot` tells. */
  set url(url: string) {
    this.#url = url;
  }

  get url(): string {
    return this.#url;
  }

  /** Whether every shard of the bot has a session and is connected. */
  get isComplete(): boolean {
    const count = [...this.#sessions.values()].at(-1)?.shard[1];
    return count !== undefined && this.#awaited.size === 0 && new Set(this.shards).size >= count;
  }

  /** The shards that are connected, in order; one that two instances run stands there twice. */
  get shards(): number[] {
    return this.#live()
      .flatMap(({ session }) => (session ? [session.shard[0]] : []))
      .sort((a, b) => a - b);
  }

  /** The connections that have a session. */
  #live(): Connection[] {
    return [...this.#connections].filter(({ session, isOpen }) => session !== undefined && isOpen);
  }

  /** Cuts every connection without a word; the sessions can be resumed. */
  drop(): void {
    for (const connection of this.#live()) {
      this.#await(connection);
      connection.cut();
    }
  }

  /** Cuts the next connections that get this far; none with 0. */
  cutAt(stage: Stage, times: number): void {
    this.#cuts.set(stage, times);
  }

  /** Does this connection end here? Then it has. */
  #endsAt(stage: Stage, connection: Connection): boolean {
    const left = this.#cuts.get(stage) ?? 0;
    if (left === 0) return false;
    this.#cuts.set(stage, left - 1);
    connection.cut();
    this.#world.changes.announce();
    return true;
  }

  /** Tells every client that its session is invalid, resumable or not. */
  invalidateSessions(resumable: boolean): void {
    for (const connection of this.#live()) {
      this.#await(connection);
      const { session } = connection;
      connection.session = undefined;
      if (!resumable && session) this.#sessions.delete(session.id);
      connection.send(GatewayOpcodes.InvalidSession, resumable);
    }
  }

  /** Asks every client to connect anew and resume. */
  requestReconnect(): void {
    for (const connection of this.#live()) {
      this.#await(connection);
      connection.send(GatewayOpcodes.Reconnect);
    }
  }

  /** Closes every connection with one of Discord's codes. */
  closeWith(code: GatewayCloseCodes): void {
    const final = [4004, 4010, 4011, 4012, 4013, 4014].includes(code);
    for (const connection of this.#live()) {
      if (!final) this.#await(connection);
      if (final || code === GatewayCloseCodes.InvalidSeq || code === GatewayCloseCodes.SessionTimedOut) {
        this.#sessions.delete(connection.session?.id ?? '');
      }
      connection.close(code);
    }
  }

  #await({ session }: Connection): void {
    if (session) this.#awaited.add(session.shard[0]);
  }

  /** Resolves when every client has answered a request for a heartbeat: it has read all that was sent before. */
  async roundTrip(): Promise<void> {
    const isBack = () => (this.#awaited.size === 0 ? true : undefined);
    await this.#world.until('the bot to be connected again', isBack);
    await Promise.all(
      this.#live().map((connection) => {
        const before = connection.heartbeats;
        connection.requestHeartbeat();
        return this.#world.until('the bot to answer a heartbeat request', () =>
          connection.heartbeats > before || !connection.isOpen ? true : undefined,
        );
      }),
    );
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    for (const connection of this.#connections) connection.cut();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#sockets.close(() => resolve());
    await promise;
  }

  #deliver(event: GatewayEvent): void {
    for (const session of this.#sessions.values()) {
      if (!session.wants(event)) continue;
      for (let times = this.deliverTwice ? 2 : 1; times > 0; times -= 1)
        this.#send(session, event.name, event.data(session));
    }
    this.#world.changes.announce();
  }

  #send(session: Session, name: string, data: unknown): void {
    const numbered = session.number(name, data);
    this.delivered += 1;
    for (const connection of this.#connections) if (connection.session === session) connection.dispatch(numbered);
  }

  #welcome(socket: WebSocket, request: IncomingMessage): void {
    const query = new URL(request.url ?? '', 'ws://localhost').searchParams;
    const connection = new Connection(socket, query.get('compress') === 'zlib-stream');
    this.#connections.add(connection);
    // A client that has been silent for one and a half intervals is gone (4009).
    const watch = setInterval(() => {
      if (Date.now() - connection.lastHeardAt > this.heartbeatIntervalMs * 1.5) {
        this.#await(connection);
        connection.close(GatewayCloseCodes.SessionTimedOut);
      }
    }, this.heartbeatIntervalMs).unref();
    socket.on('close', (code) => {
      clearInterval(watch);
      this.#connections.delete(connection);
      // Who leaves with 1000 or 1001 ends the session.
      if (code === 1000 || code === 1001) this.#sessions.delete(connection.session?.id ?? '');
      this.#world.changes.announce();
    });
    socket.on('error', () => connection.cut());
    socket.on('message', (data) => this.#read(connection, String(data)));
    if (query.get('v') !== '10') {
      connection.close(GatewayCloseCodes.InvalidAPIVersion);
      return;
    }
    if (this.#endsAt('before HELLO', connection)) return;
    connection.send(GatewayOpcodes.Hello, { heartbeat_interval: this.heartbeatIntervalMs });
  }

  #read(connection: Connection, text: string): void {
    const payload = connection.read(text);
    if (typeof payload === 'number') {
      this.#world.violate('gateway', `a payload was refused with ${payload} ${GatewayCloseCodes[payload]}`);
      connection.close(payload);
      return;
    }
    switch (payload.op) {
      case GatewayOpcodes.Heartbeat:
        connection.heartbeats += 1;
        if (this.acknowledgesHeartbeats) connection.send(GatewayOpcodes.HeartbeatAck);
        this.#world.changes.announce();
        break;
      case GatewayOpcodes.Identify:
        this.#identify(connection, payload.d as GatewayIdentifyData);
        break;
      case GatewayOpcodes.Resume:
        this.#resume(connection, payload.d as GatewayResumeData);
        break;
      case GatewayOpcodes.PresenceUpdate:
      case GatewayOpcodes.VoiceStateUpdate:
        if (!connection.session) connection.close(GatewayCloseCodes.NotAuthenticated);
        break;
      case GatewayOpcodes.RequestGuildMembers:
        if (connection.session) this.#members(connection.session, payload.d as GatewayRequestGuildMembersData);
        else connection.close(GatewayCloseCodes.NotAuthenticated);
        break;
      default:
        this.#world.violate('gateway', `there is no opcode ${payload.op} for clients`);
        connection.close(GatewayCloseCodes.UnknownOpcode);
    }
  }

  /** Why a connection cannot become a session's. */
  #refusal({ session }: Connection, token: string): GatewayCloseCodes | undefined {
    if (session) return GatewayCloseCodes.AlreadyAuthenticated;
    return token === this.#world.settings.token ? undefined : GatewayCloseCodes.AuthenticationFailed;
  }

  #identify(connection: Connection, data: GatewayIdentifyData): void {
    if (this.#endsAt('before IDENTIFY', connection)) return;
    const shard = data.shard ?? ([0, 1] as const);
    const refused = this.#refusal(connection, data.token);
    if (refused) {
      connection.close(refused);
      return;
    }
    if (shard[0] >= shard[1]) {
      connection.close(GatewayCloseCodes.InvalidShard);
      return;
    }
    if (typeof data.intents !== 'number' || data.intents & ~ALL_INTENTS) {
      connection.close(GatewayCloseCodes.InvalidIntents);
      return;
    }
    if (data.intents & this.#world.refusedIntents) {
      connection.close(GatewayCloseCodes.DisallowedIntents);
      return;
    }
    if (this.#comesTooSoon(shard[0])) {
      connection.send(GatewayOpcodes.InvalidSession, false);
      return;
    }
    const session = new Session(`session-${++this.identified}-${this.#world.ids.next()}`, data.intents, [
      shard[0],
      shard[1],
    ]);
    if (this.#endsAt('before READY', connection)) return;
    this.#sessions.set(session.id, session);
    connection.session = session;
    this.#greet(session, connection);
    if (connection.isOpen) this.#awaited.delete(shard[0]);
    this.#world.changes.announce();
  }

  #comesTooSoon(shard: number): boolean {
    if (this.#maxConcurrency === undefined) return false;
    const bucket = shard % this.#maxConcurrency;
    const before = this.#identifiedAt.get(bucket) ?? Number.NEGATIVE_INFINITY;
    if (Date.now() - before < IDENTIFY_WINDOW) {
      this.identifiedTooSoon.push(shard);
      return true;
    }
    this.#identifiedAt.set(bucket, Date.now());
    return false;
  }

  /** READY, and then each guild of this shard. */
  #greet(session: Session, connection: Connection): void {
    const world = this.#world;
    const guilds = [...world.guilds.values()].filter((guild) => guild.hasBot && session.isFor(guild.id));
    this.#send(session, 'READY', {
      v: 10,
      user: { ...userPayload(world.bot), verified: true, mfa_enabled: false, email: null },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      session_type: 'normal',
      resume_gateway_url: `${this.#url}`,
      shard: session.shard,
      application: { id: world.applicationId, flags: applicationFlags(world) },
      private_channels: [],
      relationships: [],
      presences: [],
      user_settings: {},
      _trace: [],
    });
    if (!(session.intents & GatewayIntentBits.Guilds)) return;
    if (this.#endsAt('before the first guild', connection)) this.#await(connection);
    for (const guild of guilds) {
      if (guild.available) this.#send(session, 'GUILD_CREATE', guildCreatePayload(world, guild));
    }
  }

  #resume(connection: Connection, data: GatewayResumeData): void {
    if (this.#endsAt('before RESUMED', connection)) return;
    const session = this.#sessions.get(data.session_id);
    const refused =
      this.#refusal(connection, data.token) ??
      (session && data.seq > session.sent.length ? GatewayCloseCodes.InvalidSeq : undefined);
    if (refused) {
      connection.close(refused);
      return;
    }
    if (!session) {
      connection.send(GatewayOpcodes.InvalidSession, false);
      return;
    }
    // A session has one connection: an older one loses it.
    for (const other of this.#connections) if (other.session === session) other.session = undefined;
    connection.session = session;
    for (const missed of session.sent.slice(data.seq)) connection.dispatch(missed);
    this.resumed += 1;
    this.#awaited.delete(session.shard[0]);
    this.#send(session, 'RESUMED', { _trace: [] });
    this.#world.changes.announce();
  }

  #members(session: Session, data: GatewayRequestGuildMembersData): void {
    const ids = Array.isArray(data.guild_id) ? data.guild_id : [data.guild_id];
    for (const id of ids) {
      const guild = this.#world.guilds.get(id);
      if (!guild?.hasBot) continue;
      const wanted = 'user_ids' in data && data.user_ids ? [data.user_ids].flat() : undefined;
      if (!wanted && !(session.intents & GatewayIntentBits.GuildMembers)) continue;
      const query = ('query' in data ? data.query : undefined)?.toLowerCase() ?? '';
      const limit = 'limit' in data ? data.limit : 0;
      const found = [...guild.members.values()].filter(({ user }) =>
        wanted ? wanted.includes(user.id) : user.name.toLowerCase().startsWith(query),
      );
      this.#send(session, 'GUILD_MEMBERS_CHUNK', {
        guild_id: id,
        members: found.slice(0, limit || undefined).map(({ user }) => memberPayload(guild, user)),
        chunk_index: 0,
        chunk_count: 1,
        not_found: wanted?.filter((userId) => !guild.members.has(userId)) ?? [],
        ...(data.nonce ? { nonce: data.nonce } : {}),
      });
    }
  }
}
