import MiniSearch, { type SearchOptions, type SearchResult } from 'minisearch';
import { type Counting, type Engine, type Example, labelsOf } from './engine.ts';

export interface MiniSearchOptions {
  readonly search: SearchOptions;
  readonly counting: Counting;
}

/** MiniSearch, asked with the whole message. */
export const engine: Engine<MiniSearchOptions, SearchResult[]> = {
  build: (examples, { search, counting }) => {
    const index = new MiniSearch<Example & { readonly id: number }>({ fields: ['text'], searchOptions: search });
    index.addAll(examples.map((example, id) => ({ ...example, id })));
    return {
      ask: (text) => index.search(text),
      ranked: (hits) =>
        labelsOf(
          hits.slice(0, 20).map(({ id, score }) => ({ label: examples[id]?.label ?? '', score })),
          counting,
        ),
    };
  },
};
