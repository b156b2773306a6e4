import type { Build } from './engine.ts';

/**
 * This bot and its competitors; each is loaded only in the process that measures it. The fast ones come first, one right
 * after the other: the speed of a shared machine changes by the minute.
 */
export const ENGINES = {
  'this bot': async () => (await import('./bot.ts')).build,
  'NLP.js': async () => (await import('./nlpjs.ts')).build,
  MiniSearch: async () => (await import('./minisearch.ts')).build,
  'Fuse.js, token search': async () =>
    (await import('./fuse.ts')).fuse({ useTokenSearch: true, ignoreLocation: true, threshold: 0.3 }),
  'Fuse.js, whole message': async () => (await import('./fuse.ts')).fuse({ ignoreLocation: true, threshold: 0.6 }),
} as const satisfies Readonly<Record<string, () => Promise<Build>>>;

export type EngineName = keyof typeof ENGINES;

export const ENGINE_NAMES = Object.keys(ENGINES) as EngineName[];
