import type { Build } from './engine.ts';

/** This bot and its competitors; each is loaded only in the process that measures it. */
export const ENGINES = {
  'this bot': async () => (await import('./bot.ts')).build,
  'Fuse.js, whole message': async () => (await import('./fuse.ts')).fuse({ ignoreLocation: true, threshold: 0.6 }),
  'Fuse.js, token search': async () =>
    (await import('./fuse.ts')).fuse({ useTokenSearch: true, ignoreLocation: true, threshold: 0.3 }),
  MiniSearch: async () => (await import('./minisearch.ts')).build,
  'NLP.js': async () => (await import('./nlpjs.ts')).build,
} as const satisfies Readonly<Record<string, () => Promise<Build>>>;

export type EngineName = keyof typeof ENGINES;

export const ENGINE_NAMES = Object.keys(ENGINES) as EngineName[];
