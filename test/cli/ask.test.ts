import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ask } from '../../src/cli/ask.ts';
import { sourceLine } from '../../src/engine/replies.ts';
import { TEXTS } from '../../src/engine/texts.ts';
import type { Language } from '../../src/knowledge/knowledge.ts';
import { bakeryIn, bakeryTopic } from '../bakery.ts';
import { bakeryCopy } from '../evaluation/bakery-copy.ts';
import { objectsIn, runCommand, type Surroundings } from './run-command.ts';

const run = (args: readonly string[], surroundings?: Surroundings) => runCommand(ask, args, surroundings);

describe('ask', () => {
  test.for<[Language, string]>([
    ['de', 'Was kostet das Brot?'],
    ['en', 'how much is the bread?'],
  ])('prints the answer, its source and what to ask next, in %s', async ([language, question]) => {
    expect(await run([question])).toEqual({
      code: 0,
      stdout: `${bakeryTopic('bread', language).answer}
${sourceLine(bakeryIn('de').answerOn('bread', language))}
${TEXTS[language].related}:
  1  ${bakeryTopic('hours', language).title}

`,
      stderr: '',
    });
  });

  test('takes several arguments as the words of one question', async () => {
    expect(await run(['was', 'kostet', 'das', 'brot'])).toEqual(await run(['was kostet das brot']));
  });

  test('answers each line of its input but the empty ones', async () => {
    const { stdout } = await run([], { input: 'was kostet das brot\n\n  \nwhen do you open\n' });
    const each = [await run(['was kostet das brot']), await run(['when do you open'])];
    expect(stdout).toBe(each.map((ending) => ending.stdout).join(''));
  });

  test('has nothing to say to no input', async () => {
    expect(await run([])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('says how to use it in a terminal without a question', async () => {
    const { code, stderr } = await run([], { isTTY: true });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^No question was given\.\nUsage: npm run ask -- .*--json.*--explain.*--knowledge/);
  });

  test('lists the problems of the knowledge, each with its file, and no warnings', async () => {
    const { folder, edit } = bakeryCopy();
    rmSync(`${folder}/article.txt`);
    edit('words.yaml', 'names:', 'nouns:');
    const { code, stdout, stderr } = await run(['--json', '--knowledge', folder, 'brot']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^The knowledge has problems:$/m);
    expect(stderr).toContain(`${folder}/article.txt  error: does not exist`);
    expect(stderr).toContain(`${folder}/words.yaml:1:1  error: `);
    expect(stderr).not.toContain('warning');
  });
});

test('ask does not answer from knowledge that is well-formed but breaks a rule', async () => {
  const { folder, edit } = bakeryCopy();
  edit('article.txt', 'Dorfblatt', 'Dorfblatt '.repeat(200));
  const { code, stderr } = await run(['--knowledge', folder, 'hallo']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/bread\.yaml:7:11 {2}error: the answer comes to \d+ characters/);
});

describe('ask --json', () => {
  test('prints an answer as one object on one line', async () => {
    const { code, stdout } = await run(['--json', 'Was kostet\ndas Brot?']);
    expect({ code, lines: stdout.split('\n').length }).toEqual({ code: 0, lines: 2 });
    expect(JSON.parse(stdout)).toEqual({
      question: 'Was kostet\ndas Brot?',
      outcome: 'answer',
      topic: 'bread',
      status: 'reported',
      confidence: expect.toSatisfy((share: number) => share > 0.4 && share <= 1),
      language: 'de',
      answer: bakeryTopic('bread', 'de').answer,
      source: 'Quelle: Dorfblatt',
      passages: [expect.stringMatching(/\w/)],
      suggestions: ['hours'],
      interject: false,
    });
  });

  test('has the same keys where there is no answer', async () => {
    const { stdout } = await run(['--json'], { input: 'was kostet das brot\nxyzzy\n' });
    const [answer = {}, unknown = {}] = objectsIn(stdout);
    expect(unknown).toMatchObject({
      outcome: 'unknown',
      topic: null,
      status: null,
      source: null,
      passages: [],
      suggestions: [],
    });
    expect(Object.keys(unknown)).toEqual(Object.keys(answer));
  });

  test('tells what would be worth an interjection', async () => {
    const input = 'Was kostet das Brot der Bäckerei Huber?\nWas kostet das Brot?\n';
    expect(objectsIn((await run(['--json'], { input })).stdout)).toMatchObject([
      { topic: 'bread', interject: true },
      { topic: 'bread', interject: false },
    ]);
  });

  test('answers every line in order, also empty and very long ones', async () => {
    const long = 'brot '.repeat(200_000);
    const lines = ['a', '', long, 'x'.repeat(1_000_000), '  ', 'was kostet das brot'];
    const objects = objectsIn((await run(['--json'], { input: lines.join('\n') })).stdout);
    expect(objects.map(({ question }) => question)).toEqual(lines);
    expect(objects.at(-1)).toMatchObject({ topic: 'bread' });
  });

  test('keeps on one line what some programs take for the end of one', async () => {
    const question = 'a\rb\u0085c\u2028d\u2029e "f" \\n \x9b31m';
    const { stdout } = await run(['--json'], { input: `${question}\nnext\n` });
    expect(objectsIn(stdout)).toMatchObject([{ question }, { question: 'next' }]);
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  });

  test('does not go together with --explain', async () => {
    const { code, stdout, stderr } = await run(['--json', '--explain', 'brot']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('--json and --explain do not go together');
  });
});

describe('ask --explain', () => {
  test('shows the words and what each was taken for, the topics with their confidences, and the gates', async () => {
    const { stdout } = await run(['--explain', 'Was kosdet ein Laib Brod beim Huber xyzzy?']);
    expect(stdout).toMatch(/^reply +answer on bread, in de \(language of the text: de\)$/m);
    for (const [word, reading] of [
      ['Was', 'known was'],
      ['kosdet', 'typo kostet'],
      ['Laib', 'known laib, synonym =brot'],
      ['Brod', 'spelling brot'],
      ['beim Huber', 'name baeckerei huber'],
      ['xyzzy', 'unknown xyzzy'],
    ]) {
      expect(stdout).toMatch(new RegExp(`^  ${word} +[+-]\\d+\\.\\d / [+-]\\d+\\.\\d +${reading}`, 'm'));
    }
    expect(stdout).toMatch(/^topics +confidence\n {2}bread +[01]\.\d{3}$/m);
    expect(stdout).toMatch(/^ {2}\(none of the topics\) +[01]\.\d{3}$/m);
    for (const gate of ['understood', 'confident', 'clear of the second topic', 'likelier than no topic']) {
      expect(stdout).toMatch(new RegExp(`^  yes  ${gate} .*\\d`, 'm'));
    }
    expect(stdout).toMatch(/^ {2}yes {2}names the subject/m);
  });

  test('shows which gate a message does not pass', async () => {
    const { stdout } = await run(['--explain', 'xyzzy']);
    expect(stdout).toMatch(/^reply +unknown, in de \(language of the text: none\)$/m);
    expect(stdout).toMatch(/^ {2}no {3}understood +0\.00 of the message is known/m);
  });

  test('shows the sentence that a long message is taken by', async () => {
    const story =
      'Gestern fiel der Zug aus, dann regnete es, und mein Schirm stand daheim im Flur. Mein Nachbar lachte, sein Hund bellte, und meine Schuhe trocknen bis heute neben dem Ofen, obwohl niemand mehr damit gerechnet hätte.';
    const { stdout } = await run(['--explain', `${story} Was kostet denn das Brot?`]);
    expect(stdout).toMatch(/^question +taken by this sentence alone: Was kostet denn das Brot\?$/m);
  });

  test('explains each line of its input', async () => {
    const { stdout } = await run(['--explain'], { input: 'was kostet das brot\nwhen do you open\n' });
    expect(stdout.match(/(?<=^reply +answer on )\w+/gm)).toEqual(['bread', 'hours']);
  });

  test.for([
    ['colours', '\x1b[31mbrot\x1b[0m'],
    ['a title of the window', '\x1b]0;brot\x07 brot'],
    ['the one-character form of an escape', '\x9b31mbrot \x9d0;brot\x9c'],
    ['bells, backspaces and a cleared screen', 'brot\x07\x08\x0c\x1bc brot'],
    ['right-to-left and zero-width marks', 'b\u202Er\u200Bot \u2066brot\u2069'],
    ['an escape inside a word', 'brot xy\x1b[2Jzzy'],
  ] as const)('never passes on %s', async ([, question]) => {
    const { stdout } = await run(['--explain', '--', question]);
    expect(stdout).toContain('brot');
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
