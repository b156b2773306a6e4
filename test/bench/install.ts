import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ExpectedError } from '../../src/knowledge/expected-error.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/**
 * Installs the rivals as `package-lock.json` says, unless they are there. None of their scripts is run.
 *
 * @throws {ExpectedError} where they cannot be installed
 */
export function installRivals(): void {
  const { dependencies }: { readonly dependencies: Readonly<Record<string, string>> } = read('package.json');
  if (Object.entries(dependencies).every(([name, version]) => isInstalled(name, version))) return;
  console.error(`Installing what the bot is compared with: ${Object.keys(dependencies).join(', ')}.`);
  const npm = [
    'npm',
    'ci',
    '--prefix',
    HERE,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ] as const;
  const { status, stderr, error } = spawnSync(npm[0], npm.slice(1), { encoding: 'utf8' });
  if (status === 0) return;
  throw new ExpectedError(
    `The rivals could not be installed:\n${error?.message ?? stderr}\nThe benchmark needs them and the network once; try \`npm ci --prefix test/bench --ignore-scripts\` by hand. \`--only limit,parts,start\` does without.`,
  );
}

function isInstalled(name: string, version: string): boolean {
  try {
    return read(`node_modules/${name}/package.json`).version === version;
  } catch {
    return false;
  }
}

function read(file: string) {
  return JSON.parse(readFileSync(HERE + file, 'utf8'));
}
