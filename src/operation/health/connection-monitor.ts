import { type Client, Events } from 'discord.js';
import type { Clock } from '../clock.ts';

/** What discord.js holds, by kind. */
export type Cached = Readonly<Record<'guilds' | 'channels' | 'users' | 'members' | 'messages', number>>;

/** How the connection to Discord is, whichever client makes it. */
export class ConnectionMonitor {
  readonly #clock: Clock;
  readonly #onLost: () => void;
  #client: Client | undefined;
  readonly #away = new Set<number>();
  #awaySince: number | undefined;
  /** Discord no longer accepts the token: the bot is about to end. */
  tokenRefused = false;

  /** @param onLost told of each lost connection */
  constructor(clock: Clock, onLost: () => void = () => {}) {
    this.#clock = clock;
    this.#onLost = onLost;
    this.#awaySince = clock.now();
  }

  /** From now on this client is the one whose connection counts. */
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

  /** For how long not all shards have been connected, in milliseconds; 0 while they are. */
  get awayFor(): number {
    return this.#awaySince === undefined ? 0 : this.#clock.now() - this.#awaySince;
  }

  /** Of the last heartbeat, in milliseconds; `undefined` before the first. */
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
