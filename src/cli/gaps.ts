import { forgetOld } from '../gaps/retention.ts';
import { type ReviewedGap, reviewGaps } from '../gaps/review.ts';
import { phrasingsToAdd } from '../gaps/yaml-lines.ts';
import { shownPath } from '../knowledge/format-problem.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import type { TopicFile } from '../knowledge/rule.ts';
import { sanitizeForTerminal } from '../knowledge/sanitize.ts';
import { command, runAsProcess, UsageError } from '../operation/command.ts';
import { openEngine } from '../operation/open-engine.ts';
import { readSettings, type Settings } from '../operation/settings.ts';
import type { Feedback } from '../storage/feedback.ts';
import type { GapStore } from '../storage/gaps.ts';
import { openForQuestions, type Storage } from '../storage/storage.ts';

const NOTHING_NEAR =
  '    no similar topic: it may need one of its own (npm run knowledge -- new ID), or a line in out-of-scope.yaml if the bot should not answer it';

const usage = `Usage: npm run gaps -- [--top N] [--knowledge DIR]   lists unanswered questions and how answers were rated
       npm run gaps -- forget ID…      deletes questions, by the numbers in the list
       npm run gaps -- forget all

--top N   how many questions to list, the most asked first (default: 10)`;

/** Lists unanswered questions and the ratings of answers, or deletes questions. */
export const gaps = command({
  usage,
  options: {
    top: { type: 'string', default: '10' },
    knowledge: { type: 'string' },
  },
  allowPositionals: true,
  async run({ values, positionals }, { print, environment }) {
    const top = Number(values.top);
    if (!Number.isInteger(top) || top < 1) throw new UsageError('--top takes a whole number from 1.');
    const settings = readSettings(environment);
    const storage = await openForQuestions(settings);
    try {
      const [subcommand, ...ids] = positionals;
      if (subcommand === undefined) print(await report(storage, settings, values.knowledge, top));
      else if (subcommand === 'forget' && ids.length > 0) print(await forget(storage.gaps, ids));
      else throw new UsageError(`Unknown command: "${sanitizeForTerminal(positionals.join(' '))}".`);
    } finally {
      await storage.close();
    }
    return 0;
  },
});

async function report(
  { gaps, feedback }: Storage,
  settings: Settings,
  knowledge: string | undefined,
  top: number,
): Promise<string> {
  await forgetOld(gaps);
  const engine = openEngine(knowledge, settings);
  const { files } = loadKnowledge(engine.knowledge.directory);
  const reviewed = reviewGaps(await gaps.all(), engine);
  const ratings = await feedback.all();
  return [
    `Unanswered questions: ${reviewed.length}${reviewed.length > top ? `; the ${top} most asked` : ''}.`,
    ...(settings.RECORD_QUESTIONS ? [] : ['Nothing is being recorded: RECORD_QUESTIONS is off in the settings here.']),
    ...reviewed.slice(0, top).map((gap) => `\n${gapReport(gap, files?.topics ?? [])}`),
    ...(ratings.length > 0 ? [`\n${ratingReport(ratings)}`] : []),
  ].join('\n');
}

function gapReport(gap: ReviewedGap, topics: readonly TopicFile[]): string {
  const { text, wordings, count, language, firstDay, lastDay, ids, offered, nearest, isNear, answeredBy } = gap;
  const days = firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`;
  return [
    `${text}   (${language}, asked ${count}×, ${days}; to delete: ${ids.join(' ')})`,
    ...wordings.map((wording) => `    also ${wording}`),
    ...(offered.length > 0 ? [`    did not help: ${offered.join(', ')}`] : []),
    ...(answeredBy ? [`    now answered by ${answeredBy}`] : []),
    `    nearest: ${nearest.map(({ topic, confidence }) => `${topic} ${confidence.toFixed(2)}`).join(', ')}`,
    ...(isNear ? addition(gap, topics) : [NOTHING_NEAR]),
  ].join('\n');
}

/** The lines to add to the likeliest topic. */
function addition({ nearest: [first], language, text, wordings }: ReviewedGap, topics: readonly TopicFile[]): string[] {
  const topicFile = topics.find(({ value }) => value.id === first?.topic);
  if (!topicFile) return [];
  const { file, after, lines } = phrasingsToAdd(topicFile, language, [text, ...wordings]);
  return [`    if it belongs there, ${shownPath(file)}, after line ${after}:`, ...lines.map((line) => `    ${line}`)];
}

/** How members rated the answers, the most rejected first. */
function ratingReport(feedback: readonly Feedback[]): string {
  const rows = feedback
    .toSorted((a, b) => b.unhelpful - a.unhelpful || b.helpful - a.helpful)
    .map(({ topic, language, helpful, unhelpful }) => {
      return `    ${sanitizeForTerminal(topic).padEnd(24)} ${language}   👍 ${String(helpful).padStart(4)}   👎 ${String(unhelpful).padStart(4)}`;
    });
  return ['Ratings by members:', ...rows].join('\n');
}

/** @returns what was done */
async function forget(gaps: GapStore, ids: readonly string[]): Promise<string> {
  const all = ids.length === 1 && ids[0] === 'all';
  const numbers = all ? (await gaps.all()).map(({ id }) => id) : ids.map(Number);
  const wrong = numbers.findIndex((id) => !Number.isSafeInteger(id) || id < 1);
  if (wrong >= 0) throw new UsageError(`"${sanitizeForTerminal(ids[wrong] ?? '')}" is not the number of a question.`);
  return `Wordings deleted: ${await gaps.forget(numbers)}.`;
}

if (import.meta.main) await runAsProcess(gaps);
