import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { formatProblem } from '../../src/knowledge/problem.ts';

const BAKERY = new URL('../bakery/', import.meta.url);

describe('loading a knowledge folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'knowledge-'));
    cpSync(BAKERY, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const file = (name: string) => join(folder, name);
  const edit = (name: string, change: (text: string) => string) =>
    writeFileSync(file(name), change(readFileSync(file(name), 'utf8')));
  const problems = () => loadKnowledge(folder).problems.map((problem) => formatProblem(problem).replaceAll(folder, ''));

  test('gives topics, article, words and source of any folder of the right form', () => {
    const { knowledge, problems } = loadKnowledge(folder);
    expect(problems).toEqual([]);
    expect(knowledge?.topics.map(({ id }) => id)).toEqual(['bread', 'greeting', 'hours']);
    expect(knowledge?.article.source).toBe('Dorfblatt');
    expect(knowledge?.words.names[0]).toMatchObject({ name: 'Bäckerei Huber', role: 'subject' });
  });

  test('does without the files that a folder may leave out', () => {
    for (const name of ['words.yaml', 'elsewhere.yaml', 'article.yaml']) rmSync(file(name), { force: true });
    expect(problems()).toEqual([]);
  });

  test.each([
    [
      'a related topic that is not there',
      'topics/bread.yaml',
      '[hours]',
      '[hours, cake]',
      '/topics/bread.yaml:4:18',
      'there is no topic "cake"',
    ],
    [
      'a passage that is not in the article',
      'topics/bread.yaml',
      'Das Roggenbrot',
      'Das Weizenbrot',
      '/topics/bread.yaml:3:12',
      'word for word',
    ],
    [
      'a missing language',
      'topics/bread.yaml',
      /en:[\s\S]*/,
      '',
      '/topics/bread.yaml:1:1',
      '"en" is missing\n    → Add a line "en:" and below it, indented, the fields "title", "answer" and "phrasings".',
    ],
    [
      'an unknown status',
      'topics/bread.yaml',
      'status: reported',
      'status: maybe',
      '/topics/bread.yaml:2:9',
      'reported, rumour, opinion, not-stated',
    ],
    [
      'a list where a text belongs',
      'topics/hours.yaml',
      'title: Wann ist die Bäckerei offen?',
      'title: [Wann]',
      '/topics/hours.yaml:5:10',
      '"de.title" must be a text\n    → Write a text',
    ],
    [
      'a text with a colon that needs quotes',
      'topics/hours.yaml',
      'wann macht ihr auf',
      'frage: wann macht ihr auf',
      '/topics/hours.yaml:8:7',
      'must be a text\n    → Write a text; in quotes if it has ": " in it',
    ],
    [
      'a number where a text belongs',
      'topics/hours.yaml',
      'wann macht ihr auf',
      '2016',
      '/topics/hours.yaml:8:7',
      'must be a text\n    → Write a text; in quotes if it .* is a number',
    ],
    [
      'a field that is still empty',
      'topics/hours.yaml',
      'title: Wann ist die Bäckerei offen?',
      'title:',
      '/topics/hours.yaml:5:9',
      '"de.title" is still empty\n    → Fill it in',
    ],
    [
      'an answer too long for Discord',
      'topics/hours.yaml',
      'answer: Die',
      `answer: ${'sehr '.repeat(400)}Die`,
      '/topics/hours.yaml:6:11',
      '1600 are allowed\n    → Shorten it by \\d+\\.',
    ],
    [
      'a phrasing in two topics',
      'topics/hours.yaml',
      'wann macht ihr auf',
      'Was kostet das Brot',
      '/topics/hours.yaml:8:7',
      'is also in bread.yaml, line 8',
    ],
    [
      'a spelling that stands for two words',
      'words.yaml',
      'brot: [brod]',
      'brot: [brod]\n    semmel: [brod]',
      '/words.yaml:8:14',
      'already stands for "brot"',
    ],
    [
      'an article without a source',
      'article.txt',
      'Quelle: Dorfblatt',
      '',
      '/article.txt:',
      'does not end with its source',
    ],
    [
      'a source that is too long',
      'article.txt',
      'Quelle: Dorfblatt',
      `Quelle: ${'D'.repeat(101)}`,
      '/article.txt:',
      'ends with a source of 101 characters',
    ],
  ])('tells where %s is, and what to do', (_, name, from, to, place, what) => {
    edit(name, (text) => text.replace(from, to));
    expect(loadKnowledge(folder).knowledge).toBeUndefined();
    expect(problems()).toContainEqual(
      expect.stringMatching(new RegExp(`^${place.replaceAll('/', '.')}[\\s\\S]*${what}`)),
    );
  });

  test('does not miss a topic that is there, but not in order yet', () => {
    edit('topics/hours.yaml', (text) => text.replace('status: reported', 'status: maybe'));
    expect(problems()).toEqual([expect.stringMatching(/^\/topics\/hours\.yaml:2:9/)]);
  });

  test('tells all problems at once', () => {
    edit('topics/bread.yaml', (text) => text.replace('id: bread', 'id: loaf').replace('Das Roggenbrot', 'Ein Brot'));
    edit('topics/hours.yaml', (text) => text.replace('status: reported', 'status: maybe'));
    expect(problems().join('\n')).toMatch(/file's name[\s\S]*word for word[\s\S]*not allowed/);
  });

  test('says of a folder without topics, and of none at all, what is missing', () => {
    rmSync(file('topics'), { recursive: true });
    mkdirSync(file('topics'));
    expect(problems()).toEqual([expect.stringContaining('/topics  error: has no topics')]);
    rmSync(folder, { recursive: true });
    expect(problems()).toEqual([expect.stringContaining('  error: does not exist')]);
    mkdirSync(folder);
  });

  test('refuses what nobody has written by hand, without reading it', () => {
    writeFileSync(file('topics/huge.yaml'), Buffer.alloc(2 ** 20, 'x'));
    symlinkSync('/dev/zero', file('topics/pipe.yaml'));
    expect(problems()).toEqual([
      expect.stringMatching(/^\/topics\/huge\.yaml {2}error: is larger than 768 KB\n/),
      expect.stringMatching(/^\/topics\/pipe\.yaml {2}error: is a folder or a device, not a file\n/),
    ]);
  });

  test('says of a file that is a folder that it is one', () => {
    rmSync(file('article.txt'));
    mkdirSync(file('article.txt'));
    expect(problems().join('\n')).toContain('/article.txt  error: is a folder or a device, not a file');
  });
});
