import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * Prints the software bill of materials of what `npm ci --omit=dev` installs. `npm sbom --omit dev` leaves out packages that the
 * bot and its development both need, so npm gets a copy of the project without development dependencies.
 */

interface Dependencies {
  devDependencies?: unknown;
}

interface Project extends Dependencies {
  readonly name: string;
}

interface Lock {
  readonly packages: Record<string, Dependencies & { readonly dev?: boolean }>;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));

const project: Project = read('package.json');
delete project.devDependencies;
const lock: Lock = read('package-lock.json');
delete lock.packages['']?.devDependencies;
for (const [path, { dev }] of Object.entries(lock.packages)) if (dev) delete lock.packages[path];

const parent = mkdtempSync(join(tmpdir(), 'sbom-'));
try {
  // npm names the product after its folder, whatever its package says.
  const folder = join(parent, project.name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
  const { status } = spawnSync(
    'npm',
    ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'],
    {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    },
  );
  process.exitCode = status ?? 1;
} finally {
  rmSync(parent, { recursive: true });
}
