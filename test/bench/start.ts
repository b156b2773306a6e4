import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shippedMaterial } from './material.ts';
import { grouped, type Part, quantile } from './report.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RUNS = 9;

/** How long one question takes in the terminal: right after installation, and with what an earlier start has cached. */
export const start: Part = async ({ quick, progress }) => {
  const question = shippedMaterial().questions[0]?.text ?? '';
  const directory = mkdtempSync(join(tmpdir(), 'bench-start-'));
  const runs = quick ? 1 : RUNS;
  const rows = [];
  try {
    for (const isCached of [false, true]) {
      const name = isCached ? 'later start' : 'first start';
      progress(name);
      const times = Array.from({ length: runs }, () => {
        if (!isCached) rmSync(directory, { recursive: true, force: true });
        return millisecondsOf(question, directory, isCached);
      });
      rows.push([name, grouped(quantile(times, 0.5)), grouped(Math.max(...times))]);
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  const title = 'npm start with a question piped in, from start to exit';
  return [{ title, columns: ['', 'median ms', 'slowest ms'], rows, note: `${runs} runs each.` }];
};

function millisecondsOf(question: string, directory: string, isCached: boolean): number {
  const env: NodeJS.ProcessEnv = { ...process.env, DATA_DIR: directory, DISCORD_TOKEN: '' };
  if (!isCached) env['NODE_DISABLE_COMPILE_CACHE'] = '1';
  const startedAt = performance.now();
  const { status, stderr } = spawnSync('npm', ['start'], { cwd: ROOT, env, input: question, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm start ended with code ${status}: ${stderr}`);
  return performance.now() - startedAt;
}
