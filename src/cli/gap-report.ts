import { OFFER_FROM } from '../engine/gates.ts';
import type { ReviewedGap } from '../gaps/review.ts';
import type { Trial } from '../gaps/trial.ts';
import { phrasingsToAdd } from '../gaps/yaml-lines.ts';
import { shownPath } from '../knowledge/format-problem.ts';
import { sanitizeForTerminal } from '../knowledge/sanitize.ts';
import type { TopicFile } from '../knowledge/topic-problems.ts';

const SHOWN_BROKEN = 3;
const NOTHING_NEAR =
  '    no topic is near: it may need one of its own (npm run knowledge -- new ID), or a line in elsewhere.yaml if it is none of the bot’s business';

/** A question without a good answer, what is near to it, and what adding it would do. */
export function gapReport(gap: ReviewedGap, trial: Trial | undefined, nearestFile: TopicFile | undefined): string {
  const { text, wordings, count, language, firstDay, lastDay, ids, offered, nearest, answeredBy } = gap;
  const isNear = (nearest[0]?.confidence ?? 0) >= OFFER_FROM;
  const days = firstDay === lastDay ? `on ${firstDay}` : `from ${firstDay} to ${lastDay}`;
  return [
    `${text}   (${language}, asked ${count === 1 ? 'once' : `${count} times`} ${days}; to forget: ${ids.join(' ')})`,
    ...wordings.map((wording) => `    also ${wording}`),
    ...(offered.length > 0 ? [`    did not help: ${offered.join(', ')}`] : []),
    ...(answeredBy ? [`    is answered now, by ${answeredBy}`] : []),
    `    nearest: ${nearest.map(({ topic, confidence }) => `${topic} ${confidence.toFixed(2)}`).join(', ')}`,
    ...(isNear ? [] : [NOTHING_NEAR]),
    ...(isNear && trial ? [`    ${verdict(trial)}`] : []),
    ...(isNear && nearestFile ? addition(gap, nearestFile) : []),
    '',
  ].join('\n');
}

function verdict({ topic, answers, broken, mended }: Trial): string {
  const effect = answers
    ? `added to "${topic}", it would be answered by it`
    : `added to "${topic}", it would still not be answered by it: it may need more phrasings like it, or a topic of its own`;
  const better = mended > 0 ? `, and ${mended} more of the evaluation set would be right` : '';
  if (broken.length === 0) return `${effect}${better}; nothing else would break`;
  const examples = broken.slice(0, SHOWN_BROKEN).map((text) => `"${sanitizeForTerminal(text)}"`);
  const more = broken.length > SHOWN_BROKEN ? ' …' : '';
  return `${effect}${better}; but it would break ${broken.length}: ${examples.join(', ')}${more}`;
}

function addition({ language, text, wordings }: ReviewedGap, topicFile: TopicFile): string[] {
  const { file, after, lines } = phrasingsToAdd(topicFile, language, [text, ...wordings]);
  return [`    if it belongs there, ${shownPath(file)}, after line ${after}:`, ...lines.map((line) => `    ${line}`)];
}
