import { describe, expect, test } from 'vitest';
import { saidOf } from './said-of.ts';

describe('names in words.yaml', () => {
  const SUBJECT = '    subject: true\n';
  const END = 'variants: [huber bäckerei, beim huber]\n';

  test('of which none is the subject are told what that means', () => {
    expect(saidOf('words.yaml', SUBJECT, '')).toEqual([
      expect.stringMatching(
        /words\.yaml:2:3 {2}warning: no name is marked as the subject: .* never answered → Write "subject: true" below/,
      ),
    ]);
  });

  test('that are there twice are told where they are first', () => {
    expect(saidOf('words.yaml', END, `${END}  - name: bäckerei  huber\n`)).toEqual([
      expect.stringMatching(/:5:11 {2}error: the name "bäckerei {2}huber" is also in line 2 → Keep one of the two/),
    ]);
  });

  test.for([
    ['a variant of two', '[Beim Huber]', ':6:16', '"Beim Huber" already stands for the name "Bäckerei Huber"'],
    [
      'the name of another',
      '[bäckerei huber]',
      ':6:16',
      '"bäckerei huber" already stands for the name "Bäckerei Huber"',
    ],
  ] as const)('of which one is also %s are told so', ([, variants, place, said]) => {
    const all = saidOf('words.yaml', END, `${END}  - name: Roggenbrot\n    variants: ${variants}\n`);
    expect(all).toHaveLength(1);
    expect(all[0]).toContain(`words.yaml${place}  warning: ${said} → Keep it below the one name`);
  });
});
