import { describe, expect, test } from 'vitest';
import { saidOf } from './said-of.ts';

const HOURS = 'topics/hours.yaml';
const PHRASING = '- wann macht ihr auf';

describe('what cannot be seen', () => {
  test.for(['"\\u200b"', '"\\u200b \\u2060\\ufe0f"', '"\\u3164"', '"\u00ad"'])('is no text: %s', (invisible) => {
    expect(saidOf(HOURS, 'title: Wann ist die Bäckerei offen?', `title: ${invisible}`)).toEqual([
      expect.stringMatching(/:5:10 {2}error: "de\.title" has only invisible characters → Delete them, and write/),
    ]);
  });

  test.for([
    [
      'title: Wann',
      'title: Wa\u202Enn',
      '"de.title" contains an invisible character that changes the direction of writing',
    ],
    [
      'answer: Die',
      'answer: Die \u2067',
      '"de.answer" contains an invisible character that changes the direction of writing',
    ],
    [
      PHRASING,
      '- 🥐\u2069wann',
      'entry 1 of "de.phrasings" contains an invisible character that changes the direction of writing',
    ],
  ] as const)('may not turn the direction of writing: %s', ([from, to, said]) => {
    const all = saidOf(HOURS, from, to);
    expect(all).toHaveLength(1);
    expect(all[0]).toContain(`error: ${said} → Delete it`);
  });

  test('may join emoji', () => {
    expect(saidOf(HOURS, PHRASING, '- wann backt ihr 👩‍🍳❤️')).toEqual([]);
    expect(saidOf(HOURS, PHRASING, '- 👩‍🍳')).toEqual([]);
  });
});
