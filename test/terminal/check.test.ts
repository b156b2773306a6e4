import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { APPLE_CAKE } from './apple-cake.ts';
import { BAKERY, run, runWithBakery, STACK_TRACE, temporaryFolder } from './run.ts';

interface Told {
  readonly severity: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly what: string;
  readonly remedy: string;
}

/** A copy of the bakery, for one test to edit. */
function bakeryCopy() {
  const folder = join(temporaryFolder(), 'knowledge');
  cpSync(BAKERY, folder, { recursive: true });
  const knowledge = (...args: string[]) => run('knowledge', ['--knowledge', folder, ...args]);
  return {
    folder,
    knowledge,
    /** Every problem but those of the bakery's own files, of which the few phrasings are known. */
    told: (): Told[] =>
      knowledge('--json')
        .stdout.split('\n')
        .filter(Boolean)
        .map((line): Told => JSON.parse(line))
        .filter(({ file, severity }) => severity === 'error' || !/(?:bread|greeting|hours)\.yaml$/.test(file)),
    edit(file: string, change: (text: string) => string) {
      const path = join(folder, file);
      writeFileSync(path, change(readFileSync(path, 'utf8')));
    },
  };
}

describe('knowledge', () => {
  test('prints the warnings under a heading, sums up, and ends well', () => {
    const { code, stdout, stderr } = runWithBakery('knowledge', []);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Worth a look\n\n\S+bread\.yaml:8:14 {2}warning: the topic has 4 German phrasings; 40 .*\n {4}→ Add 36 more/,
    );
    expect(stdout).toMatch(/bakery: 3 topics, 19 phrasings, no errors, 6 warnings\n$/);
  });

  test('prints errors apart, and ends with code 1', () => {
    const { edit, knowledge } = bakeryCopy();
    edit('topics/hours.yaml', (text) => text.replace('reported', 'certain'));
    const { code, stdout, stderr } = knowledge();
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^To be mended\n\n\S+hours\.yaml:2:9 {2}error: .*\n {4}→ Write one of: reported, rumour/);
    expect(stdout).toMatch(/knowledge: 1 error, no warnings\n/);
  });

  test('names files as one would type them here', () => {
    const { stdout } = run('knowledge', ['--knowledge', 'bakery', '--quick'], { folder: join(BAKERY, '..') });
    expect(stdout).toContain('\nbakery/topics/bread.yaml:8:14  warning');
  });

  test('tells of one topic alone, and how much there is elsewhere', () => {
    const { knowledge } = bakeryCopy();
    const { stdout } = knowledge('hours', '--quick');
    expect(stdout).toContain('hours.yaml');
    expect(stdout).not.toMatch(/bread\.yaml|greeting\.yaml/);
    expect(stdout).toMatch(/no errors, 2 warnings, 4 more in other files\n/);
    expect(knowledge('cake')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^There is no topic "cake" in /),
    });
  });

  test('tells of one topic, and of errors wherever they are: with them the bot does not start', () => {
    const { edit, knowledge } = bakeryCopy();
    edit('topics/greeting.yaml', (text) => text.replace('wer bist du', 'wann macht ihr auf'));
    const { code, stdout } = knowledge('greeting', '--quick');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^To be mended\n\n\S+hours\.yaml:\d+:\d+ {2}error: /);
  });

  test('says what it did not look for, and what may be hidden', () => {
    const { edit, knowledge } = bakeryCopy();
    expect(knowledge('--quick').stdout).toMatch(/Not looked for: phrasings that lead to another topic/);
    expect(knowledge().stdout).not.toContain('Not looked for');
    edit('topics/hours.yaml', (text) => text.replace('reported', 'certain'));
    expect(knowledge().stdout).toMatch(/1 error, no warnings\nOnce these are mended, there may be others/);
  });

  test('takes the folder from KNOWLEDGE_DIR too', () => {
    const { stdout } = run('knowledge', ['--quick'], { settings: { KNOWLEDGE_DIR: BAKERY } });
    expect(stdout).toContain('3 topics');
  });

  test('--json prints one object a problem and nothing else', () => {
    const { edit, knowledge } = bakeryCopy();
    expect(knowledge('--json').code).toBe(0);
    edit('topics/hours.yaml', (text) => text.replace('reported', 'cer\u0085tain\u2028'));
    edit('topics/bread.yaml', (text) => text.replace('Das Roggenbrot', 'Das Brot'));
    const { code, stdout, stderr } = knowledge('--json');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const problems = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(problems.map(({ severity, line, column }) => [severity, line, column])).toEqual([
      ['error', 3, 12],
      ['error', 2, 9],
    ]);
    expect(Object.keys(problems[0])).toEqual(['severity', 'file', 'line', 'column', 'what', 'remedy']);
  });

  test('--json has null where a problem is a file’s as a whole', () => {
    const { folder, told } = bakeryCopy();
    rmSync(join(folder, 'article.txt'));
    expect(told()).toEqual([expect.objectContaining({ file: join(folder, 'article.txt'), line: null, column: null })]);
  });

  test('lets no text of a file steer the terminal', () => {
    const { edit, knowledge } = bakeryCopy();
    edit('topics/hours.yaml', (text) => text.replace('reported', '"\\e[31mred"').replace('id: hours', 'id: "\\e[2J"'));
    expect(knowledge().stdout).not.toContain('\u001b');
  });

  test.for([[['make']], [['new']], [['new', 'a', 'b']], [['schema', 'x']]])('says how to use it to %j', ([args]) => {
    const { code, stdout, stderr } = runWithBakery('knowledge', args ?? []);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/Usage: npm run knowledge/);
    expect(stderr).not.toMatch(STACK_TRACE);
  });

  test('says of an option that there is not, in one line', () => {
    const { code, stderr } = runWithBakery('knowledge', ['--quik']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "Unknown option '--quik'. See --help.\n" });
  });

  test('--help says how to use it', () => {
    expect(runWithBakery('knowledge', ['--help'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Usage/) });
  });

  test('a folder with errors of the judge stops the start too', () => {
    const { edit, folder } = bakeryCopy();
    edit('article.txt', (text) => text.replace('Dorfblatt', 'Dorfblatt '.repeat(200)));
    const { code, stderr } = run('ask', ['--knowledge', folder, 'hallo']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/bread\.yaml:7:11 {2}error: the answer comes to \d+ characters/);
    expect(stderr).not.toContain('warning');
  });
});

describe('knowledge schema', () => {
  test('writes the schema beside the topics', () => {
    const { folder, knowledge } = bakeryCopy();
    expect(knowledge('schema')).toMatchObject({ code: 0, stdout: expect.stringContaining('topic.schema.json') });
    const shipped = new URL('../../knowledge/topic.schema.json', import.meta.url);
    expect(readFileSync(join(folder, 'topic.schema.json'), 'utf8')).toBe(readFileSync(shipped, 'utf8'));
  });
});

describe('knowledge new', () => {
  test('writes a topic of which the check says only what is still to be filled in', () => {
    const { folder, knowledge, told } = bakeryCopy();
    const { code, stdout } = knowledge('new', 'apple-cake');
    expect(code).toBe(0);
    expect(stdout).toContain(`Wrote ${join(folder, 'topics/apple-cake.yaml')}`);
    expect(existsSync(join(folder, 'topic.schema.json'))).toBe(true);
    expect(told().map(({ what }) => what)).toEqual(
      [
        ...['"status"', 'entry 1 of "passages"'],
        ...['"de.title"', '"de.answer"', 'entry 1 of "de.phrasings"'],
        ...['"en.title"', '"en.answer"', 'entry 1 of "en.phrasings"'],
      ].map((field) => `${field} is still empty`),
    );
  });

  test.for([['Kuchen'], ['apfel kuchen'], ['../kuchen'], [''], ['a'.repeat(51)]])('refuses the id "%s"', ([id]) => {
    const { knowledge } = bakeryCopy();
    const { code, stdout, stderr } = knowledge('new', id ?? '');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/cannot be a topic's id: it must/);
    expect(stderr).not.toMatch(STACK_TRACE);
  });

  test('writes over nothing', () => {
    const { folder, knowledge } = bakeryCopy();
    const before = readFileSync(join(folder, 'topics/bread.yaml'), 'utf8');
    expect(knowledge('new', 'bread')).toMatchObject({ code: 1, stderr: expect.stringContaining('exists already') });
    expect(readFileSync(join(folder, 'topics/bread.yaml'), 'utf8')).toBe(before);
  });

  test('says of a folder that is none what to do', () => {
    const { code, stderr } = run('knowledge', ['--knowledge', '/nowhere', 'new', 'cake']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/Cannot write \/nowhere\/topics\/cake\.yaml: .*--knowledge/);
  });
});

describe('a stranger', () => {
  test('adds a topic with three mistakes, and gets it right by following the messages alone', () => {
    const { edit, knowledge, told } = bakeryCopy();
    const cake = 'topics/apple-cake.yaml';
    const atLine = ({ line }: Told, change: (text: string) => string | undefined) =>
      edit(cake, (text) =>
        text
          .split('\n')
          .flatMap((old, index) => (index + 1 === line ? (change(old) ?? []) : old))
          .join('\n'),
      );
    const only = (): Told => {
      const [problem, ...others] = told();
      expect(others).toEqual([]);
      if (!problem) throw new Error('There is nothing left to mend.');
      return problem;
    };

    // The article has news, and the check asks for a topic on it.
    edit('article.txt', (text) => text.replace('\nQuelle', ' Samstags gibt es Apfelkuchen vom Blech.\nQuelle'));
    const uncovered = only();
    expect(uncovered).toMatchObject({ severity: 'warning', line: 1, column: 108 });
    expect(uncovered.what).toBe('no topic rests on "Samstags gibt es Apfelkuchen vom Blech."');
    expect(uncovered.remedy).toContain('npm run knowledge -- new <id>');

    // What is empty is filled in where the check says so, from the bottom up, as lines are added.
    knowledge('new', 'apple-cake');
    const list = (texts: readonly string[]) => texts.map((text) => `- ${JSON.stringify(text)}`).join('\n    ');
    const filling: Readonly<Record<string, string>> = {
      // The first mistake: no such status.
      status: ' sicher',
      // The second: not as the article has it.
      passages: ' Samstags gibt es dort Apfelkuchen.',
      'de.title': ` ${APPLE_CAKE.de.title}`,
      'de.answer': `\n    ${APPLE_CAKE.de.answer}`,
      // The third: a phrasing of another topic.
      'de.phrasings': `\n    ${list([...APPLE_CAKE.de.phrasings, 'öffnungszeiten der bäckerei huber'])}`.slice(6),
      'en.title': ` ${APPLE_CAKE.en.title}`,
      'en.answer': `\n    ${APPLE_CAKE.en.answer}`,
      'en.phrasings': ` ${list(APPLE_CAKE.en.phrasings).slice(2)}`,
    };
    for (const problem of told().toReversed()) {
      const field = /"(.+)" is still empty/.exec(problem.what)?.[1] ?? '';
      atLine(problem, (old) => old + filling[field]);
    }

    const status = only();
    expect(status).toMatchObject({ severity: 'error', column: 9 });
    expect(status.remedy).toBe('Write one of: reported, rumour, opinion, not-stated.');
    atLine(status, (old) => old.replace('sicher', 'reported'));

    const passage = only();
    expect(passage).toMatchObject({ severity: 'error', remedy: 'Copy it from article.txt, mistakes and all.' });
    atLine(passage, (old) => old.replace('dort Apfelkuchen', 'Apfelkuchen vom Blech'));

    const misplaced = only();
    expect(misplaced.what).toMatch(
      /^"öffnungszeiten der bäckerei huber" sounds like the topic "hours" .* led there by "öffnungszeiten"/,
    );
    expect(misplaced.remedy).toContain('move it there');
    atLine(misplaced, () => undefined);

    expect(told()).toEqual([]);
    expect(knowledge().code).toBe(0);
  });
});
