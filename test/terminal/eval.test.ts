import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { run, STACK_TRACE, temporaryFolder } from './run.ts';

const TRAINING = [
  'was kostet das brot\tprice',
  'wie teuer ist das\tprice',
  'wann macht ihr auf\thours',
  'bis wann ist offen\thours',
  'wie wird das wetter\toos',
  'wer hat gewonnen\toos',
];

type Files = Readonly<Record<string, string | readonly string[]>>;

/** Runs `eval` in a folder with these files; lists of lines become files of lines. */
function evaluate(files: Files, args: readonly string[]) {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : `${content.join('\n')}\n`);
  }
  return run('eval', args, { folder });
}

/** The lines of `eval --json` on these questions: one object a question, and the figures. */
function judged(test: string | readonly string[], training: readonly string[] = TRAINING) {
  const { code, stdout, stderr } = evaluate({ 'train.tsv': training, 'test.tsv': test }, [
    ...['--train', 'train.tsv'],
    ...['--test', 'test.tsv', '--json'],
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const objects = stdout
    .trimEnd()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line));
  return { questions: objects.slice(0, -1), figures: objects.at(-1) ?? {} };
}

describe('eval --train --test --json', () => {
  test('prints a line for each question, in order, and the figures last', () => {
    const { questions, figures } = judged(['wann macht ihr auf\thours', 'xyzzy\toos', 'was kostet das brot\tprice']);
    expect(questions).toEqual([
      { text: 'wann macht ihr auf', expected: 'hours', topic: 'hours', confidence: share(), outcome: 'answer' },
      { text: 'xyzzy', expected: 'oos', topic: expect.any(String), confidence: share(), outcome: 'unknown' },
      { text: 'was kostet das brot', expected: 'price', topic: 'price', confidence: share(), outcome: 'answer' },
    ]);
    expect(Object.keys(figures)).toEqual([
      ...['questions', 'accuracy', 'inScopeRight', 'oosRefused', 'joint'],
      ...['medianMs', 'p99Ms', 'buildMs', 'heapMb'],
    ]);
    expect(figures).toMatchObject({ questions: 3, accuracy: 1, inScopeRight: 1, oosRefused: 1, joint: 1 });
  });

  test('counts what is wrong by kind, and all of it together', () => {
    const { figures } = judged([
      'was kostet das brot\tprice',
      'was kostet das brot\thours',
      'xyzzy\thours',
      'wie teuer ist das\toos',
      'wie wird das wetter\toos',
    ]);
    expect(figures).toMatchObject({ questions: 5, inScopeRight: 1 / 3, oosRefused: 1 / 2, joint: 2 / 5 });
  });

  test('has null for the refused where nothing is out of scope', () => {
    const { figures } = judged(['was kostet das brot\tprice']);
    expect(figures).toMatchObject({ questions: 1, inScopeRight: 1, oosRefused: null, joint: 1 });
  });

  test('gives numbers, not nothing, where all is out of scope or there are no questions', () => {
    expect(judged(['wie wird das wetter\toos']).figures).toMatchObject({ accuracy: 0, oosRefused: 1, joint: 1 });
    expect(judged('').figures).toMatchObject({ questions: 0, accuracy: 0, oosRefused: null, joint: 0, medianMs: 0 });
  });

  test('has null for the topic where nothing was there to learn', () => {
    expect(judged(['brot\tprice'], []).questions).toEqual([
      { text: 'brot', expected: 'price', topic: null, confidence: 0, outcome: 'unknown' },
    ]);
  });

  test('reads files from Windows, without a last line end, and with empty lines', () => {
    const { questions } = judged('\uFEFFwas kostet das brot\tprice\r\n\r\nwie teuer ist das\tprice');
    expect(questions).toMatchObject([
      { text: 'was kostet das brot', expected: 'price', topic: 'price' },
      { text: 'wie teuer ist das', expected: 'price', topic: 'price' },
    ]);
  });
});

describe('eval --train --test', () => {
  test('prints a table of the figures and the topics that were confused', () => {
    const test = ['was kostet das brot\thours', 'wann macht ihr auf\thours', 'wie wird das wetter\toos'];
    const { code, stdout, stderr } = evaluate({ 'train.tsv': TRAINING, 'test.tsv': test }, [
      ...['--train', 'train.tsv'],
      ...['--test', 'test.tsv'],
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^questions +3$/m);
    expect(stdout).toMatch(/^first topic right +50\.0 %$/m);
    expect(stdout).toMatch(/^in scope, answered right +50\.0 %$/m);
    expect(stdout).toMatch(/^out of scope, not answered +100\.0 %$/m);
    expect(stdout).toMatch(/^both, of all +66\.7 %$/m);
    for (const cost of ['a question, median', 'a question, 99th percentile', 'index built in', 'heap']) {
      expect(stdout).toMatch(new RegExp(`^${cost} +[\\d.]+ (?:ms|MB)$`, 'm'));
    }
    expect(stdout).toMatch(/most often confused\n +1 {2}hours taken for price\n +was kostet das brot\n/);
  });

  test('says so where no topic was taken for another', () => {
    const { stdout } = evaluate({ 'train.tsv': TRAINING, 'test.tsv': ['was kostet das brot\tprice'] }, [
      ...['--train', 'train.tsv'],
      ...['--test', 'test.tsv'],
    ]);
    expect(stdout).toContain('no topic was taken for another');
    expect(stdout).toMatch(/^out of scope, not answered +–$/m);
  });

  test('never passes on control characters of a file', () => {
    const test = ['was kostet \x1b[31mdas\x1b[0m brot\x07 \x9b2J\tho\x1b[1Aurs'];
    const { stdout } = evaluate({ 'train.tsv': TRAINING, 'test.tsv': test }, [
      ...['--train', 'train.tsv'],
      ...['--test', 'test.tsv'],
    ]);
    expect(stdout).toContain('hours taken for price\n        was kostet das brot');
    expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});

describe('eval on the project’s own set', () => {
  test('ends with how the whole bot behaves', () => {
    const { code, stdout } = run('eval', []);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^asked\n {2}answered right +[\d.]+ % {2}of \d+$/m);
    for (const name of ['off topic, answered', 'chatter, interjected', 'overheard, helped', 'language right']) {
      expect(stdout).toMatch(new RegExp(`^${name} +[\\d.]+ %  of \\d+$`, 'm'));
    }
  });
});

describe('eval, when something is wrong,', () => {
  test('says so where the project’s own set is about other topics than the knowledge', () => {
    const { code, stdout, stderr } = run('eval', ['--knowledge', fileURLToPath(new URL('../bakery', import.meta.url))]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^The evaluation set is about other topics than .*bakery\. Give your own: --train/);
  });

  test.for<[name: string, lines: readonly string[], place: string, found: string]>([
    ['a line without a tab', ['a\tprice', '', 'no tab here'], 'bad.tsv:3:', '"no tab here"'],
    ['a line with two tabs', ['a\tprice\tmore'], 'bad.tsv:1:', 'expected a text, a tab and a topic'],
    ['a line without a text', ['a\tprice', ' \tprice'], 'bad.tsv:2:', 'expected a text, a tab and a topic'],
    ['a line without a topic', ['a\t'], 'bad.tsv:1:', 'expected a text, a tab and a topic'],
    ['a line with control characters', ['no \x1b[31mtab\x07 \x9b2Jhere'], 'bad.tsv:1:', 'found "no tab'],
  ])('names the file and line of %s', ([, lines, place, found]) => {
    for (const args of [
      ['--train', 'bad.tsv', '--test', 'good.tsv'],
      ['--train', 'good.tsv', '--test', 'bad.tsv'],
    ]) {
      const { code, stdout, stderr } = evaluate({ 'bad.tsv': lines, 'good.tsv': TRAINING }, [...args, '--json']);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(place);
      expect(stderr).toContain(found);
      expect(stderr).not.toMatch(STACK_TRACE);
      expect(stderr.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    }
  });

  test.for<[name: string, args: readonly string[], message: string]>([
    ['a file that is not there', ['--train', 'good.tsv', '--test', 'none.tsv'], 'none.tsv does not exist'],
    ['a folder in place of a file', ['--train', '.', '--test', 'good.tsv'], '. is a folder, not a file'],
    ['--train alone', ['--train', 'good.tsv'], '--train and --test go together'],
    ['--test alone', ['--test', 'good.tsv'], '--train and --test go together'],
    ['an unknown option', ['--nope'], '--nope'],
    ['an argument', ['good.tsv'], 'good.tsv'],
  ])('says what, and does nothing: %s', ([, args, message]) => {
    const { code, stdout, stderr } = evaluate({ 'good.tsv': TRAINING }, args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(STACK_TRACE);
  });
});

const share = () => expect.toSatisfy((value: number) => value >= 0 && value <= 1);

describe('eval --errors', () => {
  test('lists every message that was taken for the wrong topic, with the topic', () => {
    const test = ['wann macht ihr auf\tprice', 'was kostet das brot\tprice', 'bis wann ist offen\toos'];
    const files = { 'train.tsv': TRAINING, 'test.tsv': test };
    const { code, stdout } = evaluate(files, ['--train', 'train.tsv', '--test', 'test.tsv', '--errors']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\d\.\d\d {2}price taken for hours\n +wann macht ihr auf\n/);
    expect(stdout).toMatch(/\d\.\d\d {2}no topic taken for hours\n +bis wann ist offen\n/);
    expect(stdout).not.toContain('was kostet das brot');
  });
});
