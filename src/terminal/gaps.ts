import { parseArgs } from 'node:util';
import { readSettings } from '../config.ts';
import { messagesFor } from '../evaluation/own-set.ts';
import { forgetOld } from '../gaps/retention.ts';
import { type ReviewedGap, reviewGaps } from '../gaps/review.ts';
import { type Trial, tryPhrasings } from '../gaps/trial.ts';
import { phrasingsToAdd } from '../gaps/yaml-lines.ts';
import { harmless } from '../harmless.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import type { TopicFile } from '../knowledge/topic-problems.ts';
import type { GapStore } from '../storage/gaps.ts';
import { openForQuestions } from '../storage/storage.ts';
import { gapReport } from './gap-report.ts';
import { jsonLine } from './json.ts';
import { openAnswerer, runCommand, TerminalError } from './open.ts';

const USAGE = `Usage: npm run gaps -- [--json] [--quick] [--top N] [--knowledge DIR]   questions that got no good answer
       npm run gaps -- forget ID…                 forgets some, by the numbers that the list shows
       npm run gaps -- forget all

--json    one JSON object a question, each on a line
--quick   without trying, for each, what adding it to the nearest topic would do
--top N   so many, the most asked first; 10 if not said`;

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      top: { type: 'string', default: '10' },
      knowledge: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const top = Number(values.top);
  if (!Number.isInteger(top) || top < 1) throw new TerminalError(`--top takes a whole number from 1 on.\n${USAGE}`);
  const storage = await openForQuestions(readSettings());
  try {
    const [command, ...ids] = positionals;
    if (command === undefined) await list(storage.gaps, { ...values, knowledge: values.knowledge, top });
    else if (command === 'forget' && ids.length > 0) await forget(storage.gaps, ids);
    else throw new TerminalError(`I do not understand "${harmless(positionals.join(' '))}".\n${USAGE}`);
  } finally {
    await storage.close();
  }
});

interface ListOptions {
  readonly json: boolean;
  readonly quick: boolean;
  readonly top: number;
  readonly knowledge: string | undefined;
}

async function list(gaps: GapStore, { json, quick, top, knowledge: directory }: ListOptions): Promise<void> {
  await forgetOld(gaps);
  const answerer = openAnswerer(directory);
  const { files } = loadKnowledge(answerer.knowledge.directory);
  const reviewed = reviewGaps(await gaps.all(), answerer);
  if (!json) console.log(heading(reviewed.length, top));
  const messages = quick ? [] : messagesFor(answerer.knowledge);
  for (const gap of reviewed.slice(0, top)) {
    const [nearest] = gap.nearest;
    const trial =
      quick || !nearest
        ? undefined
        : tryPhrasings(answerer, nearest.topic, gap.language, [gap.text, ...gap.wordings], messages);
    const file = files?.topics.find(({ value }) => value.id === nearest?.topic);
    console.log(json ? gapJson(gap, trial, file) : gapReport(gap, trial, file));
  }
}

function heading(found: number, top: number): string {
  const recording = readSettings().RECORD_QUESTIONS
    ? ''
    : '\nNothing is being recorded now: RECORD_QUESTIONS is off in the settings here.';
  if (found === 0) return `No question without a good answer has been recorded.${recording}`;
  const shown = found > top ? ` The ${top} most asked:` : '';
  return `${found} ${found === 1 ? 'question' : 'questions'} without a good answer.${shown}${recording}\n`;
}

function gapJson(gap: ReviewedGap, trial: Trial | undefined, file: TopicFile | undefined): string {
  const addition = file && phrasingsToAdd(file, gap.language, [gap.text, ...gap.wordings]);
  return jsonLine({ ...gap, answeredBy: gap.answeredBy ?? null, trial: trial ?? null, addition: addition ?? null });
}

async function forget(gaps: GapStore, ids: readonly string[]): Promise<void> {
  const all = ids.length === 1 && ids[0] === 'all';
  const numbers = all ? (await gaps.all()).map(({ id }) => id) : ids.map(Number);
  const wrong = numbers.findIndex((id) => !Number.isSafeInteger(id) || id < 1);
  if (wrong >= 0) throw new TerminalError(`"${harmless(ids[wrong] ?? '')}" is no number of a question.\n${USAGE}`);
  const forgotten = await gaps.forget(numbers);
  console.log(`Forgot ${forgotten} ${forgotten === 1 ? 'wording' : 'wordings'}.`);
}
