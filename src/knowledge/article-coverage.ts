import type { Knowledge } from './knowledge.ts';
import { type Problem, problemIn } from './problem.ts';
import type { Rule } from './rule.ts';

/** Stands for what a passage covers; no text that can be read has it. */
const COVERED = '\0';
/** Four words or more: "and", "but", "with the", which join two passages, need no topic of their own. */
const WORDS = /[^\s\0]+(?:\s+[^\s\0]+){3,}/g;

/** A stretch of a text, in UTF-16 units from its beginning; `end` is the first that no longer belongs to it. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What the article says and no topic rests on. */
export const uncoveredSentences: Rule = (knowledge, files) =>
  uncoveredStretches(knowledge).map(({ start, end }): Problem => {
    const { text } = knowledge.article;
    const before = text.slice(0, start).split('\n');
    const what = `no topic rests on "${text.slice(start, end)}"`;
    const remedy = 'Copy it into the passages of the topic that says it, or write one: npm run knowledge -- new <id>';
    const column = (before.at(-1) ?? '').length + 1;
    return problemIn(files.article, what, remedy, { line: before.length, column, severity: 'warning' });
  });

/** The parts of an article's sentences that no passage covers. Its last line, which names the source, needs none. */
export function uncoveredStretches({ article: { text: article }, topics }: Knowledge): Stretch[] {
  const units = article.split('');
  const covered = topics.flatMap(({ passages }) => passages).flatMap((passage) => occurrencesOf(passage, article));
  for (const { start, end } of covered) units.fill(COVERED, start, end);
  const body = article.slice(0, article.trimEnd().lastIndexOf('\n') + 1);
  // A word of which a part is covered is covered.
  const uncovered = units.join('').replace(/\S*\0\S*/g, (word) => COVERED.repeat(word.length));
  return sentencesOf(body).flatMap((sentence) =>
    Array.from(uncovered.slice(sentence.start, sentence.end).matchAll(WORDS), ({ index, 0: words }) => {
      const start = sentence.start + index;
      return { start, end: start + words.length };
    }),
  );
}

export function sentencesOf(text: string): Stretch[] {
  const segmenter = new Intl.Segmenter('de', { granularity: 'sentence' });
  return Array.from(segmenter.segment(text), ({ index, segment }) => ({ start: index, end: index + segment.length }));
}

/** Where a passage stands, whatever white space there is between its words. */
export function occurrencesOf(passage: string, text: string): Stretch[] {
  const pattern = passage
    .trim()
    .replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
    .replace(/\s+/g, '\\s+');
  const found = text.matchAll(new RegExp(pattern, 'g'));
  return Array.from(found, ({ index, 0: { length } }) => ({ start: index, end: index + length }));
}
