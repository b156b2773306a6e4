import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ask } from '../../src/cli/ask.ts';
import { decisionJson } from '../../src/cli/json.ts';
import { sourceLineOf } from '../../src/engine/replies.ts';
import { TEXTS } from '../../src/engine/texts.ts';
import type { Language } from '../../src/knowledge/knowledge.ts';
import { bakeryIn, bakeryKnowledge, bakeryTopic } from '../bakery.ts';
import { bakeryCopy } from '../evaluation/bakery-copy.ts';
import { objectsIn, runCommand, type Surroundings } from './run-command.ts';

const run = (args: readonly string[], surroundings?: Surroundings) => runCommand(ask, args, surroundings);

const bread = bakeryKnowledge.topics.filter(({ id }) => id === 'bread');

describe('ask', () => {
  test.for<[Language, string]>([
    ['de', 'Was kostet das Brot?'],
    ['en', 'how much is the bread?'],
  ])('prints the answer, its source and related questions, in %s', async ([language, question]) => {
    expect(await run([question])).toEqual({
      code: 0,
      stdout: `${bakeryTopic('bread', language).answer}
${sourceLineOf(bread, language, bakeryKnowledge)}
${TEXTS[language].related}:
  1  ${bakeryTopic('hours', language).title}

`,
      stderr: '',
    });
  });

  test('takes several arguments as the words of one question', async () => {
    expect(await run(['was', 'kostet', 'das', 'brot'])).toEqual(await run(['was kostet das brot']));
  });

  test('answers each line of its input except empty ones', async () => {
    const { stdout } = await run([], { input: 'was kostet das brot\n\n  \nwhen do you open\n' });
    const each = [await run(['was kostet das brot']), await run(['when do you open'])];
    expect(stdout).toBe(each.map((ending) => ending.stdout).join(''));
  });

  test('says nothing to empty input', async () => {
    expect(await run([])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('explains its use in a terminal without a question', async () => {
    const { code, stderr } = await run([], { isTTY: true });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^No question was given\.\nUsage: npm run ask -- .*--json.*--explain.*--knowledge/);
  });

  test.for<readonly string[]>([[''], [' ', ''], ['--explain', '']])(
    'explains its use for an empty question: %j',
    async (args) => {
      const { code, stdout, stderr } = await run(args);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^No question was given\.\nUsage: npm run ask/);
    },
  );

  test('lists the errors in the knowledge, each with its file, and no warnings', async () => {
    const { folder, edit } = bakeryCopy();
    rmSync(`${folder}/article.txt`);
    edit('words.yaml', 'names:', 'nouns:');
    const { code, stdout, stderr } = await run(['--json', '--knowledge', folder, 'brot']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^The knowledge has errors:$/m);
    expect(stderr).toContain(`${folder}/article.txt  error: does not exist`);
    expect(stderr).toContain(`${folder}/words.yaml:1:1  error: `);
    expect(stderr).not.toContain('warning');
  });

  test('does not answer from knowledge that is well-formed but breaks a rule', async () => {
    const { folder, edit } = bakeryCopy();
    edit('article.txt', 'Dorfblatt', 'Dorfblatt '.repeat(200));
    const { code, stderr } = await run(['--knowledge', folder, 'hallo']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/article\.txt:2:1 {2}error: /);
  });
});

describe('ask --json', () => {
  test('prints an answer as one object on one line', async () => {
    const { code, stdout } = await run(['--json', 'Was kostet\ndas Brot?']);
    expect({ code, lines: stdout.split('\n').length }).toEqual({ code: 0, lines: 2 });
    expect(JSON.parse(stdout)).toEqual({
      question: 'Was kostet\ndas Brot?',
      outcome: 'answer',
      topic: 'bread',
      topics: ['bread'],
      status: 'reported',
      confidence: expect.toSatisfy((confidence: number) => confidence > 0 && confidence <= 1),
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
    expect(unknown).toMatchObject({ outcome: 'unknown', topic: null, topics: [], status: null, source: null });
    expect(Object.keys(unknown)).toEqual(Object.keys(answer));
  });

  test('lists the topics of both answers', () => {
    const engine = bakeryIn('de');
    const decision = {
      kind: 'answer',
      topics: ['bread', 'hours'],
      alsoLikely: [],
      confidence: 0.9,
      language: 'de',
      reasons: [],
    } as const;
    expect(JSON.parse(decisionJson(engine.read('brot? zeiten?'), decision, engine))).toMatchObject({
      topic: 'bread',
      topics: ['bread', 'hours'],
      answer: expect.stringContaining(bakeryTopic('hours', 'de').answer),
      passages: [expect.any(String), expect.any(String)],
    });
  });

  test('has nothing to say to thanks', async () => {
    const { folder, write } = bakeryCopy();
    write('reactions.yaml', 'de: [danke, "danke dir", "vielen dank"]\nen: [thanks, "thank you", ok]\n');
    const [none] = objectsIn((await run(['--json', '--knowledge', folder, 'danke'])).stdout);
    expect(none).toMatchObject({ outcome: 'none', topic: null, answer: null, suggestions: [] });
  });

  test('tells which messages the bot would answer if it overheard them', async () => {
    const { folder, write } = bakeryCopy();
    const questions = ['Was kostet das Brot beim Huber?', 'Weiß wer, wann die Bäckerei Huber auf hat?'];
    const statements = ['Die Bäckerei Huber war gestern voll', 'Das Brot beim Huber ist lecker'];
    write(
      'overheard.yaml',
      `- voice: a\n  language: de\n  asks-channel:\n${questions.map((text, index) => `    - ${index === 0 ? 'bread' : 'hours'}: "${text}"`).join('\n')}\n  states:\n${statements.map((text) => `    - "${text}"`).join('\n')}\n`,
    );
    const input = `${questions[0]}\nWas kostet das Brot?\n${statements[1]}\n`;
    const { stdout } = await run(['--json', '--knowledge', folder], { input });
    expect(objectsIn(stdout).map(({ interject }) => interject)).toEqual([true, false, false]);
  });

  test('prints an object for an empty question, too', async () => {
    const { code, stdout } = await run(['--json', '']);
    expect(code).toBe(0);
    expect(objectsIn(stdout)).toMatchObject([{ question: '', outcome: 'none' }]);
  });

  test('answers every line in order, even empty and very long ones', async () => {
    const long = 'brot '.repeat(200_000);
    const lines = ['a', '', long, 'x'.repeat(1_000_000), '  ', 'was kostet das brot'];
    const objects = objectsIn((await run(['--json'], { input: lines.join('\n') })).stdout);
    expect(objects.map(({ question }) => question)).toEqual(lines);
    expect(objects.at(-1)).toMatchObject({ topic: 'bread' });
  });

  test('takes a line of JSON as a message in a conversation, which continues its topic and its language', async () => {
    const lines = [
      { text: 'xyzzy', after: ['how much is the bread'] },
      { text: 'xyzzy', after: ['how much is the bread', 'wann macht ihr auf'] },
      { text: 'was kostet das brot' },
    ].map((message) => JSON.stringify(message));
    expect(objectsIn((await run(['--json'], { input: lines.join('\n') })).stdout)).toMatchObject([
      { question: 'xyzzy', language: 'en' },
      { question: 'xyzzy', language: 'de' },
      { question: 'was kostet das brot', topic: 'bread' },
    ]);
    const { stdout } = await run(['--explain'], { input: lines.join('\n') });
    expect(stdout.match(/(?<=^continues +)\w+$/gm)).toEqual(['bread', 'hours']);
  });

  test.for(['{"text": 1}', '{"after": []}', '{"text": "a", "after": "b"}', '{brot}', '[]', '"brot"'])(
    'takes other JSON as plain text: %s',
    async (line) => {
      const { stdout } = await run(['--json'], { input: line });
      expect(objectsIn(stdout)).toMatchObject([{ question: line }]);
    },
  );

  test('keeps on one line what some programs take for the end of one', async () => {
    const question = 'a\rb\u0085c\u2028d\u2029e "f" \\n \x9b31m';
    const { stdout } = await run(['--json'], { input: `${question}\nnext\n` });
    expect(objectsIn(stdout)).toMatchObject([{ question }, { question: 'next' }]);
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  });

  test('excludes --explain', async () => {
    const { code, stdout, stderr } = await run(['--json', '--explain', 'brot']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('--json and --explain exclude each other');
  });
});

describe('ask --explain', () => {
  test('shows how each word was read, the shares of the topics, and what was checked', async () => {
    const { stdout } = await run(['--explain', 'Was kosdet ein Laib Brod beim Huber xyzzy?']);
    expect(stdout).toMatch(/^reply +answer bread \(confidence [01]\.\d\d\), in de \(language of the text: de\)$/m);
    for (const [word, reading] of [
      ['Was', 'known was'],
      ['kosdet', 'typo kostet'],
      ['Laib', 'known laib, synonym =brot'],
      ['Brod', 'spelling brot'],
      ['beim Huber', 'name baeckerei huber'],
      ['xyzzy', 'unknown '],
    ]) {
      expect(stdout).toMatch(new RegExp(`^  ${word} +[+-]\\d+\\.\\d / [+-]\\d+\\.\\d +${reading}`, 'm'));
    }
    expect(stdout).toMatch(/^topics +share\n {2}bread +[01]\.\d{3}$/m);
    expect(stdout).toMatch(/^ {2}\(out of scope\) +[01]\.\d{3}$/m);
    expect(stdout).toMatch(/^checks +when the bot is asked\n(?: {2}yes {2}.+\n)+ +when it overhears/m);
    expect(stdout).toMatch(/^ {2}yes {2}.* [01]\.\d\d, at least [01]\.\d+ needed$/m);
  });

  test('shows which check a message fails', async () => {
    const { stdout } = await run(['--explain', 'xyzzy']);
    expect(stdout).toMatch(/^reply +unknown .*, in de \(language of the text: none\)$/m);
    expect(stdout).toMatch(/^ {2}no {3}.* 0\.\d\d, at least /m);
  });

  test('shows the parts of a message that asks two things', async () => {
    const { stdout } = await run(['--explain', 'Was kostet das Brot und wann macht ihr auf?']);
    expect(stdout).toMatch(/^ {2}asks +bread [\d.]+ +Was kostet das Brot\n {2}asks +hours [\d.]+ +und wann/m);
  });

  test('explains each line of its input', async () => {
    const { stdout } = await run(['--explain'], { input: 'was kostet das brot\nwhen do you open\n' });
    expect(stdout.match(/(?<=^reply +answer )\w+/gm)).toEqual(['bread', 'hours']);
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
