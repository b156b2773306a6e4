import { describe, expect, test } from 'vitest';
import { bakeryCopy } from '../evaluation/bakery-copy.ts';

/** What the check says of the bakery with this file in it. */
function saidOfFile(name: string, content: string): string[] {
  const { write, problems } = bakeryCopy();
  write(name, content);
  return problems().map((problem) => problem.replace('\n    → ', ' → '));
}

const VOICE = '- voice: anna\n  language: de\n';

describe('a file with examples', () => {
  test.for<[string, string, string, RegExp]>([
    [
      'a follow-up on an unknown topic',
      'follow-ups.yaml',
      '- { after: hour, asks: bread, de: [und brot], en: [and bread] }',
      /^follow-ups\.yaml:1:12 {2}error: there is no topic "hour" → Write "hours", or delete the entry\.$/,
    ],
    [
      'a follow-up that asks for two topics',
      'follow-ups.yaml',
      `- { after: hours, asks: bread, de: [und wann], en: [] }\n- { after: hours, asks: hours, de: [Und wann?], en: [] }`,
      /:2:37 {2}error: the follow-up "Und wann\?" is also in line 1 → .* after "hours" it can ask for one topic only/,
    ],
    [
      'a follow-up that is there twice',
      'follow-ups.yaml',
      `- { after: hours, asks: bread, de: [und brot, Und Brot?], en: [] }`,
      /:1:47 {2}error: the follow-up "Und Brot\?" is also in line 1 → Delete one of the two\.$/,
    ],
    [
      'an overheard question for an unknown topic',
      'overheard.yaml',
      `${VOICE}  asks-channel:\n    - bred: was kostet denn das brot\n`,
      /^overheard\.yaml:4:7 {2}error: there is no topic "bred" → Write "bread"/,
    ],
    [
      'an overheard message that is there twice',
      'overheard.yaml',
      `${VOICE}  states: [schönes brot, Schönes Brot!]\n`,
      /:3:26 {2}error: the message "Schönes Brot!" is also in line 3 → Delete one of the two\.$/,
    ],
    ['a misspelt kind', 'overheard.yaml', `${VOICE}  joke: [haha]\n`, /there is no field "joke" here/],
    ['a missing language', 'reactions.yaml', 'de: [danke]\n', /"en" is missing/],
    [
      'a text that YAML cuts off',
      'reactions.yaml',
      'de:\n  - danke #1 bot\nen: []\n',
      /:2:5 {2}error: what comes after " #" is not read: #1 bot/,
    ],
    ['an old name beside the new one', 'elsewhere.yaml', 'de: []\nen: []\n', /^$/],
  ])('is told of %s', ([, name, content, said]) => {
    const all = saidOfFile(name, content);
    if (said.source === '^$') expect(all).toEqual([]);
    else expect(all).toEqual([expect.stringMatching(said)]);
  });

  test('is not read under its old name where it has its new one', () => {
    const { write, problems } = bakeryCopy();
    for (const name of ['elsewhere.yaml', 'out-of-scope.yaml']) write(name, 'de: []\nen: []\n');
    expect(problems()).toEqual([
      expect.stringMatching(/^elsewhere\.yaml {2}warning: .*\n.*Put what it says into out-of-scope\.yaml/),
    ]);
  });
});

describe('all that is wrong is told in one round', () => {
  test('in the form of a file, and in what is right of its form', () => {
    const { edit, problems } = bakeryCopy();
    edit('topics/hours.yaml', 'status: reported', 'status: maybe');
    edit('topics/hours.yaml', 'Die Bäckerei Huber in Oberdorf', 'Die Bäckerei Huber in Unterdorf');
    edit('topics/hours.yaml', '- wann macht ihr auf', '- was kostet das brot');
    const all = problems().join('\n');
    for (const said of ['"maybe"', 'word for word', 'is also in bread.yaml']) expect(all).toContain(said);
  });

  test('in several lines that are no YAML', () => {
    const { edit, problems } = bakeryCopy();
    edit('topics/hours.yaml', '- wann macht ihr auf', '- "wann" macht ihr auf');
    edit('topics/hours.yaml', '- when do you open', '- @bot when do you open');
    expect(problems().map((problem) => /:(\d+):/.exec(problem)?.[1])).toEqual(['8', '15']);
  });

  test('but only as much as anybody reads', () => {
    const { edit, problems } = bakeryCopy();
    edit('topics/hours.yaml', '- wann macht ihr auf', '- 1\n    '.repeat(1_000));
    const all = problems();
    expect(all).toHaveLength(31);
    expect(all.at(-1)).toContain('and 970 more errors in this file');
  });
});
