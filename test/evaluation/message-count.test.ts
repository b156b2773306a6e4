import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { bakeryCopy } from './bakery-copy.ts';

/** A bakery with a set that has this many messages on each topic. */
function bakeryWith(counts: Readonly<Record<string, number>>, more = '') {
  const bakery = bakeryCopy();
  const lines = Object.entries(counts).flatMap(([topic, count]) =>
    Array.from({ length: count }, (_, index) =>
      JSON.stringify({ text: `frage ${index}`, lang: 'de', kind: 'ask', topics: [topic] }),
    ),
  );
  mkdirSync(join(bakery.folder, 'evaluation'));
  writeFileSync(join(bakery.folder, 'evaluation', 'tuning.jsonl'), [...lines, more].join('\n'));
  return bakery;
}

describe('the messages of an evaluation set', () => {
  test('are enough from three for each topic on', () => {
    expect(bakeryWith({ bread: 3, greeting: 3, hours: 4 }).problems()).toEqual([]);
  });

  test('are too few, with a warning that says what to add, in the file of each such topic', () => {
    const problems = bakeryWith({ bread: 2, greeting: 0, hours: 3 }).problems();
    expect(problems).toEqual([
      expect.stringMatching(
        /^topics\/bread\.yaml:1:5 {2}warning: evaluation\/tuning\.jsonl has only 2 messages for this topic\n/,
      ),
      expect.stringMatching(
        /^topics\/greeting\.yaml:1:5 {2}warning: evaluation\/tuning\.jsonl has no message for this topic\n/,
      ),
    ]);
    expect(problems[0]).toMatch(/Add 1 more there.*"topics":\["bread"\]/);
    expect(problems[1]).toMatch(/Add 3 more there/);
  });

  test('are not asked for at a start', () => {
    expect(loadKnowledge(bakeryWith({}).folder).problems).toEqual([]);
  });

  test('with a broken line are named by it alone', () => {
    expect(bakeryWith({ bread: 1 }, '{"text": 1}').problems()).toEqual([
      expect.stringMatching(/^evaluation\/tuning\.jsonl:2:1 {2}warning: /),
    ]);
  });

  test('of a topic that does not exist, as it was renamed, are warnings with the line, the id and the closest one', () => {
    const bakery = bakeryWith({ bread: 3, greeting: 3, hours: 2, hour: 1, 'qwrtz-xyz': 1 });
    const problems = bakery.problems().map((problem) => problem.replace('\n    → ', ' → '));
    expect(problems.slice(0, 2)).toEqual([
      'evaluation/tuning.jsonl:9:1  warning: there is no topic "hour" → Write "hours", or delete the line.',
      'evaluation/tuning.jsonl:10:1  warning: there is no topic "qwrtz-xyz" → Write the id of a topic that exists, or delete the line.',
    ]);
    expect(problems.slice(2)).toEqual([expect.stringContaining('only 2 messages')]);
  });

  test('of a topic that does not exist do not keep the bot from starting', () => {
    expect(loadKnowledge(bakeryWith({ hour: 1 }).folder).problems).toEqual([]);
  });

  test('of a topic whose file has mistakes are not taken for messages of a topic that does not exist', () => {
    const bakery = bakeryWith({ bread: 3, greeting: 3, hours: 3 });
    bakery.edit('topics/hours.yaml', 'id: hours', 'id: [');
    expect(bakery.problems().filter((problem) => problem.startsWith('evaluation'))).toEqual([]);
  });
});
