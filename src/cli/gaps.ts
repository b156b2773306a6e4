import type { Engine } from '../engine/engine.ts';
import { forgetOld } from '../gaps/recorder.ts';
import { additionsFor, type ReviewedGap, reviewGaps } from '../gaps/review.ts';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { sanitizeForTerminal } from '../knowledge/problem.ts';
import type { TopicFile } from '../knowledge/rule.ts';
import { command, runAsProcess, UsageError, unknownCommand } from '../operation/command.ts';
import { openEngine } from '../operation/open-engine.ts';
import { readSettings } from '../operation/settings.ts';
import type { Feedback } from '../storage/feedback.ts';
import { openForQuestions, type Storage } from '../storage/storage.ts';

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
    const [subcommand, ...ids] = positionals;
    if (subcommand !== undefined && subcommand !== 'forget') throw unknownCommand(positionals);
    const toForget = subcommand && questionsIn(ids);
    const settings = readSettings(environment);
    const storage = await openForQuestions(settings);
    try {
      if (toForget) print(await forget(storage.gaps, toForget));
      else print(await report(storage, openEngine(values.knowledge, settings), top, settings.RECORD_QUESTIONS));
    } finally {
      await storage.close();
    }
    return 0;
  },
});

async function report({ gaps, feedback }: Storage, engine: Engine, top: number, isRecording: boolean): Promise<string> {
  await forgetOld(gaps);
  const { files } = loadKnowledge(engine.knowledge.directory);
  const reviewed = reviewGaps(await gaps.all(), engine);
  const ratings = (await feedback.all()).toSorted((a, b) => b.unhelpful - a.unhelpful || b.helpful - a.helpful);
  return [
    `Unanswered questions: ${reviewed.length}${reviewed.length > top ? `; the ${top} most asked` : ''}.`,
    ...(isRecording ? [] : ['Nothing is being recorded: RECORD_QUESTIONS is off in the settings here.']),
    ...reviewed.slice(0, top).flatMap((gap) => ['', ...gapReport(gap, files?.topics ?? [])]),
    ...(ratings.length > 0 ? ['', 'Members’ votes:', ...ratings.map(ratingReport)] : []),
  ].join('\n');
}

function gapReport(gap: ReviewedGap, topics: readonly TopicFile[]): string[] {
  const { text, wordings, count, language, firstDay, lastDay, ids, offered, nearest, isNear, answeredBy } = gap;
  const days = firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`;
  const [addition] = isNear ? additionsFor(gap, topics) : [];
  return [
    `${text}   (${language}, asked ${count}×, ${days}; to delete: ${ids.join(' ')})`,
    ...wordings.map((wording) => `    also ${wording}`),
    ...(offered.length > 0 ? [`    did not help: ${offered.join(', ')}`] : []),
    ...(answeredBy ? [`    now answered by ${answeredBy}`] : []),
    `    nearest: ${nearest.map(({ topic, confidence }) => `${topic} ${confidence.toFixed(2)}`).join(', ')}`,
    addition
      ? `    if it belongs there, ${addition.file}, after line ${addition.after}:`
      : '    no similar topic: it may need one of its own (npm run knowledge -- new ID), or a line in out-of-scope.yaml if the bot should not answer it',
    ...(addition?.lines ?? []).map((line) => `    ${line}`),
  ];
}

const ratingReport = ({ topic, language, helpful, unhelpful }: Feedback) =>
  `    ${sanitizeForTerminal(topic).padEnd(24)} ${language}   👍 ${String(helpful).padStart(4)}   👎 ${String(unhelpful).padStart(4)}`;

const WHERE_LISTED = 'npm run gaps lists the questions with their numbers.';

function questionsIn(words: readonly string[]): readonly number[] | 'all' {
  if (words.length === 0) throw new UsageError(`"forget" needs the number of a question, or "all". ${WHERE_LISTED}`);
  if (words.join() === 'all') return 'all';
  const wrong = words.find((word) => !Number.isSafeInteger(Number(word)) || Number(word) < 1);
  if (wrong !== undefined) throw new UsageError(`"${sanitizeForTerminal(wrong)}" is not the number of a question.`);
  return words.map(Number);
}

async function forget(gaps: Storage['gaps'], questions: readonly number[] | 'all'): Promise<string> {
  const deleted = await gaps.forget(questions === 'all' ? (await gaps.all()).map(({ id }) => id) : questions);
  if (questions !== 'all' && deleted === 0) throw new ExpectedError(`There is no such question. ${WHERE_LISTED}`);
  return `Wordings deleted: ${deleted}.`;
}

if (import.meta.main) await runAsProcess(gaps);
