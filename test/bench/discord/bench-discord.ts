import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChannelType, GatewayOpcodes } from 'discord.js';
import { type WebSocket, WebSocketServer } from 'ws';

/** The size of a server. */
export const CHANNELS = 40;
export const ROLES = 25;
export const BOT_ID = '100000000000000001';
export const TOKEN = 'MTAwMDAwMDAwMDAwMDAwMDAx.Gbench.this-token-opens-nothing-anywhere';
const HEARTBEAT_INTERVAL = 41_250;
const PATIENCE = 10_000;
/** In bytes; more frames than this wait until the bot has read some. */
const MAX_BUFFERED = 100_000;

/** A message of a member; numbers stand for ids. */
export interface Said {
  readonly guild: number;
  readonly channel: number;
  readonly author: number;
  readonly content: string;
}

/**
 * The gateway and the REST API, without checks or state, so that only the bot is measured. The bot's messages are counted and forgotten;
 * whether Discord would accept them is up to the tests.
 */
export class BenchDiscord {
  readonly #guilds: number;
  readonly #server = createServer();
  readonly #sockets = new WebSocketServer({ server: this.#server, path: '/gateway' });
  #socket: WebSocket | undefined;
  #sequence = 0;
  #messages = 0;
  #onAnswer: (() => void) | undefined;
  #onHeartbeat: (() => void) | undefined;

  private constructor(guilds: number) {
    this.#guilds = guilds;
    this.#server.on('request', (request, response) => {
      request.resume().once('end', () => {
        const path = request.url ?? '';
        const isMessage = request.method === 'POST' && path.endsWith('/messages');
        // The bot has answered once its request is here, for a message or a reaction; the rest is Discord's time.
        if (isMessage || request.method === 'PUT') this.#onAnswer?.();
        const body = isMessage ? this.#posted(path) : path.endsWith('/gateway/bot') ? this.#gateway() : [];
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify(body));
      });
    });
    this.#sockets.on('connection', (socket) => this.#accept(socket));
  }

  static async open(guilds: number): Promise<BenchDiscord> {
    const discord = new BenchDiscord(guilds);
    await once(discord.#server.listen(0, '127.0.0.1'), 'listening');
    return discord;
  }

  async close(): Promise<void> {
    this.#socket?.terminate();
    this.#sockets.close();
    this.#server.closeAllConnections();
    await once(this.#server.close(), 'close');
  }

  get api(): string {
    return `http://${this.#host}/api`;
  }

  /** Sends a message to the bot; returns once not too many are waiting to be read. */
  async say(said: Said): Promise<void> {
    this.#dispatch('MESSAGE_CREATE', this.#message(said));
    while ((this.#socket?.bufferedAmount ?? 0) > MAX_BUFFERED) await new Promise((resolve) => setImmediate(resolve));
  }

  /**
   * Sends a message to the bot and waits for its answer.
   *
   * @throws {Error} after ten seconds without one
   */
  async answered(said: Said): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timeout = setTimeout(() => reject(new Error(`The bot doesn't answer "${said.content}".`)), PATIENCE);
    this.#onAnswer = resolve;
    await this.say(said);
    await promise;
    clearTimeout(timeout);
    this.#onAnswer = undefined;
  }

  /** Resolves when the bot has read everything that was sent so far. */
  async caughtUp(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onHeartbeat = resolve;
    this.#send(GatewayOpcodes.Heartbeat, null);
    await promise;
  }

  get #host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  #gateway(): object {
    const limit = { total: 1_000, remaining: 1_000, reset_after: 0, max_concurrency: 16 };
    return { url: `ws://${this.#host}/gateway`, shards: 1, session_start_limit: limit };
  }

  #accept(socket: WebSocket): void {
    this.#socket = socket;
    this.#sequence = 0;
    this.#send(GatewayOpcodes.Hello, { heartbeat_interval: HEARTBEAT_INTERVAL });
    socket.on('message', (data) => {
      const { op } = JSON.parse(String(data)) as { op: number };
      if (op === GatewayOpcodes.Heartbeat) {
        this.#send(GatewayOpcodes.HeartbeatAck, null);
        this.#onHeartbeat?.();
      }
      if (op === GatewayOpcodes.Identify) this.#greet();
    });
  }

  #greet(): void {
    const guilds = Array.from({ length: this.#guilds }, (_, index) => index);
    this.#dispatch('READY', {
      v: 10,
      user: BOT,
      guilds: guilds.map((guild) => ({ id: guildId(guild), unavailable: true })),
      session_id: 'bench',
      resume_gateway_url: `ws://${this.#host}/gateway`,
      shard: [0, 1],
      application: { id: BOT_ID, flags: 0 },
    });
    for (const guild of guilds) this.#dispatch('GUILD_CREATE', guildPayload(guild));
  }

  #dispatch(t: string, d: unknown): void {
    this.#sequence += 1;
    this.#send(GatewayOpcodes.Dispatch, d, t, this.#sequence);
  }

  #send(op: GatewayOpcodes, d: unknown, t: string | null = null, s: number | null = null): void {
    this.#socket?.send(JSON.stringify({ op, d, s, t }));
  }

  #message({ guild, channel, author, content }: Said): object {
    return {
      ...this.#newMessage(channelId(guild, channel), content),
      guild_id: guildId(guild),
      author: user(idOf(4, author), `member${author}`),
      member: MEMBER,
      mentions: content.includes(BOT_ID) ? [BOT] : [],
    };
  }

  #posted(path: string): object {
    return { ...this.#newMessage(path.split('/').at(-2), 'posted'), author: BOT, mentions: [] };
  }

  #newMessage(channel: string | undefined, content: string): object {
    return {
      id: idOf(5, this.#messages++),
      channel_id: channel,
      type: 0,
      content,
      timestamp: new Date().toISOString(),
      edited_timestamp: null,
      mention_roles: [],
      mention_everyone: false,
      attachments: [],
      embeds: [],
      components: [],
    };
  }
}

/** An id of one kind: guild, channel, role, user, message. */
const idOf = (kind: 1 | 2 | 3 | 4 | 5, number: number) =>
  String(BigInt(kind) * 10n ** 17n + (BigInt(number + 1) << 22n));

export const guildId = (guild: number) => idOf(1, guild);
export const channelId = (guild: number, channel: number) => idOf(2, guild * CHANNELS + channel);
const roleId = (guild: number, role: number) => (role === 0 ? guildId(guild) : idOf(3, guild * ROLES + role));

const user = (id: string, name: string, bot = false) => ({ id, username: name, global_name: name, avatar: null, bot });
const BOT = user(BOT_ID, 'bench', true);
const MEMBER = { roles: [], joined_at: '2024-01-01T00:00:00.000Z', flags: 0 };

const guildPayload = (guild: number) => ({
  id: guildId(guild),
  name: `Server number ${guild}`,
  owner_id: idOf(4, guild),
  preferred_locale: 'de',
  features: ['COMMUNITY'],
  joined_at: MEMBER.joined_at,
  member_count: 100,
  members: [{ ...MEMBER, user: BOT }],
  roles: Array.from({ length: ROLES }, (_, role) => rolePayload(guild, role)),
  channels: Array.from({ length: CHANNELS }, (_, channel) => channelPayload(guild, channel)),
});

const rolePayload = (guild: number, role: number) => ({
  id: roleId(guild, role),
  name: role === 0 ? '@everyone' : `Role number ${role}`,
  position: role,
  permissions: '2248473465835073',
  colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
  hoist: role % 3 === 0,
  managed: false,
});

const channelPayload = (guild: number, channel: number) => ({
  id: channelId(guild, channel),
  type: channel % 8 === 7 ? ChannelType.GuildVoice : ChannelType.GuildText,
  guild_id: guildId(guild),
  name: `channel-number-${channel}`,
  position: channel,
  topic: channel % 4 === 0 ? `What this channel is for, in a sentence or two: number ${channel}` : null,
  last_message_id: idOf(5, channel),
  permission_overwrites: [
    { id: guildId(guild), type: 0, allow: '0', deny: channel % 5 === 0 ? '64' : '0' },
    { id: roleId(guild, 1 + (channel % (ROLES - 1))), type: 0, allow: '3072', deny: '0' },
  ],
});
