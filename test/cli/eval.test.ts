import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/cli/eval.ts';
import { bakeryCopy } from '../evaluation/bakery-copy.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { objectsIn, runCommand } from './run-command.ts';

const TRAINING = [
  'was kostet das brot\tprice',
  'wie teuer ist das\tprice',
  'wann macht ihr auf\thours',
  'bis wann ist offen\thours',
  'wie wird das wetter\toos',
  'wer hat gewonnen\toos',
];

function file(content: string | readonly string[]): string {
  const path = join(temporaryFolder(), 'labelled.tsv');
  writeFileSync(path, typeof content === 'string' ? content : content.join('\n'));
  return path;
}

const run = (test: string | readonly string[], training: string | readonly string[] = TRAINING, ...more: string[]) =>
  runCommand(evaluate, ['--train', file(training), '--test', file(test), ...more]);

describe('eval --train --test', () => {
  test.for<[name: string, test: string | readonly string[], figures: object]>([
    ['some are right', ['was kostet das brot\tprice', 'wann macht ihr auf\tprice'], { questions: 2, topOne: 0.5 }],
    ['nothing is out of scope', ['was kostet das brot\tprice'], { topOne: 1, refused: null }],
    ['everything is out of scope', ['wie wird das wetter\toos'], { topOne: 0, refused: 1, handled: 1 }],
    ['there are no questions', '', { questions: 0, topOne: 0, refused: null, handled: 0, medianMs: 0 }],
    ['the file is from Windows', '\uFEFFwas kostet das brot\tprice\r\n\r\nwann macht ihr auf\thours', { topOne: 1 }],
  ])('prints the figures as JSON where %s', async ([, test, figures]) => {
    const { code, stdout } = await run(test, TRAINING, '--json');
    expect(code).toBe(0);
    expect(objectsIn(stdout)).toMatchObject([figures]);
  });

  test('prints a table of the figures', async () => {
    const { stdout } = await run(['wann macht ihr auf\tprice', 'was kostet das brot\tprice']);
    expect(stdout).toMatch(/^questions +2\nlikeliest topic is right +50\.0 %$/m);
    expect(stdout).toMatch(/^out of scope, not answered +–$/m);
    expect(stdout).toMatch(/^a question, median +[\d.]+ ms$/m);
  });

  test.for<[name: string, lines: readonly string[], place: string, found: string]>([
    ['a line without a tab', ['a\tprice', '', 'no tab here'], ':3:', '"no tab here"'],
    ['a line with two tabs', ['a\tprice\tmore'], ':1:', 'no text, tab and topic'],
    ['a line without a text', ['a\tprice', ' \tprice'], ':2:', 'no text, tab and topic'],
    ['a line without a topic', ['a\t'], ':1:', 'no text, tab and topic'],
    ['a line with control characters', ['no \x1b[31mtab\x07 \x9b2Jhere'], ':1:', 'topic: "no tab'],
  ])('names the file and line of %s', async ([, lines, place, found]) => {
    for (const { code, stdout, stderr } of [await run(lines), await run(TRAINING, lines)]) {
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(`labelled.tsv${place}`);
      expect(stderr).toContain(found);
      expect(stderr.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    }
  });

  test.for<[name: string, args: readonly string[], message: string]>([
    ['a missing file', ['--train', 'none.tsv', '--test', 'none.tsv'], 'none.tsv  error: does not exist'],
    ['a folder in place of a file', ['--train', '.', '--test', '.'], '.  error: is a folder'],
    ['--train alone', ['--train', 'good.tsv'], '--train and --test go together'],
    ['--test alone', ['--test', 'good.tsv'], '--train and --test go together'],
  ])('refuses %s', async ([, args, message]) => {
    const { code, stdout, stderr } = await runCommand(evaluate, args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('eval', () => {
  const RIGHT = { text: 'was kostet das brot', lang: 'de', kind: 'ask', topics: ['bread'], style: 'clean' };
  const WRONG = { text: 'wann macht \u001b[31mihr auf', lang: 'de', kind: 'ask', topics: ['bread'], style: 'clean' };
  const SECRET = { ...WRONG, text: 'bis wie viel uhr ist offen' };

  /** A bakery with these evaluation sets, and the command on it. */
  function opened(tuning: readonly object[], reported: readonly object[] = tuning) {
    const { folder, write } = bakeryCopy();
    mkdirSync(join(folder, 'evaluation'));
    const lines = (messages: readonly object[]) => messages.map((message) => JSON.stringify(message)).join('\n');
    write('evaluation/tuning.jsonl', lines(tuning));
    write('evaluation/reported.jsonl', lines(reported));
    return (...args: string[]) => runCommand(evaluate, ['--knowledge', folder, ...args]);
  }

  test('prints the figures of both sets, each with its confidence interval', async () => {
    const { code, stdout } = await opened([RIGHT, WRONG], [RIGHT])();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^tuning\.jsonl.*\nquestions: answered correctly +1 \/ 2 +50\.0 % +[\d.]+ % – [\d.]+ %$/m);
    expect(stdout).toMatch(/^reported\.jsonl.*\nquestions: answered correctly +1 \/ 1 +100\.0 % /m);
  });

  test('prints one JSON object per figure', async () => {
    const [first] = objectsIn((await opened([RIGHT, WRONG])('--json')).stdout);
    expect(first).toMatchObject({ set: 'tuning', name: 'questions: answered correctly', hits: 1, of: 2 });
    expect(first?.['interval']).toHaveLength(2);
  });

  test('--errors lists the messages of the tuning set that went wrong, and never one of the reported set', async () => {
    const { stdout } = await opened([RIGHT, WRONG], [SECRET])('--errors');
    expect(stdout).toMatch(/^ask: wanted bread, got .*\n {4}wann macht ihr auf$/m);
    expect(stdout).not.toContain(SECRET.text);
    expect(stdout).not.toContain('\u001b');
  });

  test('--fit prints a weight for each feature of the confidence and of the helpfulness', async () => {
    const overheard = { ...RIGHT, kind: 'overheard', text: 'was kostet das brot beim huber' };
    const { stdout } = await opened([RIGHT, WRONG, overheard])('--fit');
    expect(stdout).toMatch(/^CONFIDENCE_WEIGHTS = \[-?\d[^\]]*\]\nHELPFULNESS_WEIGHTS = \[-?\d[^\]]*\]\n$/);
  });

  test('--voices prints the figures of each kind, of which there may be no message', async () => {
    expect((await runCommand(evaluate, ['--voices'])).stdout).toMatch(/^asks-channel: answered +0 \/ 0 +– /m);
    const [first] = objectsIn((await runCommand(evaluate, ['--voices', '--json'])).stdout);
    expect(first).toMatchObject({ set: 'overheard', name: 'asks-channel: answered', hits: 0, of: 0 });
  });

  test('--fit needs the tuning set', async () => {
    const { folder, write } = bakeryCopy();
    mkdirSync(join(folder, 'evaluation'));
    write('evaluation/reported.jsonl', JSON.stringify(RIGHT));
    const { code, stdout, stderr } = await runCommand(evaluate, ['--knowledge', folder, '--fit']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^This knowledge has no evaluation\/tuning\.jsonl/);
  });

  test.for(['--errors', '--fit'])('refuses %s --json, which has no figures to print', async (option) => {
    const { code, stderr } = await opened([RIGHT])(option, '--json');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^--json prints figures only/);
  });

  test.for<readonly string[]>([
    ['--errors', '--voices'],
    ['--errors', '--fit'],
    ['--fit', '--voices'],
    ['--voices', '--train', 'a.tsv', '--test', 'b.tsv'],
  ])('refuses what does two things at once: %s %s', async (options) => {
    const { code, stderr } = await opened([RIGHT])(...options);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^--train, --fit, --voices and --errors exclude each other\./);
  });

  test('names the line of a set that has another form', async () => {
    const { code, stderr } = await opened([RIGHT, { text: 'a' }])();
    expect(code).toBe(1);
    expect(stderr).toMatch(/tuning\.jsonl:2:1 /);
  });

  test('says so if the knowledge has no evaluation sets', async () => {
    const { code, stderr } = await runCommand(evaluate, []);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^This knowledge has no evaluation sets/);
  });
});
