import Fuse, { type IFuseOptions } from 'fuse.js';
import { type Build, type Example, labelsByVote, verdictOf } from './engine.ts';

/** The nearest examples vote on the topic. */
const VOTES = 10;
/** Fuse.js scores a perfect hit 0 and the worst 1; something has to be left of the worst. */
const MIN_SCORE = 1e-6;

/** Fuse.js, searched with the whole message. */
export function fuse(options: IFuseOptions<Example>): Build {
  return ({ examples }) => {
    const index = new Fuse(examples, { ...options, keys: ['text'], includeScore: true });
    return (text) => {
      const hits = index.search(text, { limit: VOTES });
      return () => {
        const scored = hits.map(({ item, score = 1 }) => ({
          label: item.label,
          score: Math.max(MIN_SCORE, 1 - score),
        }));
        return verdictOf(labelsByVote(scored));
      };
    };
  };
}
