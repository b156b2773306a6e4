import { ExpectedError } from '../knowledge/expected-error.ts';
import { command, runAsProcess, UsageError } from '../operation/command.ts';
import { readSettings } from '../operation/settings.ts';
import { pageIsInstalled } from './assets.ts';
import { serve } from './server.ts';
import { Workbench } from './workbench.ts';

const usage = `Usage: npm run workbench -- [--port PORT] [--knowledge DIR]

Serves a page for trying out the knowledge, to this machine only.
--port   8123 by default; 0 for any free one`;

/** Keeps the workbench open until the process is told to stop. */
export const workbench = command({
  usage,
  options: { port: { type: 'string', default: '8123' }, knowledge: { type: 'string' } },
  async run({ values }, { print, environment }) {
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535) {
      throw new UsageError(`"${values.port}" is not a port: choose a number from 0 to 65535.`);
    }
    if (!pageIsInstalled()) {
      throw new ExpectedError('The workbench needs the development packages. Install them with: npm ci');
    }
    const settings = readSettings(environment);
    const opened = new Workbench(values.knowledge ?? settings.KNOWLEDGE_DIR, settings);
    const { url, stop } = await serve(opened, port);
    print(`The workbench is open at ${url} (Ctrl+C closes it).`);
    if (opened.state.problems.some(({ severity }) => severity === 'error')) {
      print('The knowledge has errors: the page lists them under Problems.');
    }
    await new Promise((asked) => process.once('SIGINT', asked).once('SIGTERM', asked));
    stop();
    return 0;
  },
});

if (import.meta.main) await runAsProcess(workbench);
