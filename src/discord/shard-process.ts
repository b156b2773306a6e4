import { parseArgs } from 'node:util';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { openEngine } from '../operation/open-engine.ts';
import { readSettings, type Settings, shardsOf } from '../operation/settings.ts';
import { askedToStop } from '../operation/stopping.ts';
import { runBot } from './run.ts';

/*
 * What runs in each process that `runShards` starts: one shard of the bot. It lives as long as its line to the parent,
 * over which it says why it cannot go on, if that is so: the parent says it once for all.
 */

// discord.js tells the shard's id in SHARDS; here as everywhere, SHARD_IDS names the shards that a process runs.
process.env['SHARD_IDS'] = process.env['SHARDS'];
process.env['SHARDS'] = '';
// Its ways to talk with the parent are not needed, and would fail without one.
delete process.env['SHARDING_MANAGER'];

const { promise: left, resolve } = Promise.withResolvers<string>();
process.once('disconnect', () => resolve('the parent'));
if (!process.connected) resolve('the parent');

// Until the knowledge is loaded, there is nothing to take over.
process.on('SIGHUP', () => {});

try {
  const { values } = parseArgs({ options: { knowledge: { type: 'string' } } });
  const settings = readSettings();
  if (settings.DISCORD_TOKEN !== undefined) {
    await runBot(
      settings.DISCORD_TOKEN,
      withPortOfItsOwn(settings),
      openEngine(values.knowledge),
      Promise.race([askedToStop(), left]),
    );
  }
} catch (error) {
  if (!(error instanceof ExpectedError)) throw error;
  process.exitCode = 1;
  const { promise: told, resolve: heard } = Promise.withResolvers<unknown>();
  process.send?.({ failed: error.message }, heard);
  await told;
} finally {
  if (process.connected) process.disconnect();
}

/** All shards are on one machine: the first takes the port that is set, each other the next. */
function withPortOfItsOwn(settings: Settings): Settings {
  const { HEALTH_PORT } = settings;
  const [shard = 0] = shardsOf(settings).ids;
  return HEALTH_PORT ? { ...settings, HEALTH_PORT: HEALTH_PORT + shard } : settings;
}
