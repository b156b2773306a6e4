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

const loose: FuseOptions['fuse'] = { ignoreLocation: true, threshold: 0.6 };
const looser: FuseOptions['fuse'] = { ignoreLocation: true, threshold: 0.8 };
const tokens: FuseOptions['fuse'] = { useTokenSearch: true };
const strictTokens: FuseOptions['fuse'] = { useTokenSearch: true, ignoreLocation: true, threshold: 0.3 };
const looseTokens: FuseOptions['fuse'] = { useTokenSearch: true, ignoreLocation: true, threshold: 0.6 };
const fuzzy: MiniSearchOptions['search'] = { fuzzy: 0.2 };

const whole = (tried: string, options: FuseOptions): Tried => {
  return { name: 'Fuse.js, whole message', tried, setting: { engine: 'fuse', options } };
};
const byToken = (tried: string, options: FuseOptions): Tried => {
  return { name: 'Fuse.js, token search', tried, setting: { engine: 'fuse', options } };
};
const miniSearch = (tried: string, options: MiniSearchOptions): Tried => {
  return { name: 'MiniSearch', tried, setting: { engine: 'minisearch', options } };
};
const nlpjs = (tried: string, options: NlpjsOptions): Tried => {
  return { name: 'NLP.js', tried, setting: { engine: 'nlpjs', options } };
};

interface Tried extends Contestant {
  /** The options in words. */
  readonly tried: string;
}

/** What was tried for each rival; the part `tuning` shows what each gives. The first of each rival is what competes. */
export const TRIED: readonly Tried[] = [
  whole('ignoreLocation, threshold 0.6, ten votes', { fuse: loose, counting: { votes: 10 } }),
  whole('ignoreLocation, threshold 0.6, five votes', { fuse: loose, counting: { votes: 5 } }),
  whole('ignoreLocation, threshold 0.6, nearest', { fuse: loose, counting: 'nearest' }),
  whole('ignoreLocation, threshold 0.8, nearest', { fuse: looser, counting: 'nearest' }),
  whole('as it comes, nearest', { fuse: {}, counting: 'nearest' }),
  byToken('ignoreLocation, threshold 0.3, ten votes', { fuse: strictTokens, counting: { votes: 10 } }),
  byToken('ignoreLocation, threshold 0.3, five votes', { fuse: strictTokens, counting: { votes: 5 } }),
  byToken('ignoreLocation, threshold 0.3, nearest', { fuse: strictTokens, counting: 'nearest' }),
  byToken('ignoreLocation, threshold 0.6, nearest', { fuse: looseTokens, counting: 'nearest' }),
  byToken('as it comes, nearest', { fuse: tokens, counting: 'nearest' }),
  miniSearch('fuzzy 0.2, twenty votes', { search: fuzzy, counting: { votes: 20 } }),
  miniSearch('as it comes, ten votes', { search: {}, counting: { votes: 10 } }),
  miniSearch('fuzzy 0.2, five votes', { search: fuzzy, counting: { votes: 5 } }),
  miniSearch('fuzzy 0.2, nearest', { search: fuzzy, counting: 'nearest' }),
  miniSearch('fuzzy 0.2, prefix, nearest', { search: { ...fuzzy, prefix: true }, counting: 'nearest' }),
  miniSearch('fuzzy 0.2, ten votes', { search: fuzzy, counting: { votes: 10 } }),
  miniSearch('as it comes, nearest', { search: {}, counting: 'nearest' }),
  nlpjs('one network, examples of "None"', { networks: 'one', none: true, noneFeature: false }),
  nlpjs('one network, examples of "None", none feature', { networks: 'one', none: true, noneFeature: true }),
  nlpjs('a network a language, examples of "None"', { networks: 'per language', none: true, noneFeature: false }),
  nlpjs('a network a language, none feature alone', { networks: 'per language', none: false, noneFeature: true }),
];

/** Each rival once, with the options that did best. */
export const RIVALS: readonly Contestant[] = TRIED.filter(
  ({ name }, index) => TRIED.findIndex((other) => other.name === name) === index,
);
