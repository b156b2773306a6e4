import type { Engine } from '../engine/engine.ts';
import type { Match } from '../engine/read.ts';
import { type LeftOut, leadingWords } from '../evaluation/cross-validation.ts';
import type { EvaluationMessage } from '../evaluation/read.ts';
import { shownPath } from '../knowledge/format-problem.ts';
import type { KnowledgeFiles } from '../knowledge/rule.ts';
import type { ConfusedText, ConfusionCell, Confusions } from './views.ts';

const MAX_WORDS = 4;

/** A text whose right topics are known (none: it belongs to no topic), and what the matching made of it. */
interface Judged {
  readonly text: string;
  readonly topics: readonly string[];
  readonly match: Match;
  readonly place: string | null;
}

/** The confusions among phrasings that were judged without having been learned. */
export function confusedPhrasings(leftOut: readonly LeftOut[], files: KnowledgeFiles): Confusions {
  return confusionsAmong(
    leftOut.map(({ topic, language, index, phrasing, match }) => {
      const file = files.topics.find(({ value }) => value.id === topic.id);
      const place = file && `${shownPath(file.file)}:${file.place([language, 'phrasings', index]).line}`;
      return { text: phrasing, topics: [topic.id], match, place: place ?? null };
    }),
  );
}

/** The confusions on an evaluation set; `null` where none of its messages is about a topic of this knowledge. */
export function confusedMessages(messages: readonly EvaluationMessage[], engine: Engine): Confusions | null {
  const known = new Set(engine.knowledge.topics.map(({ id }) => id));
  const ours = messages.filter(({ topics }) => topics.every((id) => known.has(id)));
  if (!ours.some(({ topics }) => topics.length > 0)) return null;
  return confusionsAmong(
    ours.map(({ text, topics }) => ({ text, topics, match: engine.understand({ text }).match, place: null })),
  );
}

function confusionsAmong(judged: readonly Judged[]): Confusions {
  const cells = new Map<string, ConfusionCell & { readonly texts: ConfusedText[] }>();
  let right = 0;
  for (const { text, topics, match, place } of judged) {
    const [expected = null] = topics;
    const got = takenFor(match);
    if (got === null ? expected === null : topics.includes(got)) {
      right++;
      continue;
    }
    const key = JSON.stringify([expected, got]);
    const cell = cells.get(key) ?? { expected, got, texts: [] };
    cells.set(key, cell);
    // What speaks for no topic at all, no word tells.
    const words = expected === null || got === null ? [] : leadingWords(match, expected, got).slice(0, MAX_WORDS);
    cell.texts.push({ text, confidence: match.topics[0]?.confidence ?? 0, words, place });
  }
  const mostFirst = [...cells.values()].sort((a, b) => b.texts.length - a.texts.length);
  return { judged: judged.length, right, cells: mostFirst };
}

/** The likeliest topic, or `null` where that there is none is likelier still. */
function takenFor({ topics: [first], elsewhere }: Match): string | null {
  return first && first.confidence >= elsewhere ? first.id : null;
}
