import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EvaluationSetError, readSet } from '../../src/evaluation/sets.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const GOOD = { text: 'was kostet das brot', lang: 'de', kind: 'ask', topics: ['bread'] };

function folderWith(lines: string): { directory: string } {
  const directory = temporaryFolder();
  mkdirSync(join(directory, 'evaluation'));
  writeFileSync(join(directory, 'evaluation', 'tuning.jsonl'), lines);
  return { directory };
}

/** The error of a set. */
function errorIn(knowledge: { directory: string }): EvaluationSetError {
  try {
    readSet('tuning', knowledge);
  } catch (error) {
    if (error instanceof EvaluationSetError) return error;
    throw error;
  }
  throw new Error('The set has no error.');
}

describe('an evaluation set', () => {
  test('has a message on each line that is not empty, whatever the line ends', () => {
    const other = { ...GOOD, kind: 'follow-up', style: 'rough', after: ['brot?'] };
    const lines = `\uFEFF${JSON.stringify(GOOD)}\r\n\r\n  \n${JSON.stringify(other)}`;
    expect(readSet('tuning', folderWith(lines))).toEqual([GOOD, other]);
  });

  test('is none where the folder has none', () => {
    expect(readSet('tuning', { directory: temporaryFolder() })).toBeUndefined();
    expect(readSet('reported', folderWith(JSON.stringify(GOOD)))).toBeUndefined();
  });

  test.for<[mistake: string, line: string, what: string]>([
    ['no JSON', '{text: brot}', 'not a JSON object: "{text: brot}"'],
    ['null', 'null', 'not a JSON object: "null"'],
    ['a list', '[1]', 'not a JSON object: "[1]"'],
    ['no object', '"brot"', 'not a JSON object: ""brot""'],
    ['no text', JSON.stringify({ ...GOOD, text: '' }), '"text" is still empty'],
    ['another kind', JSON.stringify({ ...GOOD, kind: 'question' }), '"kind" is "question"'],
    ['another language', JSON.stringify({ ...GOOD, lang: 'fr' }), '"lang" is "fr"'],
    ['a single topic', JSON.stringify({ ...GOOD, topics: 'bread' }), '"topics" must be a list'],
    ['another key', JSON.stringify({ ...GOOD, topic: 'bread' }), 'no field "topic"'],
    ['a follow-up to nothing', JSON.stringify({ ...GOOD, kind: 'follow-up', after: [] }), '"after" is missing'],
    ['control characters', '\u001b[31mred', 'not a JSON object: "red"'],
  ])('names the file and the line of %s', ([, line, what]) => {
    const knowledge = folderWith(`${JSON.stringify(GOOD)}\n\n${line}\n`);
    const error = errorIn(knowledge);
    const file = join(knowledge.directory, 'evaluation', 'tuning.jsonl');
    expect(error.problems).toMatchObject([{ file, line: 3, what: expect.stringContaining(what) }]);
    expect(error.message).toContain('tuning.jsonl:3:1 ');
    expect(error.message.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  test('names every line that has a mistake', () => {
    const lines = ['{', JSON.stringify(GOOD), JSON.stringify({ ...GOOD, lang: 'fr' })];
    expect(errorIn(folderWith(lines.join('\n'))).problems.map(({ line }) => line)).toEqual([1, 3]);
  });

  test('that is there but cannot be read is not taken for a missing one', () => {
    const knowledge = folderWith('');
    const file = join(knowledge.directory, 'evaluation', 'tuning.jsonl');
    rmSync(file);
    symlinkSync(file, file);
    expect(errorIn(knowledge).message).toContain('ELOOP');
  });

  test('that cannot be read is named without a line', () => {
    const directory = temporaryFolder();
    mkdirSync(join(directory, 'evaluation', 'tuning.jsonl'), { recursive: true });
    const error = errorIn({ directory });
    expect(error.problems).toMatchObject([{ line: undefined, what: expect.stringContaining('is a folder') }]);
  });
});
