import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gapReport } from '../../src/cli/gap-report.ts';
import { gaps } from '../../src/cli/gaps.ts';
import { reviewGaps } from '../../src/gaps/review.ts';
import type { RecordedQuestion } from '../../src/storage/gaps.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { BAKERY, bakeryIn } from '../bakery.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { objectsIn, runCommand } from './run-command.ts';

const question = (text: string, more: Partial<RecordedQuestion> = {}): RecordedQuestion => ({
  text,
  meaning: text,
  language: 'en',
  topic: undefined,
  ...more,
});

/** The command in a folder in which questions were recorded, each on a day. */
async function recorded(...questions: readonly (readonly [RecordedQuestion, day: string])[]) {
  const folder = temporaryFolder();
  const storage = openSqlite(folder);
  for (const [asked, day] of questions) await storage.gaps.record(asked, day);
  await storage.close();
  return (...args: string[]) => runCommand(gaps, args, { settings: { DATA_DIR: folder } });
}

const today = new Date().toISOString().slice(0, 10);
const OPEN = question('are you open on christmas eve', { topic: 'bread' });
const WEATHER = question('qwxz vbnm zzyyx');
const HOURS = join(BAKERY, 'topics/hours.yaml');

describe('gaps', () => {
  test('lists what was asked in vain, the most asked first, with what would mend it and where', async () => {
    const run = await recorded([WEATHER, today], [OPEN, today], [OPEN, today]);
    const { code, stdout } = await run();
    expect(code).toBe(0);
    expect(stdout).toContain('2 questions without a good answer.');
    expect(stdout).toContain('RECORD_QUESTIONS is off');
    expect(stdout.indexOf(OPEN.text)).toBeLessThan(stdout.indexOf(WEATHER.text));
    expect(stdout).toContain(`${OPEN.text}   (en, asked 2 times on ${today}; to forget: 2)`);
    expect(stdout).toContain('did not help: bread');
    expect(stdout).toContain('nearest: hours ');
    expect(stdout).toContain('added to "hours", it would be answered by it; nothing else would break');
    expect(stdout).toContain(`${relative(process.cwd(), HOURS)}, after line 14:\n        - ${OPEN.text}`);
  });

  test('says of a question with which no topic has anything to do that it may need one', () => {
    const gap = { ...WEATHER, id: 1, count: 1, firstDay: today, lastDay: today };
    const [reviewed] = reviewGaps([gap], bakeryIn('de'));
    if (!reviewed) throw new Error('The question was left out.');
    const far = reviewed.nearest.map((near) => ({ ...near, confidence: 0.01 }));
    expect(gapReport({ ...reviewed, nearest: far }, undefined, undefined)).toContain(
      'no topic is near: it may need one',
    );
  });

  test('prints for programs one JSON object a question', async () => {
    const run = await recorded([OPEN, today], [WEATHER, today]);
    expect(objectsIn((await run('--json', '--top', '1')).stdout)).toMatchObject([
      {
        text: OPEN.text,
        language: 'en',
        count: 1,
        firstDay: today,
        lastDay: today,
        offered: ['bread'],
        trial: { topic: 'hours', answers: true, broken: [] },
        addition: { file: HOURS, after: 14, lines: [`    - ${OPEN.text}`] },
      },
    ]);
  });

  test('has forgotten what nobody has asked for 90 days', async () => {
    const { stdout } = await (await recorded([OPEN, '2020-01-01']))();
    expect(stdout).toContain('No question without a good answer has been recorded.');
  });

  test('forgets what it is told to, or all', async () => {
    const run = await recorded([OPEN, today], [WEATHER, today], [question('third'), today]);
    expect((await run('forget', '1', '99')).stdout).toBe('Forgot 1 wording.\n');
    expect((await run('--quick')).stdout).not.toContain(OPEN.text);
    expect((await run('forget', 'all')).stdout).toBe('Forgot 2 wordings.\n');
    expect((await run('--quick')).stdout).toContain('No question');
  });

  test.for<[string, readonly string[], string]>([
    ['an id that is no number', ['forget', 'one'], '"one" is no number of a question'],
    ['another command', ['remember'], 'I do not understand "remember"'],
    ['nothing to forget', ['forget'], 'I do not understand "forget"'],
    ['a list of no length', ['--top', '0'], '--top takes a whole number from 1 on'],
  ])('refuses %s, and says how it is used', async ([, args, message]) => {
    const { code, stderr } = await (await recorded())(...args);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).toContain('Usage: npm run gaps');
  });
});
