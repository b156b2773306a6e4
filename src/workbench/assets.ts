import { existsSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join } from 'node:path';

const PAGE = join(import.meta.dirname, 'page');
const PACKAGES = join(import.meta.dirname, '../../node_modules');

/** A module of one of the page's packages. */
const MODULE =
  /^\/npm\/((?:@skyra\/discord-components-core|lit(?:-html|-element)?|@lit\/(?:reactive-element|context))\/[\w/.-]+\.js)$/;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ts': 'text/javascript; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/**
 * What the browser may load: the page at `/`, its files beside it, and modules of its packages under `/npm/`; nothing
 * else is read.
 *
 * @param path of an address as `URL` parses it: without "..", and nothing here decodes it
 */
export function assetAt(path: string) {
  const module = MODULE.exec(path)?.[1];
  const file = module ? join(PACKAGES, module) : join(PAGE, path === '/' ? 'index.html' : path);
  const type = TYPES[extname(file)];
  if (type === undefined || !existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  return { type, body: file.endsWith('.ts') ? stripTypeScriptTypes(text) : text };
}

/** Are the packages of the page installed? They are development dependencies. */
export const pageIsInstalled = () => existsSync(join(PACKAGES, '@skyra/discord-components-core'));
