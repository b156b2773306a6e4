import { occurrencesOf, type Stretch, sentencesOf, uncoveredStretches } from '../knowledge/article-coverage.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';

/** A stretch of the article on which the same topics rest. */
export interface ArticlePiece {
  readonly text: string;
  /** Ids. */
  readonly topics: readonly string[];
  /** Does it say something that no topic covers? */
  readonly isUncovered: boolean;
}

export type ArticleView = ReturnType<typeof articleView>;

/** The article: its paragraphs, their sentences, the pieces of each. */
export function articleView({ article: { text }, topics }: Knowledge): ArticlePiece[][][] {
  const passages = topics.flatMap(({ id, passages }) =>
    passages.flatMap((passage) => occurrencesOf(passage, text).map((stretch) => ({ ...stretch, id }))),
  );
  const uncovered = uncoveredStretches(
    text,
    topics.flatMap((topic) => topic.passages),
  );
  const edges = [...passages, ...uncovered].flatMap(({ start, end }) => [start, end]);
  const piece = ({ start, end }: Stretch): ArticlePiece => ({
    text: text.slice(start, end),
    topics: [...new Set(passages.filter((passage) => contains(passage, start)).map(({ id }) => id))],
    isUncovered: uncovered.some((stretch) => contains(stretch, start)),
  });
  return Array.from(text.matchAll(/[^\n]+/g), ({ index, 0: line }) =>
    sentencesOf(line).map(({ start, end }) => cut({ start: index + start, end: index + end }, edges).map(piece)),
  );
}

const contains = ({ start, end }: Stretch, at: number) => start <= at && at < end;

function cut({ start, end }: Stretch, edges: readonly number[]): Stretch[] {
  const inside = edges.filter((edge) => edge > start && edge < end);
  const cuts = [...new Set([start, ...inside, end])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index) => ({ start: from, end: cuts[index + 1] ?? end }));
}
