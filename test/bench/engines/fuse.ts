import Fuse, { type FuseResult, type IFuseOptions } from 'fuse.js';
import { type Counting, type Engine, type Example, labelsOf } from './engine.ts';

export interface FuseOptions {
  readonly fuse: IFuseOptions<Example>;
  readonly counting: Counting;
}

/** More hits than this are not asked for; Fuse.js is quicker if it knows. */
const MAX_HITS = 20;
/** A perfect hit has the score 0 and the worst 1; something has to be left of the worst. */
const LEAST = 1e-6;

/** Fuse.js, asked with the whole message. */
export const engine: Engine<FuseOptions, FuseResult<Example>[]> = {
  build: (examples, { fuse, counting }) => {
    const search = new Fuse(examples, { ...fuse, keys: ['text'], includeScore: true });
    return {
      ask: (text) => search.search(text, { limit: MAX_HITS }),
      ranked: (hits) =>
        labelsOf(
          hits.map(({ item, score = 1 }) => ({ label: item.label, score: Math.max(LEAST, 1 - score) })),
          counting,
        ),
    };
  },
};
