import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/cli/eval.ts';
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

const file = (content: string | readonly string[]) => {
  const path = join(temporaryFolder(), 'labelled.tsv');
  writeFileSync(path, typeof content === 'string' ? content : content.join('\n'));
  return path;
};

const run = (test: string | readonly string[], training: string | readonly string[] = TRAINING, ...more: string[]) =>
  runCommand(evaluate, ['--train', file(training), '--test', file(test), ...more]);

/** The lines of `eval --json`: one object a question, and the figures. */
async function judged(test: string | readonly string[], training: readonly string[] = TRAINING) {
  const { code, stdout, stderr } = await run(test, training, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const objects = objectsIn(stdout);
  return { questions: objects.slice(0, -1), figures: objects.at(-1) ?? {} };
}

const share = () => expect.toSatisfy((value: number) => value >= 0 && value <= 1);

describe('eval --train --test --json', () => {
  test('prints a line for each question, in order, and the figures last', async () => {
    const { questions, figures } = await judged([
      'wann macht ihr auf\thours',
      'xyzzy\toos',
      'was kostet das brot\tprice',
    ]);
    expect(questions).toEqual([
      { text: 'wann macht ihr auf', expected: 'hours', topic: 'hours', confidence: share(), outcome: 'answer' },
      { text: 'xyzzy', expected: 'oos', topic: expect.any(String), confidence: share(), outcome: 'unknown' },
      { text: 'was kostet das brot', expected: 'price', topic: 'price', confidence: share(), outcome: 'answer' },
    ]);
    expect(Object.keys(figures)).toEqual([
      ...['questions', 'accuracy', 'inScopeRight', 'oosRefused', 'joint'],
      ...['medianMs', 'p99Ms', 'buildMs', 'heapMb'],
    ]);
  });

  test.for<[name: string, test: string | readonly string[], figures: object]>([
    [
      'some of each kind are right',
      [
        'was kostet das brot\tprice',
        'was kostet das brot\thours',
        'xyzzy\thours',
        'wie teuer ist das\toos',
        'wie wird das wetter\toos',
      ],
      { questions: 5, inScopeRight: 1 / 3, oosRefused: 1 / 2, joint: 2 / 5 },
    ],
    [
      'nothing is out of scope',
      ['was kostet das brot\tprice'],
      { accuracy: 1, inScopeRight: 1, oosRefused: null, joint: 1 },
    ],
    ['all is out of scope', ['wie wird das wetter\toos'], { accuracy: 0, oosRefused: 1, joint: 1 }],
    ['there are no questions', '', { questions: 0, accuracy: 0, oosRefused: null, joint: 0, medianMs: 0 }],
  ])('counts where %s', async ([, test, figures]) => {
    expect((await judged(test)).figures).toMatchObject(figures);
  });

  test('has null for the topic where nothing was there to learn', async () => {
    expect((await judged(['brot\tprice'], [])).questions).toEqual([
      { text: 'brot', expected: 'price', topic: null, confidence: 0, outcome: 'unknown' },
    ]);
  });

  test('reads files from Windows, without a last line end, and with empty lines', async () => {
    const { questions } = await judged('\uFEFFwas kostet das brot\tprice\r\n\r\nwie teuer ist das\tprice');
    expect(questions).toMatchObject([
      { text: 'was kostet das brot', expected: 'price' },
      { text: 'wie teuer ist das', expected: 'price' },
    ]);
  });
});

describe('eval --train --test', () => {
  test('prints a table of the figures and the topics that were confused', async () => {
    const { stdout } = await run([
      'was kostet das brot\thours',
      'wann macht ihr auf\thours',
      'wie wird das wetter\toos',
    ]);
    for (const line of [
      /^questions +3$/m,
      /^first topic right +50\.0 %$/m,
      /^in scope, answered right +50\.0 %$/m,
      /^out of scope, not answered +100\.0 %$/m,
      /^both, of all +66\.7 %$/m,
      /^a question, median +[\d.]+ ms$/m,
      /^heap +\d+ MB$/m,
      /most often confused\n +1 {2}hours taken for price\n +was kostet das brot\n/,
    ]) {
      expect(stdout).toMatch(line);
    }
  });

  test('says so where no topic was taken for another', async () => {
    const { stdout } = await run(['was kostet das brot\tprice']);
    expect(stdout).toContain('no topic was taken for another');
    expect(stdout).toMatch(/^out of scope, not answered +–$/m);
  });

  test('--errors lists every message that was taken for the wrong topic, with the topic', async () => {
    const test = ['wann macht ihr auf\tprice', 'was kostet das brot\tprice', 'bis wann ist offen\toos'];
    const { stdout } = await run(test, TRAINING, '--errors');
    expect(stdout).toMatch(/\d\.\d\d {2}price taken for hours\n +wann macht ihr auf\n/);
    expect(stdout).toMatch(/\d\.\d\d {2}no topic taken for hours\n +bis wann ist offen\n/);
    expect(stdout).not.toContain('was kostet das brot');
  });

  test('never passes on control characters of a file', async () => {
    const { stdout } = await run(['was kostet \x1b[31mdas\x1b[0m brot\x07 \x9b2J\tho\x1b[1Aurs']);
    expect(stdout).toContain('hours taken for price\n        was kostet das brot');
    expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});

describe('eval, when something is wrong,', () => {
  test('says so where the project’s own set is about other topics than the knowledge', async () => {
    const { code, stderr } = await runCommand(evaluate, []);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The evaluation set is about other topics than .*bakery\. Give your own: --train/);
  });

  test.for<[name: string, lines: readonly string[], place: string, found: string]>([
    ['a line without a tab', ['a\tprice', '', 'no tab here'], ':3:', '"no tab here"'],
    ['a line with two tabs', ['a\tprice\tmore'], ':1:', 'expected a text, a tab and a topic'],
    ['a line without a text', ['a\tprice', ' \tprice'], ':2:', 'expected a text, a tab and a topic'],
    ['a line without a topic', ['a\t'], ':1:', 'expected a text, a tab and a topic'],
    ['a line with control characters', ['no \x1b[31mtab\x07 \x9b2Jhere'], ':1:', 'found "no tab'],
  ])('names the file and line of %s', async ([, lines, place, found]) => {
    for (const ending of [await run(lines), await run(TRAINING, lines)]) {
      const { code, stdout, stderr } = ending;
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(`labelled.tsv${place}`);
      expect(stderr).toContain(found);
      expect(stderr.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    }
  });

  test.for<[name: string, args: readonly string[], message: string]>([
    ['a file that is not there', ['--train', 'none.tsv', '--test', 'none.tsv'], 'none.tsv does not exist'],
    ['a folder in place of a file', ['--train', '.', '--test', '.'], '. is a folder, not a file'],
    ['--train alone', ['--train', 'good.tsv'], '--train and --test go together'],
    ['--test alone', ['--test', 'good.tsv'], '--train and --test go together'],
  ])('says what, and does nothing: %s', async ([, args, message]) => {
    const { code, stdout, stderr } = await runCommand(evaluate, args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });
});
