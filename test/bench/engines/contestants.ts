import type { WordLists } from '../../../src/knowledge/knowledge.ts';
import type { AlterationName } from './alterations.ts';
import type { BotOptions } from './bot.ts';
import type { FuseOptions } from './fuse.ts';
import type { MiniSearchOptions } from './minisearch.ts';
import type { NlpjsOptions } from './nlpjs.ts';

/** An engine with its options, as plain values: it is built in a process of its own. */
export type Setting =
  | { readonly engine: 'bot'; readonly options: BotOptions; readonly alteration?: AlterationName }
  | { readonly engine: 'fuse'; readonly options: FuseOptions }
  | { readonly engine: 'minisearch'; readonly options: MiniSearchOptions }
  | { readonly engine: 'nlpjs'; readonly options: NlpjsOptions }
  | { readonly engine: 'word-lookup'; readonly options: null };

export interface Contestant {
  readonly name: string;
  readonly setting: Setting;
}

export const NO_WORDS: WordLists = { names: [], spellings: [], synonyms: [] };

export const bot = (words: WordLists): Contestant => ({
  name: 'this bot',
  setting: { engine: 'bot', options: { words } },
});

/** What was tried for each rival; the part `tuning` shows what each gives. The first of each name is what competes. */
export const TRIED: readonly (Contestant & { readonly tried: string })[] = [
  {
    name: 'Fuse.js, whole message',
    tried: 'ignoreLocation, threshold 0.6',
    setting: { engine: 'fuse', options: { fuse: { ignoreLocation: true, threshold: 0.6 }, counting: 'nearest' } },
  },
  {
    name: 'Fuse.js, whole message',
    tried: 'as it comes',
    setting: { engine: 'fuse', options: { fuse: {}, counting: 'nearest' } },
  },
  {
    name: 'Fuse.js, whole message',
    tried: 'ignoreLocation, threshold 0.8',
    setting: { engine: 'fuse', options: { fuse: { ignoreLocation: true, threshold: 0.8 }, counting: 'nearest' } },
  },
  {
    name: 'Fuse.js, whole message',
    tried: 'ignoreLocation, threshold 0.6, five votes',
    setting: { engine: 'fuse', options: { fuse: { ignoreLocation: true, threshold: 0.6 }, counting: { votes: 5 } } },
  },
  {
    name: 'Fuse.js, token search',
    tried: 'ignoreLocation, threshold 0.3',
    setting: {
      engine: 'fuse',
      options: { fuse: { useTokenSearch: true, ignoreLocation: true, threshold: 0.3 }, counting: 'nearest' },
    },
  },
  {
    name: 'Fuse.js, token search',
    tried: 'as it comes',
    setting: { engine: 'fuse', options: { fuse: { useTokenSearch: true }, counting: 'nearest' } },
  },
  {
    name: 'Fuse.js, token search',
    tried: 'ignoreLocation, threshold 0.6',
    setting: {
      engine: 'fuse',
      options: { fuse: { useTokenSearch: true, ignoreLocation: true, threshold: 0.6 }, counting: 'nearest' },
    },
  },
  {
    name: 'Fuse.js, token search',
    tried: 'ignoreLocation, threshold 0.3, five votes',
    setting: {
      engine: 'fuse',
      options: { fuse: { useTokenSearch: true, ignoreLocation: true, threshold: 0.3 }, counting: { votes: 5 } },
    },
  },
  {
    name: 'MiniSearch',
    tried: 'fuzzy 0.2, five votes',
    setting: { engine: 'minisearch', options: { search: { fuzzy: 0.2 }, counting: { votes: 5 } } },
  },
  {
    name: 'MiniSearch',
    tried: 'as it comes',
    setting: { engine: 'minisearch', options: { search: {}, counting: 'nearest' } },
  },
  {
    name: 'MiniSearch',
    tried: 'fuzzy 0.2',
    setting: { engine: 'minisearch', options: { search: { fuzzy: 0.2 }, counting: 'nearest' } },
  },
  {
    name: 'MiniSearch',
    tried: 'fuzzy 0.2, prefix',
    setting: { engine: 'minisearch', options: { search: { fuzzy: 0.2, prefix: true }, counting: 'nearest' } },
  },
  {
    name: 'MiniSearch',
    tried: 'five votes',
    setting: { engine: 'minisearch', options: { search: {}, counting: { votes: 5 } } },
  },
  {
    name: 'MiniSearch',
    tried: 'fuzzy 0.2, ten votes',
    setting: { engine: 'minisearch', options: { search: { fuzzy: 0.2 }, counting: { votes: 10 } } },
  },
  {
    name: 'NLP.js',
    tried: 'a network per language, examples of "None"',
    setting: { engine: 'nlpjs', options: { networks: 'per language', none: true, noneFeature: false } },
  },
  {
    name: 'NLP.js',
    tried: 'a network per language, examples of "None", none feature',
    setting: { engine: 'nlpjs', options: { networks: 'per language', none: true, noneFeature: true } },
  },
  {
    name: 'NLP.js',
    tried: 'a network per language, none feature alone',
    setting: { engine: 'nlpjs', options: { networks: 'per language', none: false, noneFeature: true } },
  },
  {
    name: 'NLP.js',
    tried: 'one network, examples of "None"',
    setting: { engine: 'nlpjs', options: { networks: 'one', none: true, noneFeature: false } },
  },
];

/** Each rival once, with the options that did best. */
export const RIVALS: readonly Contestant[] = TRIED.filter(
  ({ name }, index) => TRIED.findIndex((other) => other.name === name) === index,
);
