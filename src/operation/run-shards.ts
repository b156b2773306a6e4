import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { DiscordAPIError, REST, Routes, type Shard, ShardingManager } from 'discord.js';
import { z } from 'zod';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { openStorage } from '../storage/storage.ts';
import { type Clock, systemClock } from './clock.ts';
import { logFailure, TokenRefused } from './failures.ts';
import { type Logger, openLog } from './log.ts';
import { type Settings, SettingsError } from './settings.ts';
import { MAX_STOP } from './stopping.ts';

const SHARD_PROCESS = fileURLToPath(new URL('../discord/shard-process.ts', import.meta.url));
const MAX_PAUSE = 60_000;
/** A shard that ran this long has not failed at its start: it is started again without much ado. */
const RUNS_WELL = 60_000;
/** A moment longer than shards give themselves. */
const PATIENCE_AT_STOP = MAX_STOP + 200;

/** What a shard says, before it ends, to the process that started it. */
const lastWords = z.object({ failed: z.string() });

/** A shard said that it cannot go on, and why; nor can the others. */
class ShardFailed extends ExpectedError {
  override readonly name = 'ShardFailed';
}

/**
 * Runs the bot with a process for each shard, until it is asked to stop; all stop as a single one does. A shard that ends by
 * itself is started again.
 *
 * @param shards how many, or `auto` for as many as Discord recommends
 * @param knowledge what `--knowledge` says, if anything
 * @param asked resolves when all are to end, with what asked
 * @throws {TokenRefused} where Discord does not accept the token
 * @throws {SettingsError} where the settings do not suit so many shards
 * @throws {StorageError} where the database cannot be used
 * @throws {ShardFailed} where a shard cannot run, for a reason that holds for all of them
 */
export async function runShards(
  token: string,
  shards: number | 'auto',
  settings: Settings,
  knowledge: string | undefined,
  asked: Promise<string>,
  clock: Clock = systemClock,
): Promise<void> {
  const log = openLog(settings.LOG_LEVEL);
  const stopping = new AbortController();
  const stop = asked.then((signal) => {
    log.info({ signal }, 'stopping all shards');
    stopping.abort();
  });
  const recommended = await askDiscord(token, settings.DISCORD_API, log, clock, stopping.signal);
  if (recommended === undefined) return;
  const count = shards === 'auto' ? recommended : shards;
  checkPorts(settings, count);
  try {
    // Brings the tables up to date, so that the shards need not all try.
    const storage = await openStorage(settings, { ids: [], count }, log, stopping.signal);
    await storage.close();
  } catch (error) {
    if (stopping.signal.aborted) return;
    throw error;
  }
  log.info({ shards: count, recommended }, 'starting a process for each shard');
  const sharding = new ShardingManager(SHARD_PROCESS, {
    totalShards: count,
    token,
    respawn: false,
    shardArgs: knowledge === undefined ? [] : ['--knowledge', knowledge],
  });
  const reload = () => {
    for (const { process: child } of sharding.shards.values()) child?.kill('SIGHUP');
  };
  process.on('SIGHUP', reload);
  const running = Array.from({ length: count }, (_, id) =>
    keepRunning(sharding.createShard(id), log, clock, stopping.signal),
  );
  try {
    await Promise.race([stop, Promise.all(running)]);
  } finally {
    stopping.abort();
    await Promise.allSettled(running);
    process.off('SIGHUP', reload);
    log.info('all shards stopped');
  }
}

const LAST_PORT = 65_535;

/** @throws {SettingsError} where there are not ports enough for the health of all shards, from the one that is set on */
function checkPorts({ HEALTH_PORT = 0 }: Settings, shards: number): void {
  if (HEALTH_PORT === 0 || HEALTH_PORT + shards - 1 <= LAST_PORT) return;
  throw new SettingsError(
    `HEALTH_PORT leaves no room for ${shards} shards, each of which takes the next port: choose one up to ${LAST_PORT - shards + 1}; found ${HEALTH_PORT}.`,
  );
}

/** How many shards Discord recommends; `undefined` if the bot is to end before Discord could be asked. */
async function askDiscord(
  token: string,
  api: string,
  log: Logger,
  clock: Clock,
  signal: AbortSignal,
): Promise<number | undefined> {
  const rest = new REST({ api }).setToken(token);
  for (let attempt = 0; ; attempt++) {
    try {
      return z.object({ shards: z.number() }).parse(await rest.get(Routes.gatewayBot(), { signal })).shards;
    } catch (error) {
      if (signal.aborted) return undefined;
      if (error instanceof DiscordAPIError && error.status === 401) throw new TokenRefused();
      logFailure(log, error, 'connecting');
    }
    if (!(await pause(attempt, log, clock, signal))) return undefined;
  }
}

/** Runs a shard, again and again, until all are to stop. */
async function keepRunning(shard: Shard, log: Logger, clock: Clock, stopping: AbortSignal): Promise<void> {
  for (let attempt = 0; !stopping.aborted; attempt++) {
    const startedAt = clock.now();
    const { code, signal } = await run(shard, log, clock, stopping);
    if (stopping.aborted) return;
    log.warn(
      { shard: shard.id, code, signal },
      'a shard ended by itself → nothing to do if it runs on now; if not, see its last lines',
    );
    if (clock.now() - startedAt > RUNS_WELL) attempt = 0;
    if (!(await pause(attempt, log, clock, stopping))) return;
  }
}

/** @throws {ShardFailed} */
async function run(shard: Shard, log: Logger, clock: Clock, stopping: AbortSignal) {
  // Without waiting for it to be ready: that takes as long as Discord takes.
  const child = await shard.spawn(-1);
  log.info({ shard: shard.id, pid: child.pid }, 'shard started');
  let failed: string | undefined;
  child.on('message', (said) => {
    failed ??= lastWords.safeParse(said).data?.failed;
  });
  const impatience = new AbortController();
  const stop = async () => {
    // A shard lives as long as this line.
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

/** Waits longer from attempt to attempt; false if the bot is to end. */
async function pause(attempt: number, log: Logger, clock: Clock, signal: AbortSignal): Promise<boolean> {
  const milliseconds = Math.min(MAX_PAUSE, 1_000 * 2 ** attempt);
  log.info({ seconds: milliseconds / 1_000 }, 'trying again');
  return clock.wait(milliseconds, { signal }).then(
    () => true,
    () => false,
  );
}
