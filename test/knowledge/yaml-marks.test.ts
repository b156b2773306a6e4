import { describe, expect, test } from 'vitest';
import { saidOf } from './said-of.ts';

const HOURS = 'topics/hours.yaml';
const PHRASING = '- wann macht ihr auf';

describe('a mark of YAML', () => {
  const ON_TEXT =
    /error: a word that begins with "!", "&" or "\*" is not read as text: .* → Put the whole text in quotes/;

  test.for([
    ['a tag', PHRASING, '- !wichtig wann macht ihr auf', '8:7'],
    ['a tag that YAML knows', PHRASING, '- !!str wann macht ihr auf', '8:7'],
    ['an exclamation mark alone', PHRASING, '- ! wann macht ihr auf', '8:7'],
    ['a tag and nothing else', PHRASING, '- !wichtig', '8:7'],
    ['an anchor', 'title: Wann', 'title: &teuer Wann', '5:10'],
    ['an anchor and a tag', 'title: Wann', 'title: &teuer !wichtig Wann', '5:10'],
    ['an alias of nothing', 'title: Wann ist die Bäckerei offen?', 'title: *teuer', '5:10'],
    ['a tag in a list in brackets', 'passages: [', 'passages: [!wichtig ', '3:12'],
  ] as const)('on a text is no part of it: %s is told', ([, from, to, place]) => {
    const said = saidOf(HOURS, from, to);
    expect(said).toEqual([expect.stringMatching(ON_TEXT)]);
    expect(said[0]).toContain(`hours.yaml:${place}  `);
  });

  test('is told wherever it is, all at once', () => {
    const alias = `- &auf wann macht ihr auf\n    - *auf\n    - !x wann`;
    expect(saidOf(HOURS, PHRASING, alias).map((said) => /:(\d+:\d+) /.exec(said)?.[1])).toEqual(['8:7', '9:7', '10:7']);
  });

  test('that is there very often is told as often as anybody reads, and then counted', () => {
    const said = saidOf(HOURS, PHRASING, '- !wichtig wann\n    '.repeat(40));
    expect(said).toHaveLength(31);
    expect(said.at(-1)).toContain('and 10 more errors in this file');
  });

  test('on a list is told, too', () => {
    expect(saidOf(HOURS, 'phrasings:\n', 'phrasings: &fragen\n')).toEqual([
      expect.stringMatching(/:7:14 {2}error: a word that begins with .*: phrasings: &fragen → /),
    ]);
  });

  test.for(['- "!wichtig wann macht ihr auf"', '- hilfe! wann & wo *macht* ihr auf!'])(
    'is none in quotes or further on: %s',
    (to) => {
      expect(saidOf(HOURS, PHRASING, to)).toEqual([]);
    },
  );
});
