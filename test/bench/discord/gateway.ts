import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChannelType, GatewayOpcodes } from 'discord.js';
import { type WebSocket, WebSocketServer } from 'ws';

/** How large a server is, as Discord tells of it at the start. */
const CHANNELS = 40;
const ROLES = 25;
export const BOT_ID = '100000000000000001';
export const TOKEN = 'MTAwMDAwMDAwMDAwMDAwMDAx.Gbench.this-token-opens-nothing-anywhere';
/** In milliseconds. */
const HEARTBEAT = 41_250;
const PATIENCE = 10_000;

/** What a member writes; all ids are Discord's. */
export interface Said {
  readonly guild: number;
  readonly channel: number;
  readonly author: number;
  readonly content: string;
}

/**
 * The least of Discord that a bot needs: no state, no checks, so that what is measured is the bot. Its answers are counted and
 * forgotten. Whether a bot does what Discord accepts is for the tests.
 */
export class BenchDiscord {
  readonly #guilds: number;
  readonly #server = createServer();
  readonly #sockets = new WebSocketServer({ server: this.#server, path: '/gateway' });
  #socket: WebSocket | undefined;
  #sequence = 0;
  #messages = 0;
  #waiting: (() => void) | undefined;
  #onHeartbeat: (() => void) | undefined;
  #onReady: (() => void) | undefined;

  constructor(guilds: number) {
    this.#guilds = guilds;
    this.#server.on('request', (request, response) => {
      request.resume().once('end', () => {
        const path = request.url ?? '';
        const isPost = request.method === 'POST' && path.endsWith('/messages');
        // When the request is there, the answer is given: what follows is Discord's time.
        if (isPost) this.#waiting?.();
        response.setHeader('Content-Type', 'application/json');
        response.end(
          JSON.stringify(isPost ? this.#posted(path) : path.endsWith('/gateway/bot') ? this.#gateway() : []),
        );
      });
    });
    this.#sockets.on('connection', (socket) => this.#welcome(socket));
  }

  async open(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.listen(0, '127.0.0.1', resolve);
    await promise;
  }

  async close(): Promise<void> {
    this.#socket?.terminate();
    this.#sockets.close();
    this.#server.closeAllConnections();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.close(() => resolve());
    await promise;
  }

  get api(): string {
    return `http://${this.#host}/api`;
  }

  /** Resolves when a bot has identified and all servers have been sent to it. */
  connected(): Promise<void> {
    return new Promise((resolve) => {
      this.#onReady = resolve;
    });
  }

  /** Tells the bot of a message. */
  say(said: Said): void {
    this.#dispatch('MESSAGE_CREATE', this.#message(said));
  }

  /** Tells it that a message which it was told of lately has another content, or is gone. */
  changeLast(said: Said, change: 'edited' | 'deleted'): void {
    const message = { ...this.#message(said), id: this.#id(5, this.#messages - 1) };
    if (change === 'edited') {
      this.#dispatch('MESSAGE_UPDATE', { ...message, edited_timestamp: new Date().toISOString() });
    } else {
      this.#dispatch('MESSAGE_DELETE', { id: message.id, channel_id: message.channel_id, guild_id: message.guild_id });
    }
  }

  /**
   * Says this, and resolves when the bot's answer to it is there.
   *
   * @throws {Error} where none comes
   */
  async answered(said: Said): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const impatience = setTimeout(() => reject(new Error(`The bot does not answer "${said.content}".`)), PATIENCE);
    this.#waiting = resolve;
    this.say(said);
    await promise;
    clearTimeout(impatience);
    this.#waiting = undefined;
  }

  get #host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  #gateway(): object {
    return {
      url: `ws://${this.#host}/gateway`,
      shards: 1,
      session_start_limit: { total: 1_000, remaining: 1_000, reset_after: 0, max_concurrency: 16 },
    };
  }

  #welcome(socket: WebSocket): void {
    this.#socket = socket;
    this.#sequence = 0;
    this.#send(GatewayOpcodes.Hello, { heartbeat_interval: HEARTBEAT });
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
      user: user(BOT_ID, 'bench', true),
      guilds: guilds.map((guild) => ({ id: this.#id(1, guild), unavailable: true })),
      session_id: 'bench',
      resume_gateway_url: `ws://${this.#host}/gateway`,
      shard: [0, 1],
      application: { id: BOT_ID, flags: 0 },
    });
    for (const guild of guilds) this.#dispatch('GUILD_CREATE', this.#guild(guild));
    this.#onReady?.();
  }

  #dispatch(t: string, d: unknown): void {
    this.#sequence += 1;
    this.#send(GatewayOpcodes.Dispatch, d, t, this.#sequence);
  }

  #send(op: GatewayOpcodes, d: unknown, t: string | null = null, s: number | null = null): void {
    this.#socket?.send(JSON.stringify({ op, d, s, t }));
  }

  /** Resolves when the bot has read all that was sent to it so far. */
  async read(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onHeartbeat = resolve;
    this.#send(GatewayOpcodes.Heartbeat, null);
    await promise;
  }

  /** Resolves when the bot reads as fast as it is written to; many frames sent at once are kept here until then. */
  async drained(most = 100_000): Promise<void> {
    while ((this.#socket?.bufferedAmount ?? 0) > most) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Made up, of a kind: guild, channel, role, user, message. */
  #id(kind: 1 | 2 | 3 | 4 | 5, number: number): string {
    return String(BigInt(kind) * 10n ** 17n + (BigInt(number + 1) << 22n));
  }

  #channelId({ guild, channel }: Pick<Said, 'guild' | 'channel'>): string {
    return this.#id(2, guild * CHANNELS + channel);
  }

  /** The id of a channel that moderators may have set something for. */
  channelId(guild: number, channel: number): { guildId: string; channelId: string } {
    return { guildId: this.#id(1, guild), channelId: this.#channelId({ guild, channel }) };
  }

  #guild(guild: number): object {
    const id = this.#id(1, guild);
    const role = (index: number) => ({
      id: index === 0 ? id : this.#id(3, guild * ROLES + index),
      name: index === 0 ? '@everyone' : `Role number ${index}`,
      color: 0,
      colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
      hoist: index % 3 === 0,
      icon: null,
      unicode_emoji: null,
      position: index,
      permissions: '2248473465835073',
      managed: false,
      mentionable: false,
      flags: 0,
    });
    const channel = (index: number) => ({
      id: this.#channelId({ guild, channel: index }),
      type: index % 8 === 7 ? ChannelType.GuildVoice : ChannelType.GuildText,
      guild_id: id,
      name: `channel-number-${index}`,
      position: index,
      parent_id: null,
      topic: index % 4 === 0 ? `What this channel is for, in a sentence or two: number ${index}` : null,
      nsfw: false,
      rate_limit_per_user: 0,
      last_message_id: this.#id(5, index),
      permission_overwrites: [
        { id, type: 0, allow: '0', deny: index % 5 === 0 ? '64' : '0' },
        { id: this.#id(3, guild * ROLES + 1 + (index % (ROLES - 1))), type: 0, allow: '3072', deny: '0' },
      ],
      flags: 0,
    });
    return {
      id,
      name: `Server number ${guild}`,
      icon: null,
      owner_id: this.#id(4, guild),
      roles: Array.from({ length: ROLES }, (_, index) => role(index)),
      channels: Array.from({ length: CHANNELS }, (_, index) => channel(index)),
      members: [{ ...member(), user: user(BOT_ID, 'bench', true) }],
      member_count: 100,
      threads: [],
      emojis: [],
      stickers: [],
      presences: [],
      voice_states: [],
      stage_instances: [],
      guild_scheduled_events: [],
      soundboard_sounds: [],
      features: ['COMMUNITY'],
      preferred_locale: 'de',
      verification_level: 1,
      default_message_notifications: 1,
      explicit_content_filter: 2,
      mfa_level: 0,
      nsfw_level: 0,
      premium_tier: 0,
      system_channel_flags: 0,
      joined_at: '2024-01-01T00:00:00.000Z',
      large: false,
      unavailable: false,
    };
  }

  #message(said: Said): { id: string; channel_id: string; guild_id: string } {
    const { guild, author, content } = said;
    const mentions = content.includes(BOT_ID) ? [user(BOT_ID, 'bench', true)] : [];
    return {
      id: this.#id(5, this.#messages++),
      channel_id: this.#channelId(said),
      guild_id: this.#id(1, guild),
      ...{ type: 0, content, author: user(this.#id(4, author), `member${author}`), member: member() },
      ...{ mentions, mention_roles: [], mention_everyone: false, attachments: [], embeds: [], components: [] },
      ...{ timestamp: new Date().toISOString(), edited_timestamp: null, pinned: false, tts: false, flags: 0 },
    };
  }

  #posted(path: string): object {
    return {
      id: this.#id(5, this.#messages++),
      channel_id: path.split('/').at(-2),
      ...{ type: 0, content: 'posted', author: user(BOT_ID, 'bench', true) },
      ...{ mentions: [], mention_roles: [], mention_everyone: false, attachments: [], embeds: [], components: [] },
      ...{ timestamp: new Date().toISOString(), edited_timestamp: null, pinned: false, tts: false, flags: 0 },
    };
  }
}

function user(id: string, username: string, bot = false): object {
  return { id, username, discriminator: '0', global_name: username, avatar: null, bot, public_flags: 0 };
}

function member(): object {
  return {
    roles: [],
    nick: null,
    avatar: null,
    joined_at: '2024-01-01T00:00:00.000Z',
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    premium_since: null,
    communication_disabled_until: null,
  };
}
