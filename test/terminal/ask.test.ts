import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  BAKERY,
  noTerminal,
  run,
  runInTerminal,
  runWithBakery,
  STACK_TRACE,
  type Surroundings,
  temporaryFolder,
} from './run.ts';

const ask = (args: readonly string[], surroundings?: Surroundings) => runWithBakery('ask', args, surroundings);
const objectsIn = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line));
const questionsIn = (stdout: string) => objectsIn(stdout).map(({ question }) => question);

describe('ask', () => {
  test('prints the answer, its source and what to ask next', () => {
    expect(ask(['Was kostet das Brot?'])).toEqual({
      code: 0,
      stdout: `Das Roggenbrot der Bäckerei Huber kostet laut Artikel drei Euro.
Quelle: Dorfblatt · berichtet
Dazu passt:
  1  Wann ist die Bäckerei offen?

`,
      stderr: '',
    });
  });

  test('answers in the language of the question', () => {
    expect(ask(['how much is the bread?']).stdout).toContain('Source: Dorfblatt · reported\nRelated:\n  1  When is');
  });

  test('takes several arguments as the words of one question', () => {
    expect(ask(['was', 'kostet', 'das', 'brot']).stdout).toBe(ask(['was kostet das brot']).stdout);
  });

  test('answers each line of standard input but the empty ones', () => {
    const { code, stdout } = ask([], { input: 'was kostet das brot\n\n  \nwhen do you open\n' });
    expect(code).toBe(0);
    expect(stdout.match(/^(?:Quelle|Source): .*/gm)).toEqual([
      'Quelle: Dorfblatt · berichtet',
      'Source: Dorfblatt · reported',
    ]);
    expect(stdout).not.toContain('keine Antwort');
  });

  test('has nothing to say to no input', () => {
    expect(ask([], { input: '' })).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('answers from its own knowledge where no other is named', () => {
    expect(run('ask', ['Was ist Xiaomi Pay?']).stdout).toContain('Quelle: KKJ');
  });

  test.for([['--help'], ['-h']])('%s says how to use it', ([option]) => {
    const { code, stdout } = ask([option ?? '']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: npm run ask -- .*--json.*--explain.*--knowledge/);
  });

  test('in a terminal without a question says how to use it', async ({ skip }) => {
    if (noTerminal) return skip(noTerminal);
    const { code, screen } = await runInTerminal('ask', ['--knowledge', BAKERY], []);
    expect(code).toBe(1);
    expect(screen).toContain('No question was given.\nUsage:');
  });
});

describe('ask --json', () => {
  test('prints an answer as one object on one line', () => {
    const { code, stdout, stderr } = ask(['--json', 'Was kostet das Brot?']);
    expect({ code, stderr, lines: stdout.split('\n').length }).toEqual({ code: 0, stderr: '', lines: 2 });
    expect(JSON.parse(stdout)).toEqual({
      question: 'Was kostet das Brot?',
      outcome: 'answer',
      topic: 'bread',
      status: 'reported',
      confidence: expect.toSatisfy((share: number) => share > 0.4 && share <= 1),
      language: 'de',
      answer: 'Das Roggenbrot der Bäckerei Huber kostet laut Artikel drei Euro.',
      source: 'Quelle: Dorfblatt',
      passages: ['Das Roggenbrot kostet dort drei Euro.'],
      suggestions: ['hours'],
      interject: false,
    });
  });

  test('has the same keys where there is no answer', () => {
    const [answer = {}, unknown = {}] = objectsIn(ask(['--json'], { input: 'was kostet das brot\nxyzzy\n' }).stdout);
    expect(unknown).toMatchObject({
      outcome: 'unknown',
      topic: null,
      status: null,
      answer: expect.stringContaining('keine Antwort'),
      source: null,
      passages: [],
      suggestions: [],
      interject: false,
    });
    expect(Object.keys(unknown)).toEqual(Object.keys(answer));
  });

  test('tells what would be worth an interjection', () => {
    const [named, unnamed] = objectsIn(
      ask(['--json'], { input: 'Was kostet das Brot der Bäckerei Huber?\nWas kostet das Brot?\n' }).stdout,
    );
    expect(named).toMatchObject({ topic: 'bread', interject: true });
    expect(unnamed).toMatchObject({ topic: 'bread', interject: false });
  });

  test('answers every line in order, also empty ones and those that end as on Windows', () => {
    const { code, stdout } = ask(['--json'], { input: 'a\n\nb\r\n  \r\na' });
    expect(code).toBe(0);
    expect(questionsIn(stdout)).toEqual(['a', '', 'b', '  ', 'a']);
  });

  test('keeps on one line what some programs take for the end of one', () => {
    const question = 'a\rb\u0085c\u2028d\u2029e "f" \\n \x9b31m';
    const { stdout } = ask(['--json'], { input: `${question}\nnext\n` });
    expect(questionsIn(stdout)).toEqual([question, 'next']);
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  });

  test('answers very long lines and those after them', () => {
    const long = 'brot '.repeat(200_000);
    const { stdout } = ask(['--json'], { input: `${long}\n${'x'.repeat(1_000_000)}\nwas kostet das brot\n` });
    expect(objectsIn(stdout)).toMatchObject([
      { question: long, topic: 'bread' },
      { outcome: 'unknown' },
      { question: 'was kostet das brot', topic: 'bread' },
    ]);
  });

  test('answers what is not UTF-8 as far as it can be read', () => {
    const input = Buffer.from('was kostet \xFF\xFE das brot\nwas kostet \xC3', 'latin1');
    expect(objectsIn(ask(['--json'], { input }).stdout)).toMatchObject([
      { question: 'was kostet \uFFFD\uFFFD das brot', topic: 'bread' },
      { question: 'was kostet \uFFFD' },
    ]);
  });

  test('keeps a question of several lines that is an argument on one line', () => {
    expect(questionsIn(ask(['--json', 'was kostet\ndas brot']).stdout)).toEqual(['was kostet\ndas brot']);
  });

  test('says that it does not go together with --explain', () => {
    const { code, stdout, stderr } = ask(['--json', '--explain', 'brot']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('--json and --explain do not go together');
  });
});

describe('ask --explain', () => {
  test('shows the words and what each was taken for, the topics with their confidences, and the gates', () => {
    const { code, stdout } = ask(['--explain', 'Was kosdet ein Laib Brod beim Huber xyzzy?']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^reply +answer on bread, in de \(language of the text: de\)$/m);
    expect(stdout).toMatch(/^words +how much each spoke for bread \/ for \w+, and what it was taken for$/m);
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
    expect(stdout).toMatch(/^gates +to answer when addressed$/m);
    for (const gate of ['understood', 'confident', 'clear of the second topic', 'likelier than no topic']) {
      expect(stdout).toMatch(new RegExp(`^  yes  ${gate} .*\\d`, 'm'));
    }
    expect(stdout).toMatch(/^ {2}yes {2}names the subject/m);
  });

  test('shows which gate a message does not pass', () => {
    const { stdout } = ask(['--explain', 'xyzzy']);
    expect(stdout).toMatch(/^reply +unknown, in de \(language of the text: none\)$/m);
    expect(stdout).toMatch(/^ {2}no {3}understood +0\.00 of the message is known/m);
  });

  test('shows the sentence that a long message is taken by', () => {
    const story = [
      'Gestern fiel der Zug aus, dann regnete es, und mein Schirm stand daheim im Flur.',
      'Mein Nachbar lachte, sein Hund bellte, und meine Schuhe trocknen bis heute neben dem Ofen, obwohl niemand mehr',
      'damit gerechnet hätte.',
    ];
    const { stdout } = ask(['--explain', `${story.join(' ')} Was kostet denn das Brot?`]);
    expect(stdout).toMatch(/^question +taken by this sentence alone: Was kostet denn das Brot\?$/m);
  });

  test('explains each line of standard input', () => {
    const { stdout } = ask(['--explain'], { input: 'was kostet das brot\nwhen do you open\n' });
    expect(stdout.match(/^reply +answer on \w+/gm)).toEqual([
      'reply         answer on bread',
      'reply         answer on hours',
    ]);
  });

  test.for([
    ['colours', '\x1b[31mbrot\x1b[0m'],
    ['a title of the window', '\x1b]0;brot\x07 brot'],
    ['the one-character form of an escape', '\x9b31mbrot \x9d0;brot\x9c'],
    ['bells, backspaces and a cleared screen', 'brot\x07\x08\x0c\x1bc brot'],
    ['right-to-left and zero-width marks', 'b\u202Er\u200Bot \u2066brot\u2069'],
    ['an escape inside a word', 'brot xy\x1b[2Jzzy'],
  ])('never passes on %s', ([, question]) => {
    const { code, stdout } = ask(['--explain', '--', question ?? '']);
    expect(code).toBe(0);
    expect(stdout).toContain('brot');
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

describe('ask, when something is wrong,', () => {
  test.for([['--nope'], ['--json=yes'], ['--knowledge']])('names an option that it cannot use: %s', ([option]) => {
    const { code, stdout, stderr } = run('ask', [option ?? '']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(option?.split('=')[0]);
    expect(stderr).not.toMatch(STACK_TRACE);
  });

  test.for<[name: string, damage: (folder: string) => void, problems: readonly (readonly [string, string])[]]>([
    [
      'a folder that is not there',
      (folder) => rmSync(folder, { recursive: true }),
      [
        ['/article.txt', 'does not exist'],
        ['/topics', 'does not exist'],
      ],
    ],
    [
      'broken YAML',
      (folder) => writeFileSync(join(folder, 'topics/hours.yaml'), 'id: hours\nstatus: "reported\n'),
      [['/topics/hours.yaml:', 'is not closed']],
    ],
    [
      'a folder without topics',
      (folder) => {
        rmSync(join(folder, 'topics'), { recursive: true });
        mkdirSync(join(folder, 'topics'));
      },
      [['/topics', 'has no topics']],
    ],
    [
      'a file in place of a folder',
      (folder) => {
        rmSync(join(folder, 'topics'), { recursive: true });
        writeFileSync(join(folder, 'topics'), '');
      },
      [['/topics', 'is not a folder']],
    ],
    [
      'several problems at once',
      (folder) => {
        writeFileSync(join(folder, 'topics/bread.yaml'), 'id: loaf\n');
        writeFileSync(join(folder, 'words.yaml'), 'nouns: []\n');
      },
      [
        ['/topics/bread.yaml:1:1', '"de" is missing'],
        ['/words.yaml:1:1', 'there is no field "nouns" here'],
      ],
    ],
  ])('lists the problems of the knowledge, each with its file: %s', ([, damage, problems]) => {
    const folder = join(temporaryFolder(), 'knowledge');
    cpSync(BAKERY, folder, { recursive: true });
    damage(folder);
    const { code, stdout, stderr } = run('ask', ['--json', '--knowledge', folder, 'brot']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^The knowledge has problems:$/m);
    expect(stderr).not.toMatch(STACK_TRACE);
    for (const [file, what] of problems) {
      const line = stderr.split('\n').find((text) => text.startsWith(folder + file) && text.includes(what));
      expect(line, stderr).toBeDefined();
    }
  });
});
