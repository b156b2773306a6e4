import { pathsList } from 'discord-api-spec';
import type { Problem } from './errors.ts';
import type { Schema } from './validation.ts';
import type { World } from './world.ts';

/** A request that a route answers. */
export interface Call {
  readonly world: World;
  /** A parameter of the path, such as `channel_id`. */
  readonly param: (name: string) => string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

/** What a route answers: a status and, unless it is 204, a body. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** One of Discord's routes. */
export interface Route {
  /** Method and template, such as `POST /channels/{channel_id}/messages`. */
  readonly on: string;
  /** Interactions and webhooks authorize by the token in their path. */
  readonly withoutToken?: boolean;
  /** The published schema of the body; a route without one takes none. */
  readonly body?: Schema | ((call: Call) => Schema);
  /** Keys that discord.js sends here without need and Discord ignores. */
  readonly ignores?: readonly string[];
  /** What the schema misses. */
  readonly limits?: (body: never, call: Call) => readonly Problem[];
  /** The published schema of the answer. */
  readonly answers?: Schema;
  readonly handle: (call: Call) => Answer;
}

export const ok = (body: unknown, status = 200): Answer => ({ status, body });
export const noContent: Answer = { status: 204 };

interface Template {
  readonly path: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

/** Every path of Discord's published API by method, those with fewer parameters first. */
const TEMPLATES = new Map(
  Object.entries(pathsList).map(([method, paths]) => {
    const templates = paths.map((path): Template => {
      const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? '');
      return { path, names, pattern: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '([^/]+)')}$`) };
    });
    return [method.toUpperCase(), templates.sort((a, b) => a.names.length - b.names.length)] as const;
  }),
);

/** A path as the published API knows it. */
export interface Matched {
  /** Method and template. */
  readonly on: string;
  readonly template: string;
  readonly params: ReadonlyMap<string, string>;
}

/** Finds the template of a path, or nothing if Discord has no such route. */
export function matchPath(method: string, path: string): Matched | undefined {
  for (const { path: template, pattern, names } of TEMPLATES.get(method) ?? []) {
    const found = pattern.exec(path);
    if (!found) continue;
    const params = new Map(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]));
    // Ids are numbers: anything else in their place is another path.
    const mistaken = [...params].some(([name, value]) => name.endsWith('_id') && !/^(\d+|@me|@original)$/.test(value));
    if (!mistaken) return { on: `${method} ${template}`, template, params };
  }
  return undefined;
}

/** The parameter by which Discord counts requests apart. */
export function majorParameter({ params }: Matched): string {
  const webhook = params.get('webhook_id');
  if (webhook) return `${webhook}/${params.get('webhook_token') ?? ''}`;
  return params.get('channel_id') ?? params.get('guild_id') ?? '';
}
