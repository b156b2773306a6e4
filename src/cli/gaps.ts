import type { Engine } from '../engine/engine.ts';
import { phrasingMessages } from '../evaluation/phrasing-messages.ts';
import { readSet } from '../evaluation/sets.ts';
import { forgetOld } from '../gaps/retention.ts';
import { type ReviewedGap, reviewGaps } from '../gaps/review.ts';
import { type Trial, tryPhrasings } from '../gaps/trial.ts';
import { phrasingsToAdd } from '../gaps/yaml-lines.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { sanitizeForTerminal } from '../knowledge/sanitize.ts';
import type { TopicFile } from '../knowledge/rule.ts';
import { command, runAsProcess, UsageError } from '../operation/command.ts';
import { openEngine } from '../operation/open-engine.ts';
import { readSettings } from '../operation/settings.ts';
import type { GapStore } from '../storage/gaps.ts';
import { openForQuestions, type Storage } from '../storage/storage.ts';
import { feedbackReport, gapReport, heading } from './gap-report.ts';
import { jsonLine } from './json.ts';

const usage = `Usage: npm run gaps -- [--json] [--quick] [--top N] [--knowledge DIR]   lists unanswered questions and how answers were rated
       npm run gaps -- forget ID…      deletes questions, by the numbers in the list
       npm run gaps -- forget all

--json    prints one JSON object per question
--quick   skips trying out what adding each question to the likeliest topic would do
--top N   how many questions to list, the most asked first (default: 10)`;

/** Lists unanswered questions and the ratings of answers, or deletes questions. */
export const gaps = command({
  usage,
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
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
      if (subcommand === undefined) {
        const engine = openEngine(values.knowledge, settings);
        await list(storage, engine, { ...values, top, isRecording: settings.RECORD_QUESTIONS }, print);
      } else if (subcommand === 'forget' && ids.length > 0) print(await forget(storage.gaps, ids));
      else throw new UsageError(`Unknown command: "${sanitizeForTerminal(positionals.join(' '))}".`);
    } finally {
      await storage.close();
    }
    return 0;
  },
});

interface ListOptions {
  readonly json: boolean;
  readonly quick: boolean;
  readonly top: number;
  readonly isRecording: boolean;
}

async function list(
  { gaps, feedback }: Storage,
  engine: Engine,
  { json, quick, top, isRecording }: ListOptions,
  print: (text: string) => void,
): Promise<void> {
  await forgetOld(gaps);
  const { knowledge } = engine;
  const { files } = loadKnowledge(knowledge.directory);
  const reviewed = reviewGaps(await gaps.all(), engine);
  if (!json) print(heading(reviewed.length, top, isRecording));
  const messages = quick ? [] : (readSet('tuning', knowledge) ?? phrasingMessages(knowledge));
  for (const gap of reviewed.slice(0, top)) {
    const [nearest] = gap.nearest;
    const trial =
      quick || !nearest
        ? undefined
        : tryPhrasings(engine, nearest.topic, gap.language, [gap.text, ...gap.wordings], messages);
    const file = files?.topics.find(({ value }) => value.id === nearest?.topic);
    print(json ? gapJson(gap, trial, file) : gapReport(gap, trial, file));
  }
  const ratings = json ? [] : await feedback.all();
  if (ratings.length > 0) print(feedbackReport(ratings));
}

function gapJson(gap: ReviewedGap, trial: Trial | undefined, file: TopicFile | undefined): string {
  const addition = file && phrasingsToAdd(file, gap.language, [gap.text, ...gap.wordings]);
  return jsonLine({ ...gap, answeredBy: gap.answeredBy ?? null, trial: trial ?? null, addition: addition ?? null });
}

/** @returns what was done */
async function forget(gaps: GapStore, ids: readonly string[]): Promise<string> {
  const all = ids.length === 1 && ids[0] === 'all';
  const numbers = all ? (await gaps.all()).map(({ id }) => id) : ids.map(Number);
  const wrong = numbers.findIndex((id) => !Number.isSafeInteger(id) || id < 1);
  if (wrong >= 0) throw new UsageError(`"${sanitizeForTerminal(ids[wrong] ?? '')}" is not the number of a question.`);
  const count = await gaps.forget(numbers);
  return `Deleted ${count} ${count === 1 ? 'wording' : 'wordings'}.`;
}

if (import.meta.main) await runAsProcess(gaps);
