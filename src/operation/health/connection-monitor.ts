import { type Client, Events } from 'discord.js';
import type { Clock } from '../clock.ts';

/** How many objects discord.js holds in memory, by kind. */
export type Cached = Readonly<Record<'guilds' | 'channels' | 'users' | 'members' | 'messages', number>>;

/** Watches the connection to Discord, also when another client replaces the first. */
export class ConnectionMonitor {
  readonly #clock: Clock;
  readonly #onLost: () => void;
  #client: Client | undefined;
  readonly #away = new Set<number>();
  #awaySince: number | undefined;
  /** Discord rejected the token, so the bot is about to end. */
  tokenRefused = false;

  /** @param onLost called for each lost connection */
  constructor(clock: Clock, onLost: () => void = () => {}) {
    this.#clock = clock;
    this.#onLost = onLost;
    this.#awaySince = clock.now();
  }

  /** Watches this client from now on. */
  follow(client: Client): void {
    this.#client = client;
    this.#away.clear();
    this.#awaySince ??= this.#clock.now();
    const isCurrent = () => this.#client === client;
    const lost = (shard: number) => {
      if (!isCurrent() || this.#away.has(shard)) return;
      this.#away.add(shard);
      this.#awaySince ??= this.#clock.now();
      this.#onLost();
    };
    const back = (shard: number) => {
      if (!isCurrent()) return;
      this.#away.delete(shard);
      if (this.#away.size === 0 && client.isReady()) this.#awaySince = undefined;
    };
    client.once(Events.ClientReady, () => {
      if (isCurrent() && this.#away.size === 0) this.#awaySince = undefined;
    });
    client.on(Events.ShardReconnecting, lost);
    client.on(Events.ShardDisconnect, (_, shard) => lost(shard));
    client.on(Events.ShardReady, back);
    client.on(Events.ShardResume, back);
  }

  get connected(): boolean {
    return this.#awaySince === undefined;
  }

  /** How long a shard has been disconnected, in milliseconds; 0 while all are connected. */
  get awayFor(): number {
    return this.#awaySince === undefined ? 0 : this.#clock.now() - this.#awaySince;
  }

  /** Round trip of the latest heartbeat in milliseconds; `undefined` before the first. */
  get ping(): number | undefined {
    const ping = this.#client?.ws.ping ?? -1;
    return ping < 0 ? undefined : ping;
  }

  get cached(): Cached {
    const client = this.#client;
    const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
    if (!client) return { guilds: 0, channels: 0, users: 0, members: 0, messages: 0 };
    const { guilds, channels, users } = client;
    return {
      guilds: guilds.cache.size,
      channels: channels.cache.size,
      users: users.cache.size,
      members: sum(guilds.cache.map(({ members }) => members.cache.size)),
      messages: sum(channels.cache.map((channel) => ('messages' in channel ? channel.messages.cache.size : 0))),
    };
  }
}
