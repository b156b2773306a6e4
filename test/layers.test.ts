import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SRC = join(ROOT, 'src');

/** `from '…'`, `import '…'`, `import('…')`, and `new URL('…', import.meta.url)`, which starts a worker or reads a file. */
const IMPORT =
  /(?:\bfrom|\bimport|\bimport\() ?'(?<module>\.[^']+)'|\bnew URL\(\s*'(?<file>[^']+)',\s*import\.meta\.url/g;

interface SourceFile {
  /** From `src` on. */
  readonly path: string;
  readonly text: string;
  /** All that it loads, types included; from `src` on. */
  readonly imports: readonly string[];
}

const importsIn = (text: string, path: string) =>
  [...text.matchAll(IMPORT)].map(({ groups }) =>
    relative(SRC, join(SRC, dirname(path), groups?.['module'] ?? groups?.['file'] ?? '')),
  );

const files = globSync('**/*.ts', { cwd: SRC }).map((path): SourceFile => {
  const text = readFileSync(join(SRC, path), 'utf8');
  return { path, text, imports: importsIn(text, path) };
});

/** The entry point is a folder of its own here. */
const folderOf = (path: string) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : path);

/** What each folder imports of others: `from → to`. */
const arrows = new Set(
  files.flatMap(({ path, imports }) =>
    imports
      .filter((imported) => imported.endsWith('.ts') && folderOf(imported) !== folderOf(path))
      .map((imported) => `${folderOf(path)} → ${folderOf(imported)}`),
  ),
);
const folders = new Set(files.map(({ path }) => folderOf(path)));

const FRONT_ENDS = ['discord', 'cli', 'workbench'];
/** How Discord shows things: nothing but text and plain values. */
const RENDERING = ['reply.ts', 'click.ts', 'custom-id.ts', 'texts.ts'].map((name) => `discord/${name}`);

describe('the code in src', () => {
  test('has one file outside the folders: main.ts', () => {
    expect(files.map(({ path }) => path).filter((path) => !path.includes('/'))).toEqual(['main.ts']);
  });

  test('imports files that exist', () => {
    const known = new Set(files.map(({ path }) => path));
    expect(files.flatMap(({ imports }) => imports.filter((path) => path.endsWith('.ts') && !known.has(path)))).toEqual(
      [],
    );
  });

  test.for<[folder: string, imports: string[]]>([
    ['knowledge', []],
    ['engine', ['knowledge']],
    ['evaluation', ['engine', 'knowledge']],
  ])('%s imports only %j', ([folder, imports]) => {
    const own = [...arrows].filter((arrow) => arrow.startsWith(`${folder} → `));
    expect(own.toSorted()).toEqual(imports.map((imported) => `${folder} → ${imported}`));
  });

  test.for(['storage', 'gaps', 'operation'])('%s imports no front end', (folder) => {
    for (const frontEnd of [...FRONT_ENDS, 'main.ts']) expect(arrows).not.toContain(`${folder} → ${frontEnd}`);
  });

  test('in a front end imports no other, except how Discord shows things', () => {
    const across = files.flatMap(({ path, imports }) =>
      imports
        .filter((imported) => FRONT_ENDS.includes(folderOf(path)) && FRONT_ENDS.includes(folderOf(imported)))
        .filter((imported) => folderOf(imported) !== folderOf(path))
        .filter((imported) => !(folderOf(path) === 'workbench' && RENDERING.includes(imported)))
        .map((imported) => `${path} → ${imported}`),
    );
    expect(across).toEqual([]);
  });

  test('is imported by nothing in a circle, types included', () => {
    expect(circleIn(new Map(files.map(({ path, imports }) => [path, imports])))).toEqual([]);
    expect(circleIn(new Map([...folders].map((folder) => [folder, importedBy(folder)])))).toEqual([]);
  });

  test.for(['storage/postgres.ts', 'cli/gaps.ts', 'cli/check.ts', 'cli/chat.ts'])(
    'in %s loads nothing of discord.js',
    (start) => {
      const loaded = new Set(files.filter(({ path }) => path === start));
      for (const { path, text } of loaded) {
        const imports = importsIn(text.replace(/^import type [^;]*;/gm, ''), path);
        for (const file of files) if (imports.includes(file.path)) loaded.add(file);
      }
      expect([...loaded].filter(({ text }) => text.includes("from 'discord.js'"))).toEqual([]);
      expect(loaded.size).toBeGreaterThan(3);
    },
  );

  test('reads nothing under test/', () => {
    const reading = files.filter(
      ({ text, imports }) => imports.some((path) => path.startsWith('../test/')) || /['"`/]test\//.test(text),
    );
    expect(reading.map(({ path }) => path)).toEqual([]);
  });
});

const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');

test('docs/architecture.md names only code that is there', () => {
  const named = [...page.matchAll(/`(?<path>[\w-]+\/[\w/-]+\.ts)`/g)].map(({ groups }) => groups?.['path'] ?? '');
  expect(named.filter((path) => !existsSync(join(SRC, path)) && !existsSync(join(ROOT, path)))).toEqual([]);
  const code = files.map(({ text }) => text).join('\n');
  const names = [...page.matchAll(/`(?:\w+\.)?(?<name>[a-z]+[A-Z]\w+|read|decide|reply)`/g)].map(
    ({ groups }) => groups?.['name'] ?? '',
  );
  expect(names.filter((name) => !code.includes(`${name}(`))).toEqual([]);
});

test('docs/architecture.md shows just the folders and the imports between them', () => {
  const diagram = /```mermaid\n(?<diagram>.+?)```/s.exec(page)?.groups?.['diagram'] ?? '';
  const shown = [...diagram.matchAll(/^ *(?<from>[\w.]+) --> (?<to>[\w.& ]+)$/gm)].flatMap(({ groups }) =>
    (groups?.['to'] ?? '').split(' & ').map((to) => `${groups?.['from']} → ${to}`),
  );
  expect(shown.toSorted()).toEqual([...arrows].toSorted());
  const named = shown.flatMap((arrow) => arrow.split(' → '));
  expect(new Set(named)).toEqual(folders);
});

function importedBy(folder: string): string[] {
  return [...arrows].filter((arrow) => arrow.startsWith(`${folder} → `)).map((arrow) => arrow.split(' → ')[1] ?? '');
}

/** The first circle that is found, from a node back to itself; empty where there is none. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const search = (node: string, path: readonly string[]): string[] => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return [];
    for (const next of graph.get(node) ?? []) {
      const circle = search(next, [...path, node]);
      if (circle.length > 0) return circle;
    }
    done.add(node);
    return [];
  };
  for (const node of graph.keys()) {
    const circle = search(node, []);
    if (circle.length > 0) return circle;
  }
  return [];
}
