import {
  type Client,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayOpcodes,
  SimpleShardingStrategy,
  type WebSocketOptions,
  WebSocketShardDestroyRecovery,
} from 'discord.js';
import { Backoff } from '../operation/backoff.ts';
import type { Clock } from '../operation/clock.ts';
import { logFailure, NoSessionsLeft } from '../operation/failures.ts';
import type { Metrics } from '../operation/health/metrics.ts';
import type { Logger } from '../operation/log.ts';

/*
 * Makes up for what discord.js 14.28 and @discordjs/ws 1.2 leave out. An event that they can't read ends the process. During
 * an outage they reconnect twice a second, only ever to the address for resuming, and don't say why. And they connect even if
 * the client was destroyed meanwhile. Only private methods can be replaced for that: look here again with each new version.
 */

export interface ConnectionOptions {
  /** Aborted before the client is destroyed. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly log: Logger;
  /** Fields that name a shard in the log. */
  readonly which: (shard: number) => object;
  readonly unreadable: UnreadableEvents;
}

/** Options of discord.js for a connection that outlives outages. */
export function steadyConnection(options: ConnectionOptions): Pick<WebSocketOptions, 'buildStrategy'> {
  const { signal, clock } = options;
  return {
    buildStrategy: (connections) =>
      new (class extends SimpleShardingStrategy {
        override async spawn(ids: number[]) {
          const { session_start_limit: limit } = await connections.fetchGatewayInformation();
          if (limit.remaining < ids.length) {
            const reset = new Date(clock.date() + limit.reset_after).toISOString();
            throw new NoSessionsLeft(
              `the bot has used up the ${limit.total} connections that Discord allows it per day → wait until ${reset}, and see in the log why it connects so often`,
            );
          }
          await super.spawn(ids);
          for (const shard of this['shards'].values()) steady(shard, options);
        }

        override async connect() {
          // A client that was destroyed while it asked for the address would answer next to its successor.
          signal.throwIfAborted();
          await super.connect();
        }
      })(connections),
  };
}

/** A connection that lasted this long, in milliseconds, was a good one: its loss isn't part of the previous outage. */
const STABLE_AFTER = 30_000;
/** A session is given up after this many attempts that couldn't even open a connection to its address for resuming. */
const MAX_UNOPENED = 4;
/** A session is given up after this many attempts to resume it over an open connection. */
const MAX_UNRESUMED = 6;
/** How long resuming may take, in milliseconds: what was missed is sent first. */
const MAX_RESUMING = 60_000;
/** @discordjs/ws waits this long by itself before each attempt, in milliseconds. */
const OWN_PAUSE = 500;
/** `WebSocketShardStatus.Idle`, which discord.js doesn't export. */
const IDLE = 0;

interface ShardOfWs {
  readonly id: number;
  readonly status: number;
  on(event: 'ready' | 'resumed', listener: () => void): unknown;
  destroy(how?: { code?: number; reason?: string; recover?: WebSocketShardDestroyRecovery }): Promise<void>;
}

/** What is private in it. */
interface Internals {
  readonly strategy: {
    retrieveSessionInfo(shard: number): unknown;
    updateSessionInfo(shard: number, session: null): unknown;
  };
  readonly replayedEvents: number;
  internalConnect(): Promise<void>;
  onError(error: Error): void;
  onMessage(data: unknown, isBinary: boolean): Promise<void>;
}

function steady(shard: ShardOfWs, { signal, clock, log, which, unreadable }: ConnectionOptions): void {
  const internals = shard as ShardOfWs & Internals;
  const { internalConnect, onMessage, destroy } = internals;
  const { strategy } = internals;
  const where = which(shard.id);
  const backoff = new Backoff();
  const leaving = new AbortController();
  const ended = AbortSignal.any([signal, leaving.signal]);
  let pause = 0;
  let state: 'down' | 'connecting' | 'open' | 'connected' = 'down';
  let cause: string | undefined;
  let downSince = clock.now();
  let connectedAt: number | undefined;
  let unopened = 0;
  let unresumed = 0;
  /** Failed ones since the connection was lost. */
  let attempts = 0;
  let hasLogged = false;
  let hasWarned = false;

  const lost = (reason: string) => {
    // A failure while another is dealt with is part of it.
    if (state === 'down' || ended.aborted) return;
    const wasConnected = state === 'connected';
    if (state === 'connecting') unopened++;
    if (state === 'open') unresumed++;
    state = 'down';
    const now = clock.now();
    if (wasConnected) downSince = now;
    if (wasConnected && connectedAt !== undefined && now - connectedAt > STABLE_AFTER) backoff.reset();
    const { attempt, pause: next, isLogged } = backoff.failed();
    pause = attempt === 1 ? 0 : next / 2;
    attempts = wasConnected ? 0 : attempts + 1;
    if (!isLogged) return;
    hasLogged = true;
    if (wasConnected) {
      log.info(where, `connection lost (${reason}), reconnecting → nothing to do`);
      return;
    }
    // A failed attempt or two are part of an ordinary reconnection.
    hasWarned ||= attempts > 2;
    log[hasWarned ? 'warn' : 'info'](
      { ...where, attempt: attempts, retryInSeconds: (pause + OWN_PAUSE) / 1_000 },
      `connecting: no connection to Discord’s gateway (${reason}) → nothing to do if it passes; if it goes on, see https://discordstatus.com and the network of this machine`,
    );
  };

  const connected = (how: string) => {
    const now = clock.now();
    state = 'connected';
    connectedAt = now;
    unopened = 0;
    unresumed = 0;
    if (hasLogged) {
      const awaySeconds = Math.round((now - downSince) / 1_000);
      log[hasWarned ? 'warn' : 'info']({ ...where, awaySeconds, replayed: internals.replayedEvents }, how);
    }
    hasLogged = false;
    hasWarned = false;
  };
  shard.on('ready', () => connected('connected again, with a new session → nothing to do'));
  shard.on('resumed', () => connected('connected again, session resumed → nothing to do'));

  const forgetSession = async () => {
    unopened = 0;
    unresumed = 0;
    await strategy.updateSessionInfo(shard.id, null);
  };

  /** @discordjs/ws would wait for ever. */
  const awaitResumed = async () => {
    const before = attempts;
    if (state === 'open') await clock.wait(MAX_RESUMING, { signal: ended, ref: false }).catch(() => {});
    if (ended.aborted || state !== 'open' || attempts !== before) return;
    await shard.destroy({ reason: 'no answer to RESUME', recover: WebSocketShardDestroyRecovery.Resume });
  };

  internals.internalConnect = async () => {
    const session = await strategy.retrieveSessionInfo(shard.id);
    const isGivenUp = session && (unopened >= MAX_UNOPENED || unresumed >= MAX_UNRESUMED);
    // A new session is opened at another address, which may work at once.
    if (pause > 0 && !isGivenUp) await clock.wait(pause, { signal: ended }).catch(() => {});
    if (ended.aborted) return;
    cause = undefined;
    if (isGivenUp) {
      log.warn(
        where,
        'the session can’t be resumed, opening a new one → nothing to do; what was asked meanwhile stays unanswered',
      );
      await forgetSession();
    }
    state = 'connecting';
    try {
      await internalConnect.call(shard);
      if (session && !isGivenUp) awaitResumed().catch((error: unknown) => logFailure(log, error, 'resuming'));
    } catch (error) {
      // Another attempt is on its way.
      if (shard.status !== IDLE) return;
      lost(`the address can’t be used: ${error instanceof Error ? error.message : error}`);
      await forgetSession();
      await internals.internalConnect();
    }
  };

  // The original has `connect()` reject, while it goes on trying all the same.
  internals.onError = (error) => {
    cause = error.message || error.name;
  };

  internals.onMessage = async (data, isBinary) => {
    if (state === 'connecting') state = 'open';
    try {
      await onMessage.call(shard, data, isBinary);
    } catch (error) {
      const { op, t } = headOf(data);
      const type = op === GatewayOpcodes.Dispatch ? t : GatewayOpcodes[Number(op)];
      unreadable.report(type, error, where);
      // A connection that wasn't set up is of no use.
      if (op === GatewayOpcodes.Dispatch && t !== GatewayDispatchEvents.Ready) return;
      await shard.destroy({ reason: 'an unreadable message', recover: WebSocketShardDestroyRecovery.Reconnect });
    }
  };

  shard.destroy = async (how = {}) => {
    if (how.recover === undefined) leaving.abort();
    else lost(cause ?? reasonOf(how));
    await destroy.call(shard, how);
  };
}

/** Why @discordjs/ws ends a connection, by its own words. */
const REASONS: Readonly<Record<string, string>> = {
  'Told to reconnect by Discord': 'Discord asked for it',
  'Zombie connection': 'heartbeats stayed unanswered',
  'Invalid session': 'the session has expired',
  'Something timed out or went wrong while waiting for an event': 'no answer in time',
};

function reasonOf({ code, reason = '' }: { readonly code?: number; readonly reason?: string }): string {
  if (REASONS[reason] !== undefined) return REASONS[reason];
  if (code === undefined) return reason;
  return `code ${code}${GatewayCloseCodes[code] === undefined ? '' : ` ${GatewayCloseCodes[code]}`}`;
}

/** The kind of a message of the gateway; only read if the message failed. */
function headOf(data: unknown): { readonly op?: unknown; readonly t?: unknown } {
  try {
    const payload: unknown = JSON.parse(String(data));
    return typeof payload === 'object' && payload !== null ? payload : {};
  } catch {
    return {};
  }
}

/** Events that discord.js can't read: dropped, counted, and logged by type. */
export class UnreadableEvents {
  readonly #log: Logger;
  readonly #metrics: Pick<Metrics, 'unreadableEvent'> | undefined;
  readonly #counts = new Map<string, number>();

  constructor(log: Logger, metrics: Pick<Metrics, 'unreadableEvent'> | undefined) {
    this.#log = log;
    this.#metrics = metrics;
  }

  /** Logs the first, second, fourth, … of a type. */
  report(type: unknown, error?: unknown, where: object = {}): void {
    const known = TYPES.has(type) ? String(type) : 'unknown';
    const count = (this.#counts.get(known) ?? 0) + 1;
    this.#counts.set(known, count);
    this.#metrics?.unreadableEvent(known);
    if (!Number.isInteger(Math.log2(count))) return;
    const { name, stack = '' } = error instanceof Error ? error : { name: undefined };
    // Without the error's message, which may quote what a member wrote.
    const at = /node_modules[\\/](\S+?:\d+)/.exec(stack)?.[1];
    this.#log.warn(
      { ...where, type: known, count, error: name, at },
      'an event of Discord’s was dropped because discord.js can’t read it → nothing to do if it is rare; otherwise update discord.js, or report it there with this line',
    );
  }

  /** Guards what a client makes of each event, also of those that it queued while it started. */
  guard({ ws }: Client): void {
    const internals = ws as unknown as { handlePacket(packet?: { readonly t?: unknown }, shard?: unknown): boolean };
    const { handlePacket } = internals;
    internals.handlePacket = (packet, shard) => {
      try {
        return handlePacket.call(ws, packet, shard);
      } catch (error) {
        // Its shard has to connect anew.
        if (packet?.t === GatewayDispatchEvents.Ready) throw error;
        this.report(packet?.t, error);
        return true;
      }
    };
  }
}

const TYPES: ReadonlySet<unknown> = new Set([
  ...Object.values(GatewayDispatchEvents),
  ...Object.values(GatewayOpcodes),
]);
