import type { ReviewedGap } from '../gaps/review.ts';
import type { Trial } from '../gaps/trial.ts';
import { phrasingsToAdd } from '../gaps/yaml-lines.ts';
import { shownPath } from '../knowledge/format-problem.ts';
import { sanitizeForTerminal } from '../knowledge/sanitize.ts';
import type { TopicFile } from '../knowledge/rule.ts';
import type { Feedback } from '../storage/feedback.ts';

const SHOWN_BROKEN = 3;
const NOTHING_NEAR =
  '    no similar topic: it may need one of its own (npm run knowledge -- new ID), or a line in out-of-scope.yaml if the bot should not answer it';

export function heading(count: number, top: number, isRecording: boolean): string {
  const recording = isRecording ? '' : '\nNothing is being recorded: RECORD_QUESTIONS is off in the settings here.';
  if (count === 0) return `No unanswered questions have been recorded.${recording}`;
  const shown = count > top ? ` The ${top} most asked:` : '';
  return `${count} unanswered ${count === 1 ? 'question' : 'questions'}.${shown}${recording}\n`;
}

/** An unanswered question, the topics it might belong to, and what adding it to the likeliest would do. */
export function gapReport(gap: ReviewedGap, trial: Trial | undefined, nearestFile: TopicFile | undefined): string {
  const { text, wordings, count, language, firstDay, lastDay, ids, offered, nearest, isNear, answeredBy } = gap;
  const days = firstDay === lastDay ? `on ${firstDay}` : `from ${firstDay} to ${lastDay}`;
  return [
    `${text}   (${language}, asked ${count === 1 ? 'once' : `${count} times`} ${days}; to delete: ${ids.join(' ')})`,
    ...wordings.map((wording) => `    also ${wording}`),
    ...(offered.length > 0 ? [`    did not help: ${offered.join(', ')}`] : []),
    ...(answeredBy ? [`    now answered by ${answeredBy}`] : []),
    `    nearest: ${nearest.map(({ topic, confidence }) => `${topic} ${confidence.toFixed(2)}`).join(', ')}`,
    ...(isNear ? [] : [NOTHING_NEAR]),
    ...(isNear && trial ? [`    ${verdict(trial)}`] : []),
    ...(isNear && nearestFile ? addition(gap, nearestFile) : []),
    '',
  ].join('\n');
}

function verdict({ topic, answers, broken, mended }: Trial): string {
  const effect = answers
    ? `added to "${topic}", that topic would answer it`
    : `added to "${topic}", that topic would still not answer it: it may need more phrasings like it, or a topic of its own`;
  const better = mended > 0 ? `, and ${mended} more messages of the evaluation set would be right` : '';
  if (broken.length === 0) return `${effect}${better}; nothing else would break`;
  const examples = broken.slice(0, SHOWN_BROKEN).map((text) => `"${sanitizeForTerminal(text)}"`);
  const more = broken.length > SHOWN_BROKEN ? ' …' : '';
  return `${effect}${better}; but it would break ${broken.length}: ${examples.join(', ')}${more}`;
}

function addition({ language, text, wordings }: ReviewedGap, topicFile: TopicFile): string[] {
  const { file, after, lines } = phrasingsToAdd(topicFile, language, [text, ...wordings]);
  return [`    if it belongs there, ${shownPath(file)}, after line ${after}:`, ...lines.map((line) => `    ${line}`)];
}

/** How members rated the answers, the most rejected first. */
export function feedbackReport(feedback: readonly Feedback[]): string {
  const rows = feedback
    .toSorted((a, b) => b.unhelpful - a.unhelpful || b.helpful - a.helpful)
    .map(({ topic, language, helpful, unhelpful }) => {
      return `    ${sanitizeForTerminal(topic).padEnd(24)} ${language}   👍 ${String(helpful).padStart(4)}   👎 ${String(unhelpful).padStart(4)}`;
    });
  return ['Ratings by members:', ...rows].join('\n');
}
