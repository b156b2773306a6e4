import type { Match } from '../engine/read.ts';
import type { KnowledgeFiles } from '../knowledge/load.ts';
import type { Problem } from '../knowledge/problem.ts';
import type { Judge } from './check.ts';
import { crossValidated, type LeftOut, leadingWords } from './cross-validation.ts';

/** Less sure than this of a wrong topic, and the message would rather say how hard matching is than what to mend. */
const CONFIDENTLY_WRONG = 0.9;
const MAX_WORDS = 3;

/**
 * Phrasings that lead to another topic as long as the bot has not learned just them: the same question in slightly
 * other words will be answered wrong.
 */
export const misplacedPhrasings: Judge = (knowledge, files) =>
  Array.from(crossValidated(knowledge), (leftOut) => misplaced(leftOut, files)).flat();

/** What there is to say of a phrasing that was judged without having been learned: a warning, or nothing. */
export function misplaced({ topic, language, index, phrasing, match }: LeftOut, files: KnowledgeFiles): Problem[] {
  const [rival] = match.topics;
  if (!rival || rival.id === topic.id || rival.confidence < CONFIDENTLY_WRONG) return [];
  const title = files.topics.find(({ value }) => value.id === rival.id)?.value[language].title ?? '';
  const file = files.topics.find(({ value }) => value.id === topic.id);
  if (!file) return [];
  return [
    file.problem(
      [language, 'phrasings', index],
      `"${phrasing}" sounds like the topic "${rival.id}" (${title}): ${because(match, topic.id, rival.id)}`,
      'If that topic answers it, move it there. Otherwise reword it, or add more phrasings here that say the same.',
      'warning',
    ),
  ];
}

function because(match: Match, right: string, rival: string): string {
  const words = leadingWords(match, right, rival)
    .slice(0, MAX_WORDS)
    .map(({ typed, lead }) => `"${typed}" +${lead.toFixed(1)}`);
  const confidence = (match.topics[0]?.confidence ?? 0).toFixed(2);
  return `confidence ${confidence}${words.length > 0 ? `, led there by ${words.join(', ')}` : ''}`;
}
