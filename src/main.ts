import { parseArgs } from 'node:util';
import { readSettings } from './config.ts';
import { askedToStop } from './discord/stopping.ts';
import { chat } from './terminal/chat.ts';
import { openAnswerer, runCommand } from './terminal/open.ts';

await runCommand(async () => {
  const { values } = parseArgs({ options: { knowledge: { type: 'string' } } });
  const settings = readSettings();
  if (settings.DISCORD_TOKEN === undefined) {
    const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true;
    await chat({ answerer: openAnswerer(values.knowledge), input: process.stdin, output: process.stdout, interactive });
    return;
  }
  // While it starts, a bot can be asked to end; and to take over changed knowledge, which it is about to read anyway.
  const asked = askedToStop();
  process.on('SIGHUP', () => {});
  if (settings.SHARDS !== undefined) {
    const { runShards } = await import('./discord/run-shards.ts');
    await runShards(settings.DISCORD_TOKEN, settings.SHARDS, settings, values.knowledge, asked);
    return;
  }
  const answerer = openAnswerer(values.knowledge);
  // discord.js takes a while to load; the terminal does without.
  const { runBot } = await import('./discord/run.ts');
  await runBot(settings.DISCORD_TOKEN, settings, answerer, asked);
});
