import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shippedMaterial } from './material.ts';
import { grouped, type Part, quantile } from './report.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RUNS = 9;

const COMPILED = join(ROOT, 'node_modules/.cache/compiled');

/** How long one question takes in the terminal, depending on what was done before. */
export const start: Part = async ({ quick, progress }) => {
  const question = shippedMaterial().questions[0]?.text ?? '';
  const directory = mkdtempSync(join(tmpdir(), 'bench-start-'));
  const run = (script: string) => {
    const env = { ...process.env, DATA_DIR: directory, DISCORD_TOKEN: '' };
    const { status, stderr } = spawnSync('npm', ['run', script], { cwd: ROOT, env, input: question, encoding: 'utf8' });
    if (status !== 0) throw new Error(`npm run ${script} ended with code ${status}: ${stderr}`);
  };
  const forget = () => {
    for (const cache of [directory, COMPILED]) rmSync(cache, { recursive: true, force: true });
  };
  const starts: readonly [name: string, prepare: () => void][] = [
    ['first start, installed with `--ignore-scripts`', forget],
    [
      'first start',
      () => {
        forget();
        run('postinstall');
      },
    ],
    ['later start', () => {}],
  ];
  const runs = quick ? 1 : RUNS;
  const rows = [];
  try {
    for (const [name, prepare] of starts) {
      progress(name);
      const times = Array.from({ length: runs }, () => {
        prepare();
        const startedAt = performance.now();
        run('start');
        return performance.now() - startedAt;
      });
      rows.push([name, grouped(quantile(times, 0.5)), grouped(Math.max(...times))]);
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  const title = 'npm start with a question piped in, from start to exit';
  return [{ title, columns: ['', 'median ms', 'slowest ms'], rows, note: `${runs} runs each.` }];
};
