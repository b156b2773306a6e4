import { parseArgs } from 'node:util';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { openEngine } from '../operation/open-engine.ts';
import { readSettings, shardsOf } from '../operation/settings.ts';
import { askedToStop, HANGUP_STOPS } from '../operation/signals.ts';
import { runBot } from './run.ts';

/*
 * The program of each process that `runShards` starts: one shard of the bot. It stops when its parent disconnects. If it
 * can't run, it tells the parent why, which reports it once for all shards.
 */

// discord.js puts the shard's id in SHARDS; everywhere else, SHARD_IDS names the shards that a process runs.
process.env['SHARD_IDS'] = process.env['SHARDS'];
process.env['SHARDS'] = '';
// discord.js would talk with the parent by itself, and fail without one.
delete process.env['SHARDING_MANAGER'];

const { promise: left, resolve } = Promise.withResolvers<string>();
process.once('disconnect', () => resolve('the parent'));
if (!process.connected) resolve('the parent');

// A reload may be requested while the knowledge is about to be read anyway.
if (!HANGUP_STOPS) process.on('SIGHUP', () => {});

try {
  const { values } = parseArgs({ options: { knowledge: { type: 'string' } } });
  const settings = readSettings();
  const { DISCORD_TOKEN: token, HEALTH_PORT } = settings;
  const [shard = 0] = shardsOf(settings).ids;
  if (token !== undefined) {
    // All shards are on one machine: the first takes HEALTH_PORT, each other the next port.
    const ownSettings = HEALTH_PORT ? { ...settings, HEALTH_PORT: HEALTH_PORT + shard } : settings;
    await runBot(token, ownSettings, openEngine(values.knowledge, settings), Promise.race([askedToStop(), left]));
  }
} catch (error) {
  if (!(error instanceof ExpectedError)) throw error;
  process.exitCode = 1;
  const { promise: told, resolve: isTold } = Promise.withResolvers<unknown>();
  process.send?.({ failed: error.message }, isTold);
  await told;
} finally {
  if (process.connected) process.disconnect();
}
