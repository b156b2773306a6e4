import { errorIn, type Problem } from './problem.ts';
import type { Rule } from './rule.ts';

/** "and", "but", "with the": what joins two passages needs no topic of its own. */
const MIN_WORDS = 4;

/** A stretch of a text, in UTF-16 units from its beginning; `end` is the first that no longer belongs to it. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What the article says and no topic rests on. */
export const uncoveredSentences: Rule = ({ article, topics }, files) =>
  uncoveredStretches(
    article.text,
    topics.flatMap(({ passages }) => passages),
  ).map(({ start, end }): Problem => {
    const before = article.text.slice(0, start).split('\n');
    const what = `no topic rests on "${article.text.slice(start, end)}"`;
    const remedy = 'Copy it into the passages of the topic that says it, or write one: npm run knowledge -- new <id>';
    const error = errorIn(files.article, what, remedy, before.length, (before.at(-1) ?? '').length + 1);
    return { ...error, severity: 'warning' };
  });

/**
 * The stretches of an article, none longer than a sentence, in which no passage lies. The last line, which names the
 * source, needs none.
 */
export function uncoveredStretches(article: string, passages: readonly string[]): Stretch[] {
  const covered = passages.flatMap((passage) => occurrencesOf(passage, article));
  const body = article.slice(0, article.trimEnd().lastIndexOf('\n') + 1);
  return sentencesOf(body).flatMap((sentence) => {
    const words = Array.from(body.slice(sentence.start, sentence.end).matchAll(/\S+/g), ({ index, 0: word }) => {
      const start = sentence.start + index;
      return { start, end: start + word.length };
    });
    const runs: Stretch[][] = [[]];
    for (const word of words) {
      if (covered.some(({ start, end }) => start < word.end && word.start < end)) runs.push([]);
      else runs.at(-1)?.push(word);
    }
    return runs.flatMap((run) => {
      const [first, last] = [run[0], run.at(-1)];
      return first && last && run.length >= MIN_WORDS ? [{ start: first.start, end: last.end }] : [];
    });
  });
}

/** The sentences of a text. */
export function sentencesOf(text: string): Stretch[] {
  const segmenter = new Intl.Segmenter('de', { granularity: 'sentence' });
  return Array.from(segmenter.segment(text), ({ index, segment }) => ({ start: index, end: index + segment.length }));
}

/** Where a passage stands, whatever white space there is between its words. */
export function occurrencesOf(passage: string, text: string): Stretch[] {
  const words = passage.trim().split(/\s+/).map(escaped);
  return Array.from(text.matchAll(new RegExp(words.join('\\s+'), 'g')), ({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
}

const escaped = (word: string) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
