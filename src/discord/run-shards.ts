import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { DiscordAPIError, REST, Routes } from 'discord.js';
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
import type { ShardStart } from './shard-process.ts';

/** A shard that ran this long, in milliseconds, didn't fail at its start, and is restarted soon. */
const STABLE_AFTER = 60_000;
/** A little longer than shards give themselves. */
const STOP_TIMEOUT = MAX_STOP + 200;
const LAST_PORT = 65_535;

const PROGRAM = fileURLToPath(new URL('shard-process.ts', import.meta.url));

const gatewaySchema = z.object({ shards: z.number() });

/**
 * Runs the bot with a process for each shard until it is asked to stop. A shard that exits is restarted.
 *
 * @param knowledge the value of `--knowledge`, if given
 * @param asked resolves with the signal that asks all shards to stop
 * @throws {TokenRefused} if Discord rejects the token
 * @throws {SettingsError} if the settings don't suit so many shards
 * @throws {StorageError} if the database can't be used
 * @throws {ExpectedError} if a shard can't run, for a reason that holds for all of them
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
  let isAsked = false;
  const stop = asked.then((by) => {
    log.info({ signal: by }, 'stopping all shards');
    isAsked = true;
    stopping.abort();
  });
  try {
    const rest = new REST(restOptions(settings.DISCORD_API)).setToken(token);
    const during = 'connecting';
    const recommended = await retry(() => recommendedShards(rest, signal), { log, clock, signal, during });
    const count = typeof settings.SHARDS === 'number' ? settings.SHARDS : recommended;
    const { HEALTH_PORT: port } = settings;
    if (port && port + count - 1 > LAST_PORT)
      throw new SettingsError(
        `HEALTH_PORT leaves no room for ${count} shards, each of which takes the next port: choose one up to ${LAST_PORT - count + 1}; found ${port}.`,
      );
    // Brings the tables up to date, so that the shards needn't all try.
    const storage = await openStorage(settings, { ids: [], count }, log, signal);
    await storage.close();
    log.info({ shards: count, recommended }, 'starting a process for each shard');
    const children = new Set<ChildProcess>();
    const stopReloading = onReloadSignal(() => {
      for (const child of children) child.kill('SIGHUP');
    });
    const running = Array.from({ length: count }, (_, id) => {
      const own = { SHARDS: undefined, SHARD_COUNT: count, SHARD_IDS: `${id}`, HEALTH_PORT: port && port + id };
      return keepRunning(id, { token, settings: { ...settings, ...own }, knowledge }, children, log, signal);
    });
    try {
      await Promise.race([stop, Promise.all(running)]);
    } finally {
      stopping.abort();
      // A shard stops when its parent disconnects.
      for (const child of children) if (child.connected) child.disconnect();
      await Promise.race([Promise.allSettled(running), clock.wait(STOP_TIMEOUT, { ref: false })]);
      for (const child of children) child.kill('SIGKILL');
      stopReloading();
      log.info('all shards stopped');
    }
  } catch (error) {
    if (!isAsked) throw error;
  } finally {
    exitSoon();
  }
}

async function recommendedShards(rest: REST, signal: AbortSignal): Promise<number> {
  const answer = await rest.get(Routes.gatewayBot(), { signal }).catch((error: unknown) => {
    throw error instanceof DiscordAPIError && error.status === 401 ? new TokenRefused() : error;
  });
  const { data } = gatewaySchema.safeParse(answer);
  if (!data) throw new UnexpectedResponse(`GET ${Routes.gatewayBot()} without a number of shards`);
  return data.shards;
}

/** Restarts a shard whenever it ends, until all are to stop. `children` are the processes that run now. */
async function keepRunning(
  shard: number,
  start: ShardStart,
  children: Set<ChildProcess>,
  log: Logger,
  stopping: AbortSignal,
): Promise<void> {
  for (let attempt = 1; !stopping.aborted; attempt++) {
    const startedAt = clock.now();
    const child = fork(PROGRAM);
    children.add(child);
    // One that ends before it has read this is started again like any other.
    child.send(start, () => {});
    let failed: string | undefined;
    child.once('message', (reason) => {
      failed = String(reason);
    });
    log.info({ shard, pid: child.pid }, 'shard started');
    const [code, signal] = await once(child, 'exit');
    children.delete(child);
    if (failed !== undefined) throw new ExpectedError(failed);
    if (stopping.aborted) return;
    if (clock.now() - startedAt > STABLE_AFTER) attempt = 1;
    const pause = pauseAfter(attempt);
    log.warn(
      { shard, code, signal, attempt, retryInSeconds: pause / 1_000 },
      'a shard exited → nothing to do if it keeps running now; otherwise see its last lines',
    );
    await clock.wait(pause, { signal: stopping }).catch(() => {});
  }
}
