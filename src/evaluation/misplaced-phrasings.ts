import type { Problem } from '../knowledge/problem.ts';
import type { KnowledgeFiles } from '../knowledge/rule.ts';
import type { LeftOut } from './cross-validation.ts';

/** Below this share of a wrong topic, the message would say how hard matching is rather than what to fix. */
const CONFIDENTLY_WRONG = 0.9;
const MAX_WORDS = 3;

/**
 * A warning if a phrasing leads to another topic until it has been learned: the same question in slightly other words will be answered
 * wrongly.
 */
export function misplacedPhrasing(leftOut: LeftOut, files: KnowledgeFiles): Problem[] {
  const { topic, language, index, phrasing, reading } = leftOut;
  const [rival] = reading.scores.topics;
  if (!rival || rival.id === topic.id || rival.share < CONFIDENTLY_WRONG) return [];
  const title = files.topics.find(({ value }) => value.id === rival.id)?.value[language].title ?? '';
  const words = leftOut.leadingWords(rival.id).slice(0, MAX_WORDS);
  const because = words.length === 0 ? '' : `, because of ${words.map(({ typed }) => `"${typed}"`).join(', ')}`;
  const file = files.topics.find(({ value }) => value.id === topic.id);
  const problem = file?.problem(
    [language, 'phrasings', index],
    `"${phrasing}" sounds like the topic "${rival.id}" (${title})${because}`,
    'If that topic answers it, move it there. Otherwise reword it, or add more phrasings here that say the same.',
    'warning',
  );
  return problem ? [problem] : [];
}
