import { occurrencesOf, sentencesOf, uncoveredStretches } from '../knowledge/article-coverage.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';

/** The sentences of the article, each with the topics that rest on it and the parts that no topic covers. */
export function articleView(knowledge: Knowledge) {
  const { text } = knowledge.article;
  const passages = knowledge.topics.flatMap(({ id, passages }) =>
    passages.flatMap((passage) => occurrencesOf(passage, text).map((stretch) => ({ ...stretch, id }))),
  );
  const uncovered = uncoveredStretches(knowledge);
  return sentencesOf(text).map(({ start, end }) => {
    // None is longer than a sentence.
    const gaps = uncovered.filter((gap) => gap.start >= start && gap.end <= end);
    const edges = [start, ...gaps.flatMap((gap) => [gap.start, gap.end]), end];
    return {
      topics: [...new Set(passages.filter((each) => each.start < end && each.end > start).map(({ id }) => id))],
      /** Alternately covered and uncovered, starting with a covered one, which may be empty. */
      pieces: edges.slice(1).map((edge, index) => text.slice(edges[index], edge)),
    };
  });
}
