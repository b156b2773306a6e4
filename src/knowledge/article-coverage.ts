import type { Problem } from './problem.ts';
import type { Rule } from './rule.ts';

/** "and", "but", "with the": what joins two passages needs no topic of its own. */
const MIN_WORDS = 4;

/** A stretch of a text, in UTF-16 units from its beginning; `end` is the first that no longer belongs to it. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What the article says and no topic rests on. A sentence can be covered in part: then the rest of it is told. */
export const uncoveredSentences: Rule = ({ article, topics }, files) =>
  uncoveredStretches(
    article.text,
    topics.flatMap(({ passages }) => passages),
  ).map(({ start, end }): Problem => {
    const before = article.text.slice(0, start).split('\n');
    return {
      severity: 'warning',
      file: files.article,
      line: before.length,
      column: (before.at(-1) ?? '').length + 1,
      what: `no topic rests on "${article.text.slice(start, end)}"`,
      remedy:
        'Copy it into the passages of the topic whose answer says it, or write a topic on it: npm run knowledge -- new <id>',
    };
  });

/**
 * The stretches of an article, none longer than a sentence, in which no passage lies. The last line, which names the
 * source, needs none.
 */
export function uncoveredStretches(article: string, passages: readonly string[]): Stretch[] {
  const covered = new Uint8Array(article.length);
  for (const passage of passages) {
    for (const { start, end } of occurrencesOf(passage, article)) covered.fill(1, start, end);
  }
  return sentencesOf(article.slice(0, article.trimEnd().lastIndexOf('\n') + 1)).flatMap((sentence) =>
    uncoveredIn(sentence, article, covered),
  );
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

function uncoveredIn({ start, end }: Stretch, article: string, covered: Uint8Array): Stretch[] {
  const stretches: Stretch[] = [];
  let run: { start: number; end: number; words: number } | undefined;
  const close = () => {
    if (run && run.words >= MIN_WORDS) stretches.push({ start: run.start, end: run.end });
    run = undefined;
  };
  for (const { index, 0: word } of article.slice(start, end).matchAll(/\S+/g)) {
    const at = start + index;
    if (covered.subarray(at, at + word.length).includes(1)) close();
    else run = { start: run?.start ?? at, end: at + word.length, words: (run?.words ?? 0) + 1 };
  }
  close();
  return stretches;
}
