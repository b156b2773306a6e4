import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Package {
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
}

const lock: { readonly packages: Readonly<Record<string, Package>> } = JSON.parse(
  readFileSync(`${root}package-lock.json`, 'utf8'),
);
/** What is installed with `npm ci --omit=dev`, by path. */
const production = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && !dev);

/** They ask for no more than that their text is passed on. */
const LICENCES = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Unlicense', 'BlueOak-1.0.0'];

describe('what the bot needs in production', () => {
  test('is free to use, package by package', () => {
    expect(production.length).toBeGreaterThan(10);
    expect(production.filter(([, { license = 'none' }]) => !LICENCES.includes(license))).toEqual([]);
  });

  test('runs nothing while it is installed', () => {
    expect(production.filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
  });

  test('is pinned to the very bytes', () => {
    expect(production.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
  });
});
