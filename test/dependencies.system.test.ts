import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (name: string) => JSON.parse(readFileSync(`${root}${name}`, 'utf8'));

interface Component {
  readonly group?: string;
  readonly name: string;
}

test('the bill of materials names all packages that are needed in production, and nothing else, as parts of the bot', () => {
  const npm = spawnSync('npm', ['run', '--silent', 'sbom'], { cwd: root, encoding: 'utf8' });
  const { bomFormat, components, metadata } = JSON.parse(npm.stdout);
  const { name, version } = read('package.json');
  expect(bomFormat).toBe('CycloneDX');
  expect(metadata.component).toMatchObject({ type: 'application', name, version });
  const installed = Object.entries<{ readonly dev?: boolean }>(read('package-lock.json').packages)
    .filter(([path, { dev }]) => path !== '' && !dev)
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
  const listed = components.map(({ group, name }: Component) => (group ? `${group}/${name}` : name));
  expect([...new Set(listed)].sort()).toEqual([...new Set(installed)].sort());
});
