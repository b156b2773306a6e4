import { stringify } from 'yaml';
import type { Engine } from '../engine/engine.ts';
import type { Reading } from '../engine/read.ts';
import { foldedWords } from '../engine/text.ts';
import { type Knowledge, type Language, phrasingsOf } from '../knowledge/knowledge.ts';
import { shownPath } from '../knowledge/problem.ts';
import type { TopicFile } from '../knowledge/rule.ts';
import type { Gap } from '../storage/gaps.ts';
import { isHiddenWord, withUnknownWords } from './anonymise.ts';

/** Recorded questions of the same meaning, and the topics that they might belong to. */
export type ReviewedGap = ReturnType<typeof review>;

const MAX_NEAREST = 3;

/** Several topics as the text of one column. */
export const topicColumn = (topics: readonly string[]): string => topics.join(' ');
const topicsIn = (column: string | undefined): string[] => column?.split(' ') ?? [];

interface Group {
  readonly reading: Reading;
  readonly meaning: ReadonlySet<string>;
  /** The most asked first. */
  readonly members: [Gap, ...Gap[]];
}

/** Groups questions of the same meaning, the most asked first, and looks for the nearest topics. */
export function reviewGaps(gaps: readonly Gap[], engine: Engine): ReviewedGap[] {
  const frequent = frequentWords(engine.knowledge);
  const groups: Group[] = [];
  for (const gap of gaps) {
    const reading = engine.read(withUnknownWords(gap.text));
    const meaning = meaningOf(reading, frequent);
    const group = groups.find((one) => one.members[0].language === gap.language && areAlike(meaning, one.meaning));
    if (group) group.members.push(gap);
    else groups.push({ reading, meaning, members: [gap] });
  }
  return groups
    .map((group) => review(group, engine))
    .sort((a, b) => b.count - a.count || b.lastDay.localeCompare(a.lastDay));
}

function review({ reading, members }: Group, engine: Engine) {
  const [{ text, language }, ...others] = members;
  const days = members.flatMap(({ firstDay, lastDay }) => [firstDay, lastDay]).sort();
  const offered = [...new Set(members.flatMap(({ topic }) => topicsIn(topic)))];
  const nearest = reading.scores.topics.filter(({ id }) => !offered.includes(id)).slice(0, MAX_NEAREST);
  const decision = engine.decide(reading, { language });
  const likely = 'topics' in decision ? decision.topics : [];
  return {
    /** The rows of the storage that were grouped. */
    ids: members.map(({ id }) => id),
    /** The wording that was asked most. */
    text,
    /** The others, the most asked first. */
    wordings: others.map((other) => other.text),
    language,
    count: members.reduce((sum, { count }) => sum + count, 0),
    firstDay: days[0] ?? '',
    lastDay: days.at(-1) ?? '',
    /** The topics that members rejected. */
    offered,
    /** The likeliest other topics, the likeliest first, and how probable it is that the question belongs to each. */
    nearest: nearest.map(({ id, share }) => ({ topic: id, confidence: share })),
    /** Is the first of them likely enough to be answered or offered? */
    isNear: nearest[0] !== undefined && likely.includes(nearest[0].id),
    /** The topic that answers the question now, unless it was rejected. */
    answeredBy: decision.kind === 'answer' ? decision.topics.find((id) => !offered.includes(id)) : undefined,
  };
}

/** A word in this share of the phrasings says how a member asks, not what for: "wie", "does", "eigentlich". */
const FREQUENT = 0.006;

function frequentWords({ topics }: Knowledge): ReadonlySet<string> {
  const phrasings = topics.flatMap(phrasingsOf);
  const words = phrasings.flatMap((text) => [...new Set(foldedWords(text))]);
  const uses = Map.groupBy(words, (word) => word);
  return new Set(words.filter((word) => (uses.get(word)?.length ?? 0) >= FREQUENT * phrasings.length));
}

/** The words that a question turns on, typos corrected and synonyms as one. */
function meaningOf({ words }: Reading, frequent: ReadonlySet<string>): ReadonlySet<string> {
  const own = words.filter(({ typed }) => !isHiddenWord(typed));
  const telling = own.filter(({ terms: [{ term }], name }) => name !== 'subject' && !frequent.has(term));
  const terms = (telling.length > 0 ? telling : own).map(({ terms, name }) => {
    const synonym = name === undefined ? terms.find(({ kind }) => kind === 'synonym') : undefined;
    return (synonym ?? terms[0]).term;
  });
  return new Set(terms);
}

/** Do two questions share at least half of all the words in them? */
function areAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const shared = [...one].filter((term) => other.has(term)).length;
  return shared >= (one.size + other.size - shared) / 2;
}

/** For each of the nearest topics, the lines that add all wordings to its file. */
export function additionsFor({ nearest, language, text, wordings }: ReviewedGap, topics: readonly TopicFile[]) {
  const files = nearest.flatMap(({ topic }) => topics.filter(({ value }) => value.id === topic));
  return files.map((file) => ({ topic: file.value.id, ...phrasingsToAdd(file, language, [text, ...wordings]) }));
}

/** The lines that add phrasings to a topic's file, indented like their neighbours, and the line before them, from 1. */
export function phrasingsToAdd({ file, place }: TopicFile, language: Language, phrasings: readonly string[]) {
  // Above the first, as no line of the file tells where the last one ends: it may be of several.
  const first = place([language, 'phrasings', 0]);
  // Before the text stands "- ".
  const indent = ' '.repeat(Math.max(0, first.column - 3));
  const lines = phrasings.map((phrasing) => `${indent}- ${stringify(phrasing, { lineWidth: 0 }).trimEnd()}`);
  return { file: shownPath(file), after: first.line - 1, lines };
}
