import type { Engine, Suggestion } from '../engine/engine.ts';
import type { Language } from '../knowledge/knowledge.ts';
import type { Gap } from '../storage/gaps.ts';
import { Meanings } from './meaning.ts';

/** A topic that a question might belong to. */
export interface NearTopic extends Suggestion {
  /** 0 to 1: how much the knowledge, as it is now, takes the question for this topic. */
  readonly confidence: number;
}

/** Recorded questions that mean the same, and what the knowledge has that is near. */
export interface ReviewedGap {
  /** The rows of the storage that were taken together. */
  readonly ids: readonly number[];
  /** The wording that was asked most. */
  readonly text: string;
  /** The others, the most asked first. */
  readonly wordings: readonly string[];
  readonly language: Language;
  readonly count: number;
  readonly firstDay: string;
  readonly lastDay: string;
  /** The topics that were offered and did not help. */
  readonly offered: readonly string[];
  /** The nearest topics, the likeliest first; three at most. */
  readonly nearest: readonly NearTopic[];
  /** The topic that answers the question now, if one does: the knowledge may have changed since. */
  readonly answeredBy: string | undefined;
}

const MAX_NEAREST = 3;

/** Takes together what means the same, the most asked first, and looks for the nearest topics. Changes nothing. */
export function reviewGaps(gaps: readonly Gap[], engine: Engine): ReviewedGap[] {
  return togetherByMeaning(gaps, new Meanings(engine))
    .map((group) => review(group, engine))
    .sort((a, b) => b.count - a.count || b.lastDay.localeCompare(a.lastDay));
}

type Group = readonly [Gap, ...Gap[]];

/** Each goes to the first group whose first question means the same: the most asked question names its group. */
function togetherByMeaning(gaps: readonly Gap[], meanings: Meanings): Group[] {
  const groups: { readonly meaning: readonly string[]; readonly members: [Gap, ...Gap[]] }[] = [];
  for (const gap of gaps) {
    const meaning = meanings.of(gap.text);
    const group = groups.find(
      ({ members: [first], meaning: other }) => first.language === gap.language && meanings.areAlike(meaning, other),
    );
    if (group) group.members.push(gap);
    else groups.push({ meaning, members: [gap] });
  }
  return groups.map(({ members }) => members);
}

function review(group: Group, engine: Engine): ReviewedGap {
  const [{ text, language }, ...others] = group;
  const days = group.flatMap(({ firstDay, lastDay }) => [firstDay, lastDay]).sort();
  const reply = engine.reply({ text, locale: language });
  const title = (id: string) => engine.answerOn(id, language).title;
  return {
    ids: group.map(({ id }) => id),
    text,
    wordings: others.map((other) => other.text),
    language,
    count: group.reduce((sum, { count }) => sum + count, 0),
    firstDay: days[0] ?? '',
    lastDay: days.at(-1) ?? '',
    offered: [...new Set(group.flatMap(({ topic }) => topic ?? []))],
    nearest: engine
      .understand({ text })
      .match.topics.slice(0, MAX_NEAREST)
      .map(({ id, confidence }) => ({ topic: id, title: title(id), confidence })),
    answeredBy: reply.outcome === 'answer' ? reply.topic : undefined,
  };
}
