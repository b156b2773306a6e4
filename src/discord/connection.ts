import {
  type Client,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayOpcodes,
  type IContextFetchingStrategy,
  SimpleIdentifyThrottler,
  SimpleShardingStrategy,
  type WebSocketOptions,
  type WebSocketShardDestroyOptions,
  WebSocketShardDestroyRecovery,
  WebSocketShardStatus,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Clock } from '../operation/clock.ts';
import { logFailure } from '../operation/failures.ts';
import type { Metrics } from '../operation/health/metrics.ts';
import { isPowerOfTwo, pauseAfter } from '../operation/retry.ts';
import type { Storage } from '../storage/storage.ts';

/*
 * Works around gaps in discord.js 14.28 and @discordjs/ws 1.2: an event they can't parse ends the process; during an
 * outage they reconnect twice a second, only to the resume URL, without saying why; and they connect even after the
 * client was destroyed. This replaces private methods: check it with each new version.
 */

interface ConnectionOptions {
  /** Aborted before the client is destroyed. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly log: Logger;
  readonly unreadable: UnreadableEvents;
}

/** Connects shards so that they survive outages. */
export function steadyConnection(options: ConnectionOptions): NonNullable<WebSocketOptions['buildStrategy']> {
  return (connections) =>
    new (class extends SimpleShardingStrategy {
      override async spawn(ids: number[]) {
        await super.spawn(ids);
        // Log lines name the shard where a process runs several.
        for (const shard of this['shards'].values()) {
          const log = ids.length > 1 ? options.log.child({ shard: shard.id }) : options.log;
          steady(shard, { ...options, log });
        }
      }

      override async connect() {
        // A client that was destroyed while it asked for the address would answer next to its successor.
        options.signal.throwIfAborted();
        await super.connect();
      }
    })(connections);
}

/** A connection that lasted this long, in milliseconds, was a good one: its loss isn't part of the previous outage. */
const STABLE_AFTER = 30_000;
/** After more failures in a row, the session is given up. A new one uses another address, which may work at once. */
const MAX_RESUMING = 4;
/** How long RESUME may stay unanswered, in milliseconds: what was missed is sent first. */
const MAX_UNANSWERED = 60_000;
/** @discordjs/ws waits this long before each attempt anyway, in milliseconds. */
const OWN_PAUSE = 500;

/** Including its private members. */
interface ShardOfWs {
  readonly id: number;
  readonly status: WebSocketShardStatus;
  readonly strategy: IContextFetchingStrategy;
  on(event: 'ready' | 'resumed', listener: () => void): unknown;
  destroy(options?: WebSocketShardDestroyOptions): Promise<void>;
  internalConnect(): Promise<void>;
  onError(error: Error): void;
  onMessage(data: unknown, isBinary: boolean): Promise<void>;
}

function steady(shard: ShardOfWs, { signal, clock, log, unreadable }: ConnectionOptions): void {
  const { internalConnect, onMessage, destroy, strategy } = shard;
  const leaving = new AbortController();
  const ended = AbortSignal.any([signal, leaving.signal]);
  let state: 'down' | 'connecting' | 'connected' = 'down';
  /** When the connection was made or, until there is another one, lost. */
  let since = clock.now();
  /** Connections lost and attempts failed in a row. */
  let failures = 0;
  let cause: string | undefined;
  /** The level of the latest line about this outage; `undefined` if there was none. */
  let level: 'info' | 'warn' | undefined;
  const pause = () => (failures > 1 ? pauseAfter(failures) / 2 : 0);

  const lost = (reason: string) => {
    // A failure while another is dealt with is part of it.
    if (state === 'down' || ended.aborted) return;
    const wasConnected = state === 'connected';
    state = 'down';
    if (wasConnected) {
      if (clock.now() - since > STABLE_AFTER) failures = 0;
      since = clock.now();
    }
    failures++;
    if (!isPowerOfTwo(failures)) return;
    // A few are part of an ordinary reconnection.
    level = failures > 3 ? 'warn' : 'info';
    if (wasConnected) log[level](`connection lost (${reason}), reconnecting → nothing to do`);
    else {
      log[level](
        { attempt: failures, retryInSeconds: (pause() + OWN_PAUSE) / 1_000 },
        `connecting: no connection to Discord’s gateway (${reason}) → nothing to do if it passes; if it goes on, see https://discordstatus.com and the network of this machine`,
      );
    }
  };

  const connected = (how: string) => {
    if (level) log[level]({ awaySeconds: Math.round((clock.now() - since) / 1_000) }, how);
    level = undefined;
    state = 'connected';
    since = clock.now();
  };
  shard.on('ready', () => connected('connected again, with a new session → nothing to do'));
  shard.on('resumed', () => connected('connected again, session resumed → nothing to do'));

  /** @discordjs/ws would wait forever for an answer to RESUME. */
  const awaitAnswer = async (attempt: number) => {
    const isUnanswered = () => state === 'connecting' && attempt === failures && !ended.aborted;
    if (isUnanswered()) await clock.wait(MAX_UNANSWERED, { signal: ended, ref: false }).catch(() => {});
    if (isUnanswered())
      await shard.destroy({ reason: 'no answer to RESUME', recover: WebSocketShardDestroyRecovery.Resume });
  };

  shard.internalConnect = async () => {
    if (failures > MAX_RESUMING && (await strategy.retrieveSessionInfo(shard.id))) {
      level = 'warn';
      log.warn(
        'the session can’t be resumed, opening a new one → nothing to do; what was asked meanwhile stays unanswered',
      );
      await strategy.updateSessionInfo(shard.id, null);
    } else if (pause() > 0) await clock.wait(pause(), { signal: ended }).catch(() => {});
    if (ended.aborted) return;
    cause = undefined;
    state = 'connecting';
    try {
      await internalConnect.call(shard);
    } catch (error) {
      // @discordjs/ws is already reconnecting.
      if (shard.status !== WebSocketShardStatus.Idle) return;
      lost(`the address can’t be used: ${error instanceof Error ? error.message : error}`);
      await strategy.updateSessionInfo(shard.id, null);
      return shard.internalConnect();
    }
    // Not awaited: `destroy` waits for `internalConnect` when it reconnects.
    awaitAnswer(failures).catch((error: unknown) => logFailure(log, error, 'resuming'));
  };

  // The original has `connect()` reject, while it goes on trying all the same.
  shard.onError = (error) => {
    cause = error.message || error.name;
  };

  shard.onMessage = async (data, isBinary) => {
    try {
      await onMessage.call(shard, data, isBinary);
    } catch (error) {
      // It is JSON, or it would have been ignored.
      const { op, t }: { op?: unknown; t?: unknown } = JSON.parse(String(data));
      unreadable.report(op === GatewayOpcodes.Dispatch ? t : GatewayOpcodes[Number(op)], error, log);
      // A connection that wasn't set up is of no use.
      if (op === GatewayOpcodes.Dispatch && t !== GatewayDispatchEvents.Ready) return;
      await shard.destroy({ reason: 'an unreadable message', recover: WebSocketShardDestroyRecovery.Reconnect });
    }
  };

  shard.destroy = async (options = {}) => {
    const { recover, reason, code } = options;
    if (recover === undefined) leaving.abort();
    else lost(cause ?? reason ?? `code ${code} ${GatewayCloseCodes[Number(code)] ?? ''}`.trim());
    await destroy.call(shard, options);
  };
}

type UnreadableEvents = ReturnType<typeof unreadableEvents>;

/** Events that discord.js can't read: dropped, counted, and logged by type. */
export function unreadableEvents(log: Logger, metrics: Pick<Metrics, 'unreadableEvent'> | undefined) {
  const counts = new Map<string, number>();
  /** Logs the first, second, fourth, … of a type. */
  const report = (type: unknown, error: unknown, log: Logger) => {
    const known = TYPES.has(type) ? String(type) : 'unknown';
    const count = (counts.get(known) ?? 0) + 1;
    counts.set(known, count);
    metrics?.unreadableEvent(known);
    if (!isPowerOfTwo(count)) return;
    const { name, stack = '' } = error instanceof Error ? error : { name: undefined };
    // Without the error's message, which may quote what a member wrote.
    const at = /node_modules[\\/](\S+?:\d+)/.exec(stack)?.[1];
    log.warn(
      { type: known, count, error: name, at },
      'an event of Discord’s was dropped because discord.js can’t read it → nothing to do if it is rare; otherwise update discord.js, or report it there with this line',
    );
  };
  /** Wraps the client's packet handler, which also replays packets queued during startup. */
  const guard = ({ ws }: Client) => {
    const internals = ws as unknown as { handlePacket(packet?: { readonly t?: unknown }, shard?: unknown): boolean };
    const handlePacket = internals.handlePacket.bind(ws);
    internals.handlePacket = (packet, shard) => {
      try {
        return handlePacket(packet, shard);
      } catch (error) {
        // After an unreadable READY, the shard has to reconnect.
        if (packet?.t === GatewayDispatchEvents.Ready) throw error;
        report(packet?.t, error, log);
        return true;
      }
    };
  };
  return { report, guard };
}

const TYPES = new Set<unknown>([...Object.values(GatewayDispatchEvents), ...Object.values(GatewayOpcodes)]);

/**
 * Makes shards identify one after another across all processes of the bot. While the database can't be used, they take
 * turns within their process only: Discord may refuse an IDENTIFY that comes too soon, but it is then repeated.
 */
export function identifyInTurn(
  turns: Storage['turns'],
  log: Logger,
): NonNullable<WebSocketOptions['buildIdentifyThrottler']> {
  return async (connections) => {
    const { max_concurrency: buckets } = (await connections.fetchGatewayInformation()).session_start_limit;
    const alone = new SimpleIdentifyThrottler(buckets);
    return {
      async waitForIdentify(shard, signal) {
        try {
          await turns.take(shard % buckets, signal);
        } catch (error) {
          signal.throwIfAborted();
          logFailure(log, error, 'waiting for the turn to connect');
          await alone.waitForIdentify(shard, signal);
        }
      },
    };
  };
}
