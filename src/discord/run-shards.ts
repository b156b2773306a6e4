import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { DiscordAPIError, REST, Routes, type Shard, ShardingManager } from 'discord.js';
import { z } from 'zod';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { Backoff } from '../operation/backoff.ts';
import { type Clock, systemClock } from '../operation/clock.ts';
import { logFailure, TokenRefused, UnexpectedResponse } from '../operation/failures.ts';
import { type Logger, openLog } from '../operation/log.ts';
import { restOptions } from '../operation/rest.ts';
import { type Settings, SettingsError } from '../operation/settings.ts';
import { exitSoon, MAX_STOP, onReloadSignal } from '../operation/signals.ts';
import { openStorage } from '../storage/storage.ts';

/** A shard that ran this long didn't fail at its start, and is restarted at once. */
const RUNS_WELL = 60_000;
/** A little longer than shards give themselves. */
const PATIENCE_AT_STOP = MAX_STOP + 200;

/** The program that runs one shard. */
const PROGRAM = fileURLToPath(new URL('shard-process.ts', import.meta.url));

/** What a shard tells its parent before it ends. */
const lastWords = z.object({ failed: z.string() });

/** A shard can't run, for a reason that holds for all of them. */
class ShardFailed extends ExpectedError {
  override readonly name = 'ShardFailed';
}

export interface ShardedBot {
  readonly token: string;
  /** How many shards, or `auto` for as many as Discord recommends. */
  readonly shards: number | 'auto';
  readonly settings: Settings;
  /** The value of `--knowledge`, if given. */
  readonly knowledge: string | undefined;
  /** Resolves with the signal that asks all shards to stop. */
  readonly asked: Promise<string>;
  readonly clock?: Clock;
}

/**
 * Runs the bot with a process for each shard until it is asked to stop. A shard that ends by itself is restarted.
 *
 * @throws {TokenRefused} if Discord rejects the token
 * @throws {SettingsError} if the settings don't suit so many shards
 * @throws {StorageError} if the database can't be used
 * @throws {ShardFailed} if a shard can't run, for a reason that holds for all of them
 */
export async function runShards(bot: ShardedBot): Promise<void> {
  const { token, shards, settings, knowledge, asked, clock = systemClock } = bot;
  const log = openLog(settings.LOG_LEVEL);
  const stopping = new AbortController();
  const stop = asked.then((signal) => {
    log.info({ signal }, 'stopping all shards');
    stopping.abort();
  });
  try {
    const recommended = await askDiscord(token, settings.DISCORD_API, log, clock, stopping.signal);
    const count = shards === 'auto' ? recommended : shards;
    checkPorts(settings, count);
    // Brings the tables up to date, so that the shards needn't all try.
    const storage = await openStorage(settings, { ids: [], count }, log, stopping.signal);
    await storage.close();
    log.info({ shards: count, recommended }, 'starting a process for each shard');
    const sharding = new ShardingManager(PROGRAM, {
      totalShards: count,
      token,
      respawn: false,
      shardArgs: knowledge === undefined ? [] : ['--knowledge', knowledge],
    });
    const stopReloading = onReloadSignal(() => {
      for (const { process: child } of sharding.shards.values()) child?.kill('SIGHUP');
    });
    const running = Array.from({ length: count }, (_, id) =>
      keepRunning(sharding.createShard(id), log, clock, stopping.signal),
    );
    try {
      await Promise.race([stop, Promise.all(running)]);
    } finally {
      stopping.abort();
      await Promise.allSettled(running);
      stopReloading();
      log.info('all shards stopped');
    }
  } catch (error) {
    if (!stopping.signal.aborted || error instanceof ShardFailed) throw error;
  } finally {
    exitSoon();
  }
}

const LAST_PORT = 65_535;

/** @throws {SettingsError} if there are too few ports from HEALTH_PORT on for all shards */
function checkPorts({ HEALTH_PORT = 0 }: Settings, shards: number): void {
  if (HEALTH_PORT === 0 || HEALTH_PORT + shards - 1 <= LAST_PORT) return;
  throw new SettingsError(
    `HEALTH_PORT leaves no room for ${shards} shards, each of which takes the next port: choose one up to ${LAST_PORT - shards + 1}; found ${HEALTH_PORT}.`,
  );
}

/** How many shards Discord recommends. Retries; rejects if the signal ends the attempts. */
async function askDiscord(token: string, api: string, log: Logger, clock: Clock, signal: AbortSignal): Promise<number> {
  const rest = new REST(restOptions(api)).setToken(token);
  const backoff = new Backoff();
  for (;;) {
    try {
      const answer = gatewaySchema.safeParse(await rest.get(Routes.gatewayBot(), { signal }));
      if (answer.success) return answer.data.shards;
      throw new UnexpectedResponse(`GET ${Routes.gatewayBot()} without a number of shards`);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof DiscordAPIError && error.status === 401) throw new TokenRefused();
      const { attempt, pause, isLogged } = backoff.failed();
      if (isLogged) logFailure(log, error, 'connecting', { attempt, retryInSeconds: pause / 1_000 });
      await clock.wait(pause, { signal });
    }
  }
}

const gatewaySchema = z.object({ shards: z.number() });

/** Restarts a shard whenever it ends, until all are to stop. */
async function keepRunning(shard: Shard, log: Logger, clock: Clock, stopping: AbortSignal): Promise<void> {
  const backoff = new Backoff();
  while (!stopping.aborted) {
    const startedAt = clock.now();
    const { code, signal } = await run(shard, log, clock, stopping);
    if (stopping.aborted) return;
    if (clock.now() - startedAt > RUNS_WELL) backoff.reset();
    const { attempt, pause } = backoff.failed();
    log.warn(
      { shard: shard.id, code, signal, attempt, retryInSeconds: pause / 1_000 },
      'a shard ended by itself → nothing to do if it keeps running now; otherwise see its last lines',
    );
    await clock.wait(pause, { signal: stopping }).catch(() => {});
  }
}

/** @throws {ShardFailed} */
async function run(shard: Shard, log: Logger, clock: Clock, stopping: AbortSignal) {
  // Doesn't wait until it is ready, which takes as long as Discord takes.
  const child = await shard.spawn(-1);
  log.info({ shard: shard.id, pid: child.pid }, 'shard started');
  let failed: string | undefined;
  child.on('message', (said) => {
    failed ??= lastWords.safeParse(said).data?.failed;
  });
  const impatience = new AbortController();
  const stop = async () => {
    // A shard stops when its parent disconnects.
    if (child.connected) child.disconnect();
    await clock.wait(PATIENCE_AT_STOP, { signal: impatience.signal }).catch(() => {});
    if (!impatience.signal.aborted) child.kill('SIGKILL');
  };
  stopping.addEventListener('abort', stop, { once: true });
  if (stopping.aborted) void stop();
  const [code, signal] = await once(child, 'exit');
  stopping.removeEventListener('abort', stop);
  impatience.abort();
  if (failed !== undefined) throw new ShardFailed(failed);
  return { code, signal };
}
