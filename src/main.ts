import { askedToStop, onReloadSignal } from './operation/signals.ts';

// Set before anything else is loaded: a reload may be requested while the knowledge is about to be read anyway.
if (import.meta.main) onReloadSignal(() => {});

const { command, runAsProcess } = await import('./operation/command.ts');

const usage = `Usage: npm start -- [--knowledge DIR]

Runs the bot on Discord if DISCORD_TOKEN is set, otherwise in the terminal.`;

export const start = command({
  usage,
  options: { knowledge: { type: 'string' } },
  async run({ values: { knowledge } }, { input, output, environment }) {
    const { readSettings } = await import('./operation/settings.ts');
    const settings = readSettings(environment);
    const { openEngine } = await import('./operation/open-engine.ts');
    const { DISCORD_TOKEN: token } = settings;
    if (token === undefined) {
      const { chat } = await import('./cli/chat.ts');
      const { CHAT_TEXTS } = await import('./cli/texts.ts');
      const interactive = input.isTTY === true && output.isTTY === true;
      const beforeLearning = () => {
        if (interactive) output.write(`${CHAT_TEXTS[settings.DEFAULT_LANGUAGE].learning}\n`);
      };
      await chat({ engine: openEngine(knowledge, settings, beforeLearning), input, output, interactive });
      return 0;
    }
    const { runBot } = await import('./discord/run.ts');
    const asked = askedToStop();
    await runBot(token, settings, openEngine(knowledge, settings), asked);
    return 0;
  },
});

if (import.meta.main) await runAsProcess(start);
