import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bakeryCopy } from '../evaluation/bakery-copy.ts';

describe('a file beside the topics', () => {
  test.for([
    ['words.yml', 'the name of that file is "words.yaml" → Put what it says into words.yaml, and delete it.'],
    ['Words.yaml', 'the name of that file is "words.yaml" → Put what'],
    ['article.yml', 'the name of that file is "article.yaml" → Rename it to article.yaml, or delete it.'],
    ['reactions.yaml.txt', 'the name of that file is "reactions.yaml" → Rename'],
    [
      'cake.yaml',
      'only article.yaml, words.yaml, out-of-scope.yaml, reactions.yaml, follow-ups.yaml, overheard.yaml are → Move it to the folder "topics" if it is a topic.',
    ],
  ] as const)('that is not read, as it is called %s, is told so', ([name, said]) => {
    const { write, problems } = bakeryCopy();
    write(name, 'de: []\nen: []\n');
    const all = problems().map((problem) => problem.replace('\n    → ', ' → '));
    expect(all).toHaveLength(1);
    expect(all[0]).toContain(`${name}  warning: is not read: ${said}`);
  });

  test('that nobody takes for one that is read is left alone', () => {
    const { write, problems } = bakeryCopy();
    for (const name of ['README.md', 'topic.schema.json', '.words.yaml.swp', 'words.yaml~']) write(name, '');
    expect(problems()).toEqual([]);
  });
});

test('a folder among the topics is not to be renamed or deleted', () => {
  const { folder, problems } = bakeryCopy();
  mkdirSync(join(folder, 'topics/old'));
  expect(problems()).toEqual([
    expect.stringMatching(/^topics\/old {2}warning: is not read: it is a folder\n {4}→ Move its topics to the folder/),
  ]);
});

describe('a copy of a topic', () => {
  const copied = (name: string) => {
    const { folder, write, problems } = bakeryCopy();
    write(name, readFileSync(join(folder, 'topics/hours.yaml'), 'utf8'));
    return problems().filter((problem) => problem.includes('error'));
  };

  test('that ends otherwise has the same id: that alone is told, at the second', () => {
    expect(copied('topics/hours.yml')).toEqual([
      expect.stringMatching(
        /^topics\/hours\.yml:1:5 {2}error: the id "hours" is also in hours\.yaml\n.*Delete one of the two files/,
      ),
    ]);
  });

  test.for(['topics/Mi Band.yaml', 'topics/zeiten.yaml'])('under another name is told its name alone: %s', (name) => {
    const all = copied(name);
    expect(all).toHaveLength(1);
    expect(all[0]).toContain(`${name}:1:5  error: the id "hours" is not the file's name`);
    // Renaming it would overwrite the good one.
    expect(all[0]).toMatch(/→ Delete one of the two files if it is a copy of hours\.yaml/);
  });

  test('that is no topic by its name is not to be renamed over the good one', () => {
    const { folder, write, problems } = bakeryCopy();
    write('topics/hours.yaml.txt', readFileSync(join(folder, 'topics/hours.yaml'), 'utf8'));
    expect(problems()).toEqual([
      expect.stringMatching(/hours\.yaml\.txt {2}warning: .*\n.*Put what it says into hours\.yaml/),
    ]);
  });
});
