import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RecordedQuestion } from '../../src/storage/gaps.ts';
import { openSqlite } from '../storage/open-sqlite.ts';
import { BAKERY, run, STACK_TRACE, temporaryFolder } from './run.ts';

const question = (text: string, more: Partial<RecordedQuestion> = {}): RecordedQuestion => ({
  text,
  language: 'en',
  topic: undefined,
  ...more,
});

/** A folder in which questions were recorded, each on a day, and the program that lists them. */
async function recorded(...questions: readonly (readonly [RecordedQuestion, day: string])[]) {
  const folder = temporaryFolder();
  const storage = await openSqlite(folder);
  for (const [asked, day] of questions) await storage.gaps.record(asked, day);
  await storage.close();
  return (...args: string[]) => run('gaps', ['--knowledge', BAKERY, ...args], { settings: { DATA_DIR: folder } });
}

const today = new Date().toISOString().slice(0, 10);
const OPEN = question('are you open on christmas eve', { topic: 'bread' });
const WEATHER = question('qwxz vbnm zzyyx');

describe('gaps', () => {
  test('lists what was asked in vain, the most asked first, with what would mend it and where', async () => {
    const gaps = await recorded([WEATHER, today], [OPEN, today], [OPEN, today]);
    const { code, stdout } = gaps();
    expect(code).toBe(0);
    expect(stdout).toContain('2 questions without a good answer.');
    expect(stdout).toContain('RECORD_QUESTIONS is off');
    expect(stdout.indexOf(OPEN.text)).toBeLessThan(stdout.indexOf(WEATHER.text));
    expect(stdout).toMatch(new RegExp(`${OPEN.text} {3}\\(en, asked 2 times on ${today}; to forget: 2\\)`));
    expect(stdout).toContain('did not help: bread');
    expect(stdout).toContain('nearest: hours ');
    expect(stdout).toContain('added to "hours", it would be answered by it; nothing else would break');
    expect(stdout).toContain(
      `${join(BAKERY, 'topics/hours.yaml')}, after line 14:\n        - are you open on christmas eve`,
    );
  });

  test('says of a question with which no topic has anything to do that it may need one', async () => {
    const { stdout } = (await recorded([WEATHER, today]))('--quick');
    expect(stdout).toMatch(/no topic is near: it may need one of its own|nearest: /);
  });

  test('prints for programs one JSON object a question', async () => {
    const { stdout } = (await recorded([OPEN, today], [WEATHER, today]))('--json', '--top', '1');
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      text: OPEN.text,
      language: 'en',
      count: 1,
      firstDay: today,
      lastDay: today,
      offered: ['bread'],
      trial: { topic: 'hours', answers: true, broken: [] },
      addition: { file: join(BAKERY, 'topics/hours.yaml'), after: 14, lines: [`    - ${OPEN.text}`] },
    });
  });

  test('has forgotten what nobody has asked for 90 days', async () => {
    const { stdout } = (await recorded([OPEN, '2020-01-01']))();
    expect(stdout).toContain('No question without a good answer has been recorded.');
    expect(stdout).not.toContain(OPEN.text);
  });

  test('forgets what it is told to, or all', async () => {
    const gaps = await recorded([OPEN, today], [WEATHER, today], [question('third'), today]);
    expect(gaps('forget', '1', '99').stdout).toBe('Forgot 1 wording.\n');
    expect(gaps('--quick').stdout).not.toContain(OPEN.text);
    expect(gaps('forget', 'all').stdout).toBe('Forgot 2 wordings.\n');
    expect(gaps('--quick').stdout).toContain('No question');
  });

  test.for<[string, readonly string[], string]>([
    ['an id that is no number', ['forget', 'one'], '"one" is no number of a question'],
    ['another command', ['remember'], 'I do not understand "remember"'],
    ['nothing to forget', ['forget'], 'I do not understand "forget"'],
    ['a list of no length', ['--top', '0'], '--top takes a whole number from 1 on'],
  ])('refuses %s, and says how it is used', async ([, args, message]) => {
    const { code, stderr } = (await recorded())(...args);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).toContain('Usage: npm run gaps');
    expect(stderr).not.toMatch(STACK_TRACE);
  });
});
