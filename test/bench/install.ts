import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ExpectedError } from '../../src/knowledge/expected-error.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const changedAt = (file: string) => statSync(HERE + file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/**
 * Installs the competitors in `package-lock.json` unless they are there already. None of their scripts is run.
 *
 * @throws {ExpectedError} if they can't be installed
 */
export function installCompetitors(): void {
  if (changedAt('node_modules/.package-lock.json') > changedAt('package-lock.json')) return;
  console.error('Installing the competitors into test/bench/node_modules.');
  const args = ['ci', '--prefix', HERE, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, stderr, error } = spawnSync('npm', args, { encoding: 'utf8', shell: process.platform === 'win32' });
  if (status === 0) return;
  throw new ExpectedError(
    `The competitors could not be installed:\n${error?.message ?? stderr}\nCheck the network connection, or run only the parts that don't need them: --only start,discord`,
  );
}
