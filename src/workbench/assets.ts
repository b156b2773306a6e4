import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withoutWarnings } from '../operation/without-warnings.ts';

/** Something that the browser may load. */
export interface Asset {
  readonly type: string;
  readonly body: string;
}

const PAGE = fileURLToPath(new URL('page', import.meta.url));
const PACKAGES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** The packages that the page uses. */
const PAGE_PACKAGES = [
  '@skyra/discord-components-core',
  'lit',
  'lit-html',
  'lit-element',
  '@lit/reactive-element',
  '@lit/context',
] as const;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ts': 'text/javascript; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/**
 * The page at `/`, its files beside it, and modules of its packages under `/npm/`. Reads nothing outside the page's folder and these
 * packages.
 */
export function assetAt(path: string): Asset | undefined {
  if (path.startsWith('/npm/')) return moduleAt(path.slice('/npm/'.length));
  const name = path === '/' ? 'index.html' : path.slice(1);
  const type = TYPES[extname(name)];
  if (type === undefined || !readdirSync(PAGE).includes(name)) return undefined;
  const text = readFileSync(join(PAGE, name), 'utf8');
  return { type, body: name.endsWith('.ts') ? withoutWarnings(() => stripTypeScriptTypes(text)) : text };
}

/** Are the packages of the page installed? They are development dependencies. */
export function pageIsInstalled(): boolean {
  return PAGE_PACKAGES.every((name) => existsSync(join(PACKAGES, name)));
}

function moduleAt(path: string): Asset | undefined {
  const name = PAGE_PACKAGES.find((each) => path.startsWith(`${each}/`));
  if (name === undefined || extname(path) !== '.js') return undefined;
  try {
    const file = realpathSync(join(PACKAGES, path));
    if (!file.startsWith(realpathSync(join(PACKAGES, name)) + sep)) return undefined;
    return { type: TYPES['.js'] ?? '', body: readFileSync(file, 'utf8') };
  } catch {
    return undefined;
  }
}
