import { occurrencesOf, type Stretch, sentencesOf, uncoveredStretches } from '../knowledge/article-coverage.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { ArticlePiece, ArticleView } from './views.ts';

/** The article cut into pieces on each of which the same topics rest. */
export function articleView({ article: { text }, topics }: Knowledge): ArticleView {
  const rests = topics.flatMap(({ id, passages }) =>
    passages.flatMap((passage) => occurrencesOf(passage, text).map((stretch) => ({ ...stretch, id }))),
  );
  const uncovered = uncoveredStretches(
    text,
    topics.flatMap(({ passages }) => passages),
  );
  const edges = [...rests, ...uncovered].flatMap(({ start, end }) => [start, end]);
  const piece = ({ start, end }: Stretch): ArticlePiece => ({
    text: text.slice(start, end),
    topics: [...new Set(rests.filter((rest) => contains(rest, start)).map(({ id }) => id))],
    uncovered: uncovered.some((stretch) => contains(stretch, start)),
  });
  return linesOf(text).map((line) =>
    sentencesOf(text.slice(line.start, line.end)).map((sentence) =>
      cut({ start: line.start + sentence.start, end: line.start + sentence.end }, edges).map(piece),
    ),
  );
}

const contains = ({ start, end }: Stretch, at: number) => start <= at && at < end;

function linesOf(text: string): Stretch[] {
  return Array.from(text.matchAll(/[^\n]+/g), ({ index, 0: line }) => ({ start: index, end: index + line.length }));
}

function cut({ start, end }: Stretch, edges: readonly number[]): Stretch[] {
  const inside = edges.filter((edge) => edge > start && edge < end);
  const cuts = [...new Set([start, ...inside, end])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index) => ({ start: from, end: cuts[index + 1] ?? end }));
}
