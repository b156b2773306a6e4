import { once } from 'node:events';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { openEngine } from '../operation/open-engine.ts';
import type { Settings } from '../operation/settings.ts';
import { askedToStop, SIGHUP_STOPS } from '../operation/signals.ts';
import { runBot } from './run.ts';

/*
 * The program of each process that `runShards` starts: one shard of the bot. It stops when its parent disconnects. If
 * it can't run, it tells the parent why, which reports it once for all shards.
 */

/** What the parent tells it first. */
export interface ShardStart {
  readonly token: string;
  readonly settings: Settings;
  /** The value of `--knowledge`, if given. */
  readonly knowledge: string | undefined;
}

const parentLeft = once(process, 'disconnect').then(() => 'the parent');

// A reload may be requested while the knowledge is about to be read anyway.
if (!SIGHUP_STOPS) process.on('SIGHUP', () => {});

try {
  const [start] = await once(process, 'message');
  const { token, settings, knowledge }: ShardStart = start;
  await runBot(token, settings, openEngine(knowledge, settings), Promise.race([askedToStop(), parentLeft]));
} catch (error) {
  if (!(error instanceof ExpectedError)) throw error;
  process.exitCode = 1;
  const { promise: told, resolve } = Promise.withResolvers<unknown>();
  process.send?.(error.message, resolve);
  await told;
} finally {
  if (process.connected) process.disconnect();
}
