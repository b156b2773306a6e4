import { describe, expect, test } from 'vitest';
import { saidOf } from './said-of.ts';

const HOURS = 'topics/hours.yaml';

describe('an answer below its field', () => {
  const ANSWER = 'answer: Die Bäckerei Huber hat laut Artikel von sechs bis zwölf Uhr geöffnet.';

  test.for([
    ['as far as its field', 'answer: >-\n  Die Bäckerei\n  hat offen', 7, 3],
    ['less far than its field', 'answer: >-\n Die Bäckerei\n hat offen', 7, 2],
    ['not at all', 'answer: |\nDie Bäckerei\nhat offen', 7, 1],
    ['too little in its second line', 'answer: >-\n    Die Bäckerei\n  hat offen', 8, 3],
    ['less than in its first line', 'answer: >-\n      Die Bäckerei\n    hat offen', 8, 5],
    ['too little after a blank line', 'answer: |\n    Die Bäckerei\n\n  hat offen', 9, 3],
    ['as far as its field, which says nothing of how it is written,', 'answer:\n  Die Bäckerei\n  hat offen', 7, 3],
    ['too little, with a colon in it,', 'answer: >-\n  Offen: von sechs\n  bis zwölf', 7, 3],
  ] as const)('that is indented %s is told at that line', ([, to, line, column]) => {
    expect(saidOf(HOURS, ANSWER, to)).toEqual([
      expect.stringMatching(
        new RegExp(
          `:${line}:${column} {2}error: the line is indented too little.* → Indent all lines .* than "answer:"\\.$`,
        ),
      ),
    ]);
  });

  test('that is indented as it should be does not draw the blame for what comes after it', () => {
    expect(
      saidOf(HOURS, `${ANSWER}\n  phrasings:\n`, 'answer: >-\n    Die Bäckerei\n    hat offen.\n  phrasings\n'),
    ).toEqual([expect.stringMatching(/:9:3 {2}error: the name of a field has no colon and space after it/)]);
  });
});
