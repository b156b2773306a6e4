import MiniSearch from 'minisearch';
import { type Build, type Example, labelsByVote, verdictOf } from './engine.ts';

/** The nearest examples vote on the topic. */
const VOTES = 20;

/** MiniSearch, searched with the whole message. */
export const build: Build = ({ examples }) => {
  const index = new MiniSearch<Example & { id: number }>({ fields: ['text'], searchOptions: { fuzzy: 0.2 } });
  index.addAll(examples.map((example, id) => ({ ...example, id })));
  return (text) => {
    const hits = index.search(text);
    return () => {
      const scored = hits.slice(0, VOTES).map(({ id, score }) => ({ label: examples[id]?.label ?? '', score }));
      return verdictOf(labelsByVote(scored));
    };
  };
};
