import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { knowledge } from '../../src/cli/check.ts';
import { topicJsonSchema } from '../../src/knowledge/schema.ts';
import { BAKERY } from '../bakery.ts';
import { bakeryCopy } from '../evaluation/bakery-copy.ts';
import { objectsIn, runCommand } from './run-command.ts';

/** A copy of the bakery, and the command on it. */
function opened() {
  const bakery = bakeryCopy();
  return { ...bakery, run: (...args: string[]) => runCommand(knowledge, ['--knowledge', bakery.folder, ...args]) };
}

describe('knowledge', () => {
  test('prints warnings under a heading, shows paths from the working directory, and sums up', async () => {
    const { code, stdout, stderr } = await runCommand(knowledge, ['--knowledge', BAKERY]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Warnings\n\ntest\/bakery\/topics\/bread\.yaml:8:14 {2}warning: the topic has 4 German phrasings; 40 .*\n {4}→ Add 36 more/,
    );
    expect(stdout).toMatch(/^test\/bakery: 3 topics, 19 phrasings, no errors, 6 warnings\n$/m);
  });

  test('prints errors under a heading, and ends with code 1', async () => {
    const { edit, run } = opened();
    edit('topics/hours.yaml', 'reported', 'certain');
    const { code, stdout } = await run();
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Errors\n\n\S+hours\.yaml:2:9 {2}error: /);
    expect(stdout).toMatch(/: 1 error, no warnings\nOnce the errors are fixed, check again/);
  });

  test('looks for phrasings that sound like another topic on request, with progress', async () => {
    const { edit, run } = opened();
    const more = ['hier', 'so', 'denn', 'heute', 'eigentlich'].map((word) => `was kostet das brot ${word}`).join(', ');
    edit('topics/bread.yaml', '[was kostet das brot,', `[${more},`);
    edit('topics/hours.yaml', '- öffnungszeiten bäckerei huber', '- was kostet das brot');
    expect((await run()).stdout).not.toContain('sounds like');
    const { code, stdout, stderr } = await run('--thorough');
    expect(code).toBe(0);
    expect(stdout).toMatch(/ {2}warning: "was kostet das brot" sounds like the topic "bread"/);
    expect(stderr.match(/\d of 5/g)).toEqual(['1 of 5', '2 of 5', '3 of 5', '4 of 5', '5 of 5']);
  });

  test('--json prints one object per problem and nothing else; a problem of a file as a whole has no place', async () => {
    const { folder, edit, run } = opened();
    edit('topics/hours.yaml', 'reported', 'cer\u0085tain\u2028');
    rmSync(join(folder, 'article.txt'));
    const { code, stdout } = await run('--json');
    expect(code).toBe(1);
    const [article, status] = objectsIn(stdout);
    expect(article).toMatchObject({ severity: 'error', file: join(folder, 'article.txt'), line: null, column: null });
    expect(status).toMatchObject({ file: join(folder, 'topics/hours.yaml'), line: 2, column: 9 });
    expect(Object.keys(article ?? {})).toEqual(['severity', 'file', 'line', 'column', 'what', 'remedy']);
  });

  test('lets no text of a file steer the terminal', async () => {
    const { edit, run } = opened();
    edit('topics/hours.yaml', 'reported', '"\\e[31mred"');
    edit('topics/hours.yaml', 'id: hours', 'id: "\\e[2J"');
    expect((await run()).stdout).not.toContain('\u001b');
  });

  test('says of an unknown command that it is unknown', async () => {
    expect((await opened().run('chek')).stderr).toMatch(/^Unknown command: "chek"\./);
  });

  test.for<readonly string[]>([['make'], ['hours'], ['new'], ['new', 'a', 'b'], ['schema', 'x']])(
    'explains its use after %j',
    async (args) => {
      const { code, stdout, stderr } = await opened().run(...args);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/Usage: npm run knowledge/);
    },
  );
});

test('knowledge schema writes the schema beside the topics', async () => {
  const { folder, run } = opened();
  expect(await run('schema')).toMatchObject({ code: 0, stdout: expect.stringContaining('topic.schema.json') });
  expect(readFileSync(join(folder, 'topic.schema.json'), 'utf8')).toBe(topicJsonSchema());
});

describe('knowledge new', () => {
  test('writes a topic of which the check says only what is still to be filled in', async () => {
    const { folder, run, problems } = opened();
    const { code, stdout } = await run('new', 'apple-cake');
    expect({ code, stdout }).toEqual({
      code: 0,
      // Quoted, as the folder's name may contain a space.
      stdout: `Wrote ${join(folder, 'topics/apple-cake.yaml')}\nFill it in, then run: npm run knowledge -- --knowledge "${folder}"\n`,
    });
    expect(existsSync(join(folder, 'topic.schema.json'))).toBe(true);
    expect(problems().map((problem) => /error: (.*) is still empty/.exec(problem)?.[1])).toEqual([
      ...['"status"', 'entry 1 of "passages"'],
      ...['"de.title"', '"de.answer"', 'entry 1 of "de.phrasings"'],
      ...['"en.title"', '"en.answer"', 'entry 1 of "en.phrasings"'],
    ]);
    expect((await run()).stdout).toContain(': 8 errors, no warnings');
  });

  test.for(['Kuchen', 'apfel kuchen', '../kuchen', '', 'a'.repeat(51)])('refuses the id "%s"', async (id) => {
    const { code, stderr } = await opened().run('new', id);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/cannot be a topic's id: it must/) });
  });

  test('writes over nothing', async () => {
    const { folder, run } = opened();
    const before = readFileSync(join(folder, 'topics/bread.yaml'), 'utf8');
    expect(await run('new', 'bread')).toMatchObject({ code: 1, stderr: expect.stringContaining('exists already') });
    expect(readFileSync(join(folder, 'topics/bread.yaml'), 'utf8')).toBe(before);
  });

  test('does not write a topic whose file ends in ".yml" a second time', async () => {
    const { write, run } = opened();
    write('topics/cake.yml', 'id: cake\n');
    const { code, stderr } = await run('new', 'cake');
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('cake.yml exists already') });
  });

  test.for(['2025', 'null', 'true'])('writes the id %s as a text', async (id) => {
    const { run, problems } = opened();
    await run('new', id);
    expect(problems().join('\n')).not.toContain('"id"');
  });

  test('says of a folder that is none what to do', async () => {
    const { code, stderr } = await runCommand(knowledge, ['--knowledge', '/nowhere', 'new', 'cake']);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^Cannot write \/nowhere\/topics\/cake\.yaml: there is no folder \/nowhere\/topics\. Create it, .*--knowledge\.\n$/,
    );
  });
});

test('a stranger adds a topic with three mistakes, and gets it right by following the messages alone', async () => {
  const { folder, run, edit, write, problems } = opened();
  const file = 'topics/apple-cake.yaml';
  /** The one problem that there is. */
  const only = () => {
    const [problem = 'none', ...others] = problems();
    expect(others).toEqual([]);
    return problem;
  };
  /** Changes the line of the new topic that a problem names. */
  const mend = (problem: string, change: (line: string) => string) => {
    const at = Number(/apple-cake\.yaml(?::|, line )(\d+)/.exec(problem)?.[1]) - 1;
    const lines = readFileSync(join(folder, file), 'utf8').split('\n');
    write(file, lines.with(at, change(lines[at] ?? '')).join('\n'));
  };

  // The article has news, and the check asks for a topic on it.
  edit('article.txt', '\nQuelle', ' Samstags gibt es Apfelkuchen vom Blech.\nQuelle');
  expect(only()).toMatch(
    /no topic rests on "Samstags gibt es Apfelkuchen vom Blech\."\n.*npm run knowledge -- new <id>/,
  );

  // What is empty is filled in where the check says so, from the bottom up, as lines are added.
  await run('new', 'apple-cake');
  const filling: Readonly<Record<string, string>> = {
    // The first mistake: no such status.
    status: ' sicher',
    // The second: not as the article has it.
    passages: ' Samstags gibt es dort Apfelkuchen.',
    'de.title': ' Gibt es Apfelkuchen?',
    'de.answer': '\n    Samstags gibt es laut Artikel Apfelkuchen vom Blech.',
    // The third: a phrasing of another topic.
    'de.phrasings': ' gibts apfelkuchen\n    - öffnungszeiten der bäckerei huber',
    'en.title': ' Is there apple cake?',
    'en.answer': '\n    According to the article, there is apple cake from the tray on Saturdays.',
    'en.phrasings': ' any apple cake?',
  };
  for (const problem of problems().toReversed()) {
    const field = /"(.+)" is still empty/.exec(problem)?.[1] ?? '';
    mend(problem, (line) => line + filling[field]);
  }

  const [status = '', passage = '', ...others] = problems();
  expect(others).toEqual([]);
  expect(status).toContain('Write one of: reported, rumour, opinion, not-stated.');
  mend(status, (line) => line.replace('sicher', 'reported'));
  expect(passage).toContain('Copy it from article.txt, mistakes and all.');
  mend(passage, (line) => line.replace('dort Apfelkuchen', 'Apfelkuchen vom Blech'));

  const misplaced = only();
  expect(misplaced).toMatch(/is nearly "öffnungszeiten der bäckerei huber" in apple-cake\.yaml.*\n.*Keep the one/);
  mend(misplaced, () => '');

  expect(problems()).toEqual([]);
  expect((await run()).code).toBe(0);
});
