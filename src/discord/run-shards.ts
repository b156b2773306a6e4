import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { DiscordAPIError, REST, Routes, type Shard, ShardingManager } from 'discord.js';
import { z } from 'zod';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { systemClock as clock } from '../operation/clock.ts';
import { TokenRefused, UnexpectedResponse } from '../operation/failures.ts';
import { type Logger, openLog } from '../operation/log.ts';
import { restOptions } from '../operation/rest.ts';
import { pauseAfter, retry } from '../operation/retry.ts';
import { type Settings, SettingsError } from '../operation/settings.ts';
import { exitSoon, MAX_STOP, onReloadSignal } from '../operation/signals.ts';
import { openStorage } from '../storage/storage.ts';

/** A shard that ran this long, in milliseconds, didn't fail at its start, and is restarted soon. */
const RUNS_WELL = 60_000;
/** A little longer than shards give themselves. */
const PATIENCE_AT_STOP = MAX_STOP + 200;
const LAST_PORT = 65_535;

/** The program that runs one shard. */
const PROGRAM = fileURLToPath(new URL('shard-process.ts', import.meta.url));

/** What Discord tells of the gateway, and what a shard tells its parent before it ends. */
const gatewaySchema = z.object({ shards: z.number() });
const lastWords = z.object({ failed: z.string() });

/** A shard can't run, for a reason that holds for all of them. */
class ShardFailed extends ExpectedError {
  override readonly name = 'ShardFailed';
}

/**
 * Runs the bot with a process for each shard until it is asked to stop. A shard that ends by itself is restarted.
 *
 * @param knowledge the value of `--knowledge`, if given
 * @param asked resolves with the signal that asks all shards to stop
 * @throws {TokenRefused} if Discord rejects the token
 * @throws {SettingsError} if the settings don't suit so many shards
 * @throws {StorageError} if the database can't be used
 * @throws {ShardFailed} if a shard can't run, for a reason that holds for all of them
 */
export async function runShards(
  token: string,
  settings: Settings,
  knowledge: string | undefined,
  asked: Promise<string>,
): Promise<void> {
  const log = openLog(settings.LOG_LEVEL);
  const stopping = new AbortController();
  const { signal } = stopping;
  const stop = asked.then((by) => {
    log.info({ signal: by }, 'stopping all shards');
    stopping.abort();
  });
  try {
    const rest = new REST(restOptions(settings.DISCORD_API)).setToken(token);
    const recommended = await retry(() => recommendedShards(rest, signal), {
      log,
      clock,
      signal,
      during: 'connecting',
    });
    const count = typeof settings.SHARDS === 'number' ? settings.SHARDS : recommended;
    checkPorts(settings, count);
    // Brings the tables up to date, so that the shards needn't all try.
    const storage = await openStorage(settings, { ids: [], count }, log, signal);
    await storage.close();
    log.info({ shards: count, recommended }, 'starting a process for each shard');
    const shardArgs = knowledge === undefined ? [] : ['--knowledge', knowledge];
    const sharding = new ShardingManager(PROGRAM, { totalShards: count, token, respawn: false, shardArgs });
    const stopReloading = onReloadSignal(() => {
      for (const { process: child } of sharding.shards.values()) child?.kill('SIGHUP');
    });
    const running = Array.from({ length: count }, (_, id) => keepRunning(sharding.createShard(id), log, signal));
    try {
      await Promise.race([stop, Promise.all(running)]);
    } finally {
      stopping.abort();
      await Promise.allSettled(running);
      stopReloading();
      log.info('all shards stopped');
    }
  } catch (error) {
    if (!signal.aborted || error instanceof ShardFailed) throw error;
  } finally {
    exitSoon();
  }
}

/** @throws {SettingsError} if there are too few ports from HEALTH_PORT on for all shards */
function checkPorts({ HEALTH_PORT = 0 }: Settings, shards: number): void {
  if (HEALTH_PORT === 0 || HEALTH_PORT + shards - 1 <= LAST_PORT) return;
  throw new SettingsError(
    `HEALTH_PORT leaves no room for ${shards} shards, each of which takes the next port: choose one up to ${LAST_PORT - shards + 1}; found ${HEALTH_PORT}.`,
  );
}

/** How many shards Discord recommends. */
async function recommendedShards(rest: REST, signal: AbortSignal): Promise<number> {
  try {
    const answer = gatewaySchema.safeParse(await rest.get(Routes.gatewayBot(), { signal }));
    if (answer.success) return answer.data.shards;
  } catch (error) {
    throw error instanceof DiscordAPIError && error.status === 401 ? new TokenRefused() : error;
  }
  throw new UnexpectedResponse(`GET ${Routes.gatewayBot()} without a number of shards`);
}

/** Restarts a shard whenever it ends, until all are to stop. */
async function keepRunning(shard: Shard, log: Logger, stopping: AbortSignal): Promise<void> {
  for (let attempt = 1; !stopping.aborted; attempt++) {
    const startedAt = clock.now();
    const [code, signal] = await run(shard, log, stopping);
    if (stopping.aborted) return;
    if (clock.now() - startedAt > RUNS_WELL) attempt = 1;
    const pause = pauseAfter(attempt);
    log.warn(
      { shard: shard.id, code, signal, attempt, retryInSeconds: pause / 1_000 },
      'a shard ended by itself → nothing to do if it keeps running now; otherwise see its last lines',
    );
    await clock.wait(pause, { signal: stopping }).catch(() => {});
  }
}

/**
 * @returns the exit code and signal
 * @throws {ShardFailed}
 */
async function run(shard: Shard, log: Logger, stopping: AbortSignal): Promise<unknown[]> {
  // Doesn't wait until it is ready, which takes as long as Discord takes.
  const child = await shard.spawn(-1);
  log.info({ shard: shard.id, pid: child.pid }, 'shard started');
  let failed: string | undefined;
  child.on('message', (said) => {
    failed ??= lastWords.safeParse(said).data?.failed;
  });
  let impatience: NodeJS.Timeout | undefined;
  const stop = () => {
    // A shard stops when its parent disconnects.
    if (child.connected) child.disconnect();
    impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_AT_STOP);
  };
  stopping.addEventListener('abort', stop, { once: true });
  if (stopping.aborted) stop();
  const ending = await once(child, 'exit');
  stopping.removeEventListener('abort', stop);
  clearTimeout(impatience);
  if (failed !== undefined) throw new ShardFailed(failed);
  return ending;
}
