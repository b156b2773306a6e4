import { GatewayIntentBits } from 'discord.js';
import type { GatewayEvent, Reader } from './world.ts';

/** An event as it was numbered for one session. */
export interface Numbered {
  readonly s: number;
  readonly t: string;
  readonly d: unknown;
}

/** What a session keeps from IDENTIFY on, across connections. */
export class Session implements Reader {
  readonly id: string;
  readonly intents: number;
  /** Which shard this is, of how many. */
  readonly shard: readonly [number, number];
  /** Everything sent so far, for those who resume. */
  readonly sent: Numbered[] = [];

  constructor(id: string, intents: number, shard: readonly [number, number]) {
    this.id = id;
    this.intents = intents;
    this.shard = shard;
  }

  get readsContent(): boolean {
    return (this.intents & GatewayIntentBits.MessageContent) !== 0;
  }

  /** Whether this shard is responsible for a guild, or, without one, for direct messages. */
  isFor(guildId: string | undefined): boolean {
    const [index, count] = this.shard;
    return guildId === undefined ? index === 0 : Number((BigInt(guildId) >> 22n) % BigInt(count)) === index;
  }

  /** Whether this session is told of an event. */
  wants({ intents, guildId }: GatewayEvent): boolean {
    return this.isFor(guildId) && (intents === 0 || (this.intents & intents) !== 0);
  }

  /** Numbers an event, and keeps it for a replay. */
  number(t: string, d: unknown): Numbered {
    const event = { s: this.sent.length + 1, t, d: structuredClone(d) };
    this.sent.push(event);
    return event;
  }
}
