import { chat } from './cli/chat.ts';
import { command, runAsProcess } from './operation/command.ts';
import { openEngine } from './operation/open-engine.ts';
import { readSettings } from './operation/settings.ts';
import { askedToStop } from './operation/stopping.ts';

const usage = `Usage: npm start -- [--knowledge DIR]

Runs the bot on Discord where DISCORD_TOKEN is set, else in the terminal.`;

export const start = command({
  usage,
  options: { knowledge: { type: 'string' } },
  async run({ values }, { input, output, environment }) {
    const settings = readSettings(environment);
    if (settings.DISCORD_TOKEN === undefined) {
      const interactive = input.isTTY === true && output.isTTY === true;
      await chat({ engine: openEngine(values.knowledge, settings), input, output, interactive });
      return 0;
    }
    // While it starts, a bot can be asked to end; and to take over changed knowledge, which it is about to read anyway.
    const asked = askedToStop();
    process.on('SIGHUP', () => {});
    if (settings.SHARDS !== undefined) {
      const { runShards } = await import('./operation/run-shards.ts');
      await runShards(settings.DISCORD_TOKEN, settings.SHARDS, settings, values.knowledge, asked);
      return 0;
    }
    const engine = openEngine(values.knowledge, settings);
    // discord.js takes a while to load; the terminal does without.
    const { runBot } = await import('./discord/run.ts');
    await runBot(settings.DISCORD_TOKEN, settings, engine, asked);
    return 0;
  },
});

if (import.meta.main) await runAsProcess(start);
