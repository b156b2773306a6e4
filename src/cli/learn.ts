import { command, runAsProcess } from '../operation/command.ts';
import { openEngine } from '../operation/open-engine.ts';
import { readSettings } from '../operation/settings.ts';

const usage = `Usage: node src/cli/learn.ts

Learns the knowledge ahead of the first start. npm runs it after installing.`;

/** Fills the cache that every start reads. */
export const learn = command({
  usage,
  options: {},
  run(_, { print, environment }) {
    const settings = readSettings(environment);
    openEngine(undefined, settings, () => print('Learning all questions and answers for the first start …'));
    return 0;
  },
});

if (import.meta.main) await runAsProcess(learn);
