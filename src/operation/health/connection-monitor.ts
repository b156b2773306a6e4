import { type Client, Events } from 'discord.js';
import type { Clock } from '../clock.ts';

/** Watches the connection to Discord, also when another client replaces the first. */
export class ConnectionMonitor {
  readonly #clock: Clock;
  #client: Client | undefined;
  /** When each disconnected shard was lost; as `starting`, when the client was, until it is ready. */
  readonly #awaySince = new Map<number | 'starting', number>();
  /** How many connections were lost so far. */
  losses = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#awaySince.set('starting', clock.now());
  }

  /** Watches this client from now on. */
  follow(client: Client): void {
    this.#client = client;
    const since = Math.min(this.#clock.now(), ...this.#awaySince.values());
    this.#awaySince.clear();
    this.#awaySince.set('starting', since);
    const lost = (shard: number) => {
      if (this.#client !== client || this.#awaySince.has(shard)) return;
      this.#awaySince.set(shard, this.#clock.now());
      this.losses++;
    };
    const back = (shard: number | 'starting') => {
      if (this.#client === client) this.#awaySince.delete(shard);
    };
    client.once(Events.ClientReady, () => back('starting'));
    client.on(Events.ShardReconnecting, lost);
    client.on(Events.ShardDisconnect, (_, shard) => lost(shard));
    client.on(Events.ShardReady, back);
    client.on(Events.ShardResume, back);
  }

  get connected(): boolean {
    return this.#awaySince.size === 0;
  }

  /** How long the shard lost first has been disconnected, in milliseconds; 0 while all are connected. */
  get disconnectedFor(): number {
    return Math.max(0, ...[...this.#awaySince.values()].map((since) => this.#clock.now() - since));
  }

  /** Round trip of the latest heartbeat in milliseconds; `NaN` before the first. */
  get ping(): number {
    const ping = this.#client?.ws.ping ?? -1;
    return ping < 0 ? Number.NaN : ping;
  }
}
