import { describe, expect, test } from 'vitest';
import { bakeryCopy } from './bakery-copy.ts';

const THINGS = ['brot', 'laib', 'brezel', 'semmel', 'roggenbrot', 'zopf', 'kipferl', 'stollen', 'kuchen', 'torte'];
const DAYS = ['montag', 'dienstag', 'mittwoch', 'donnerstag', 'freitag', 'samstag', 'sonntag', 'feiertag', 'heute'];

describe('cross-validation', () => {
  function wellPhrasedBakery() {
    const bakery = bakeryCopy();
    const list = (texts: readonly string[]) => `[${texts.join(', ')}]`;
    bakery.edit(
      'topics/bread.yaml',
      '[was kostet das brot, wie teuer ist ein laib, preis roggenbrot, brot zu teuer?]',
      list(THINGS.flatMap((thing) => [`kostet ${thing} viel geld`, `preis vom ${thing}`])),
    );
    bakery.edit(
      'topics/hours.yaml',
      '- wann macht ihr auf\n',
      `${DAYS.flatMap((day) => [`- ${day} offen bis wann`, `- öffnet ihr ${day} früh`]).join('\n    ')}\n`,
    );
    return bakery;
  }
  const misplaced = (problems: readonly string[]) => problems.filter((line) => line.includes('sounds like'));

  test('finds nothing where each phrasing is in its place', () => {
    expect(misplaced(wellPhrasedBakery().problems({ crossValidate: true }))).toEqual([]);
  });

  test('finds a phrasing in the wrong topic, and names the rival and the words that lead there', () => {
    const bakery = wellPhrasedBakery();
    bakery.edit('topics/hours.yaml', '- öffnungszeiten bäckerei huber', '- kostet preis vom geld viel');
    const problems = misplaced(bakery.problems({ crossValidate: true }));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(
      /^topics\/hours\.yaml:26:7 {2}warning: "kostet preis vom geld viel" sounds like the topic "bread" \(Was kostet das Roggenbrot\?\): confidence (?:0\.9\d|1\.00), led there by "preis" \+\d\.\d, "kostet" \+\d/,
    );
    expect(problems[0]).toContain('If that topic answers it, move it there.');
  });

  test('says the same each time', () => {
    const bakery = wellPhrasedBakery();
    bakery.edit('topics/hours.yaml', '- öffnungszeiten bäckerei huber', '- kostet preis vom geld viel');
    expect(bakery.problems({ crossValidate: true })).toEqual(bakery.problems({ crossValidate: true }));
  });

  test('costs nothing where nobody asks for it', () => {
    const bakery = wellPhrasedBakery();
    bakery.edit('topics/hours.yaml', '- öffnungszeiten bäckerei huber', '- kostet preis vom geld viel');
    expect(misplaced(bakery.problems())).toEqual([]);
  });
});
