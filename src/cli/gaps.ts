import type { Engine } from '../engine/engine.ts';
import { messagesFor } from '../evaluation/own-set.ts';
import { forgetOld } from '../gaps/retention.ts';
import { type ReviewedGap, reviewGaps } from '../gaps/review.ts';
import { type Trial, tryPhrasings } from '../gaps/trial.ts';
import { phrasingsToAdd } from '../gaps/yaml-lines.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { sanitizeForTerminal } from '../knowledge/sanitize.ts';
import type { TopicFile } from '../knowledge/topic-problems.ts';
import { command, runAsProcess, UsageError } from '../operation/command.ts';
import { openEngine } from '../operation/open-engine.ts';
import { readSettings } from '../operation/settings.ts';
import type { GapStore } from '../storage/gaps.ts';
import { openForQuestions } from '../storage/storage.ts';
import { gapReport } from './gap-report.ts';
import { jsonLine } from './json.ts';

const usage = `Usage: npm run gaps -- [--json] [--quick] [--top N] [--knowledge DIR]   questions that got no good answer
       npm run gaps -- forget ID…                 forgets some, by the numbers that the list shows
       npm run gaps -- forget all

--json    one JSON object a question, each on a line
--quick   without trying, for each, what adding it to the nearest topic would do
--top N   so many, the most asked first; 10 if not said`;

/** Lists questions that got no good answer, or forgets some. */
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
    if (!Number.isInteger(top) || top < 1) throw new UsageError('--top takes a whole number from 1 on.');
    const settings = readSettings(environment);
    const storage = await openForQuestions(settings);
    try {
      const [command, ...ids] = positionals;
      if (command === undefined) {
        const engine = openEngine(values.knowledge, settings);
        await list(storage.gaps, engine, { ...values, top, isRecording: settings.RECORD_QUESTIONS }, print);
      } else if (command === 'forget' && ids.length > 0) print(await forget(storage.gaps, ids));
      else throw new UsageError(`I do not understand "${sanitizeForTerminal(positionals.join(' '))}".`);
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
  gaps: GapStore,
  engine: Engine,
  { json, quick, top, isRecording }: ListOptions,
  print: (text: string) => void,
): Promise<void> {
  await forgetOld(gaps);
  const { files } = loadKnowledge(engine.knowledge.directory);
  const reviewed = reviewGaps(await gaps.all(), engine);
  if (!json) print(heading(reviewed.length, top, isRecording));
  const messages = quick ? [] : messagesFor(engine.knowledge);
  for (const gap of reviewed.slice(0, top)) {
    const [nearest] = gap.nearest;
    const trial =
      quick || !nearest
        ? undefined
        : tryPhrasings(engine, nearest.topic, gap.language, [gap.text, ...gap.wordings], messages);
    const file = files?.topics.find(({ value }) => value.id === nearest?.topic);
    print(json ? gapJson(gap, trial, file) : gapReport(gap, trial, file));
  }
}

function heading(found: number, top: number, isRecording: boolean): string {
  const recording = isRecording ? '' : '\nNothing is being recorded now: RECORD_QUESTIONS is off in the settings here.';
  if (found === 0) return `No question without a good answer has been recorded.${recording}`;
  const shown = found > top ? ` The ${top} most asked:` : '';
  return `${found} ${found === 1 ? 'question' : 'questions'} without a good answer.${shown}${recording}\n`;
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
  if (wrong >= 0) throw new UsageError(`"${sanitizeForTerminal(ids[wrong] ?? '')}" is no number of a question.`);
  const forgotten = await gaps.forget(numbers);
  return `Forgot ${forgotten} ${forgotten === 1 ? 'wording' : 'wordings'}.`;
}

if (import.meta.main) await runAsProcess(gaps);
