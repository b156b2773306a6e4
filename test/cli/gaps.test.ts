import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gaps } from '../../src/cli/gaps.ts';
import type { RecordedQuestion } from '../../src/storage/gaps.ts';
import { openForQuestions } from '../../src/storage/storage.ts';
import { BAKERY } from '../bakery.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { runCommand } from './run-command.ts';

const question = (text: string, topic?: string): RecordedQuestion => ({ text, language: 'en', topic });

/** The command with a database in which questions were recorded, each on a day. */
async function recorded(...questions: readonly (readonly [RecordedQuestion, day: string])[]) {
  const folder = temporaryFolder();
  const storage = await openForQuestions({ DATABASE_URL: undefined, DATA_DIR: folder });
  for (const [asked, day] of questions) await storage.gaps.record(asked, day);
  await storage.feedback.vote('bread', 'de', { helpful: 1, unhelpful: 0 });
  await storage.feedback.vote('hours', 'en', { helpful: 0, unhelpful: 1 });
  await storage.close();
  return (...args: string[]) => runCommand(gaps, args, { settings: { DATA_DIR: folder } });
}

const today = new Date().toISOString().slice(0, 10);
const OPEN = question('until what time are you open on sunday', 'bread');
const REJECTED = question('when do you open', 'hours');
const WEATHER = question('qwxz vbnm zzyyx');
const HOURS = join(BAKERY, 'topics/hours.yaml');

describe('gaps', () => {
  test('lists unanswered questions, the most asked first, with what would answer them and where', async () => {
    const run = await recorded([WEATHER, today], [OPEN, today], [OPEN, today]);
    const { code, stdout } = await run();
    expect(code).toBe(0);
    expect(stdout).toContain('Unanswered questions: 2.');
    expect(stdout).toContain('RECORD_QUESTIONS is off');
    expect(stdout.indexOf(OPEN.text)).toBeLessThan(stdout.indexOf(WEATHER.text));
    expect(stdout).toContain(`${OPEN.text}   (en, asked 2×, ${today}; to delete: 2)`);
    expect(stdout).toContain('did not help: bread');
    expect(stdout).toContain('nearest: hours ');
    expect(stdout).toContain(`${relative(process.cwd(), HOURS)}, after line 14:\n        - ${OPEN.text}`);
    expect(stdout.slice(stdout.indexOf(WEATHER.text))).toContain('no similar topic: it may need one of its own');
  });

  test('never suggests the topic whose answer a member rejected', async () => {
    const { stdout } = await (await recorded([REJECTED, today]))();
    expect(stdout).toContain('did not help: hours');
    expect(stdout).not.toMatch(/nearest: .*hours|now answered by|hours\.yaml/);
  });

  test('shows how members rated the answers, the most rejected first', async () => {
    const { stdout } = await (await recorded())();
    expect(stdout).toMatch(/^Members’ votes:\n +hours +en +👍 +0 +👎 +1\n +bread +de +👍 +1 +👎 +0\n$/m);
  });

  test('lists as many as were asked for', async () => {
    const { stdout } = await (await recorded([OPEN, today], [OPEN, today], [WEATHER, today]))('--top', '1');
    expect(stdout).toContain('Unanswered questions: 2; the 1 most asked.');
    expect(stdout).not.toContain(WEATHER.text);
  });

  test('has forgotten questions that nobody asked for 90 days', async () => {
    const { stdout } = await (await recorded([OPEN, '2020-01-01']))();
    expect(stdout).toContain('Unanswered questions: 0.');
  });

  test('deletes some questions, or all', async () => {
    const run = await recorded([OPEN, today], [WEATHER, today], [question('third'), today]);
    expect((await run('forget', '1', '99')).stdout).toBe('Wordings deleted: 1.\n');
    expect((await run()).stdout).not.toContain(OPEN.text);
    expect((await run('forget', 'all')).stdout).toBe('Wordings deleted: 2.\n');
    expect((await run()).stdout).toContain('Unanswered questions: 0.');
  });

  test('says that there is no such question, and how to list those that there are', async () => {
    const run = await recorded([OPEN, today]);
    const { code, stderr } = await run('forget', '7', '8');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^There is no such question\. .*npm run gaps.*\n$/),
    });
    expect((await run()).stdout).toContain(OPEN.text);
    await run('forget', 'all');
    expect((await run('forget', 'all')).stdout).toBe('Wordings deleted: 0.\n');
  });

  test.for<[string, readonly string[], string]>([
    ['an id that is not a number', ['forget', 'one'], '"one" is not the number of a question'],
    ['another command', ['remember'], 'Unknown command: "remember"'],
    ['nothing to delete', ['forget'], '"forget" needs the number of a question, or "all". npm run gaps lists'],
    ['an empty list', ['--top', '0'], '--top takes a whole number from 1'],
  ])('refuses %s, explains its use, and opens no database', async ([, args, message]) => {
    const DATA_DIR = join(temporaryFolder(), 'data');
    const { code, stderr } = await runCommand(gaps, args, { settings: { DATA_DIR } });
    expect(existsSync(DATA_DIR)).toBe(false);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).toContain('Usage: npm run gaps');
  });
});
