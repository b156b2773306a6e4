import { parseArgs } from 'node:util';
import { readSettings } from './config.ts';
import { chat } from './terminal/chat.ts';
import { openAnswerer, runCommand } from './terminal/open.ts';

await runCommand(async () => {
  const { values } = parseArgs({ options: { knowledge: { type: 'string' } } });
  const settings = readSettings();
  if (settings.DISCORD_TOKEN !== undefined && settings.SHARDS !== undefined) {
    const { runShards } = await import('./discord/run-shards.ts');
    await runShards(settings.DISCORD_TOKEN, settings.SHARDS, settings, values.knowledge);
    return;
  }
  const answerer = openAnswerer(values.knowledge);
  if (settings.DISCORD_TOKEN !== undefined) {
    // discord.js takes a while to load; the terminal does without.
    const { runBot } = await import('./discord/run.ts');
    await runBot(settings.DISCORD_TOKEN, settings, answerer);
    return;
  }
  const interactive = process.stdin.isTTY === true && process.stdout.isTTY === true;
  await chat({ answerer, input: process.stdin, output: process.stdout, interactive });
});
