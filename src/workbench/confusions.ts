import type { LeadingWord, LeftOut } from '../evaluation/cross-validation.ts';
import type { Judged } from '../evaluation/judge.ts';
import { shownPath } from '../knowledge/format-problem.ts';
import type { KnowledgeFiles } from '../knowledge/rule.ts';

/** Texts of one topic that led to another; `null` is no topic. */
export interface Confusion {
  readonly expected: string | null;
  readonly got: string | null;
  readonly texts: readonly ConfusedText[];
}

export interface ConfusedText {
  readonly text: string;
  /** The words that spoke for the wrong topic rather than for the right one, the strongest first. */
  readonly words: readonly LeadingWord[];
  /** Where it can be changed, if it is a phrasing. */
  readonly place: { readonly file: string; readonly line: number } | undefined;
}

type Confused = ConfusedText & Pick<Confusion, 'expected' | 'got'>;

const MAX_WORDS = 4;

/** Phrasings that led to another topic before they were learned, the most frequent confusion first. */
export function confusedPhrasings(leftOut: readonly LeftOut[], files: KnowledgeFiles): Confusion[] {
  return grouped(
    leftOut.flatMap(({ topic, language, index, phrasing, reading: { scores }, leadingWords }): Confused[] => {
      const [first] = scores.topics;
      const got = first && first.share >= scores.outOfScope ? first.id : null;
      if (got === topic.id) return [];
      const words = got === null ? [] : leadingWords(got).slice(0, MAX_WORDS);
      const file = files.topics.find(({ value }) => value.id === topic.id);
      const line = file?.place([language, 'phrasings', index]).line;
      const place = file && line ? { file: shownPath(file.file), line } : undefined;
      return [{ expected: topic.id, got, text: phrasing, words, place }];
    }),
  );
}

/** Messages that were answered with a wrong topic, or not answered, or answered without need. */
export function confusedMessages(judged: readonly Judged[]): Confusion[] {
  return grouped(
    judged.flatMap(({ message: { text, kind, topics }, addressed, overheard, isRight }): Confused[] => {
      const decision = kind === 'chatter' || kind === 'overheard' ? overheard : addressed;
      const answered: readonly string[] = decision.kind === 'answer' ? decision.topics : [];
      const expected = topics.find((id) => !answered.includes(id)) ?? null;
      const got = answered.find((id) => !topics.includes(id)) ?? null;
      return isRight || expected === got ? [] : [{ expected, got, text, words: [], place: undefined }];
    }),
  );
}

function grouped(confused: readonly Confused[]): Confusion[] {
  return [...Map.groupBy(confused, ({ expected, got }) => `${expected} ${got}`).values()]
    .flatMap((texts) => texts.slice(0, 1).map(({ expected, got }) => ({ expected, got, texts })))
    .sort((a, b) => b.texts.length - a.texts.length);
}
