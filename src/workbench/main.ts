import { parseArgs } from 'node:util';
import { knowledgeDirectory, readSettings } from '../config.ts';
import { readOwnSet } from '../evaluation/own-set.ts';
import type { EvaluationMessage } from '../evaluation/read.ts';
import { runCommand, TerminalError } from '../terminal/open.ts';
import { pageIsInstalled } from './assets.ts';
import { serve } from './server.ts';
import { Workbench } from './workbench.ts';

const USAGE = `Usage: npm run workbench -- [--port PORT] [--knowledge DIR]

Opens a page on this machine alone for whoever edits the knowledge.
--port   8123 unless told; 0 for any that is free`;

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '8123' },
      knowledge: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535)
    throw new TerminalError(`"${values.port}" is no port: choose a number from 0 to 65535.\n${USAGE}`);
  if (!pageIsInstalled())
    throw new TerminalError('The workbench needs the development packages. Install them with: npm ci');
  const workbench = new Workbench(knowledgeDirectory(values.knowledge), readSettings(), evaluationSet());
  const server = await serve(workbench, port);
  console.log(`The workbench is open at ${server.url} (Ctrl+C closes it).`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      workbench.stop();
      void server.stop();
    });
  }
});

/** It does not ship with the bot; the workbench does without. */
function evaluationSet(): EvaluationMessage[] {
  try {
    return readOwnSet();
  } catch (error) {
    if (error instanceof TerminalError) return [];
    throw error;
  }
}
