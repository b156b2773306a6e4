import { afterEach, describe, expect, test, vi } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { FOLDS, misplacedPhrasings } from '../../src/evaluation/misplaced-phrasings.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { formatProblem } from '../../src/knowledge/problem.ts';
import { type BakeryCopy, bakeryCopy } from './bakery-copy.ts';

const THINGS = ['brot', 'laib', 'brezel', 'semmel', 'roggenbrot', 'zopf', 'kipferl', 'stollen', 'kuchen', 'torte'];
const DAYS = ['montag', 'dienstag', 'mittwoch', 'donnerstag', 'freitag', 'samstag', 'sonntag', 'feiertag', 'heute'];

function wellPhrasedBakery(): BakeryCopy {
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

function spoiledBakery(): BakeryCopy {
  const bakery = wellPhrasedBakery();
  bakery.edit('topics/hours.yaml', '- öffnungszeiten bäckerei huber', '- kostet preis vom geld viel');
  return bakery;
}

function foldsOf({ folder }: BakeryCopy) {
  const { knowledge, files } = loadKnowledge(folder);
  if (!knowledge) throw new Error('The bakery does not load.');
  return { knowledge, folds: [...misplacedPhrasings(knowledge, files)] };
}

const misplaced = (bakery: BakeryCopy): string[] =>
  foldsOf(bakery)
    .folds.flat()
    .map((problem) => formatProblem(problem).replaceAll(`${bakery.folder}/`, ''));

afterEach(() => void vi.restoreAllMocks());

describe('cross-validation', () => {
  test('leaves each phrasing out once, and judges it by the others', () => {
    const read = vi.spyOn(Engine.prototype, 'read');
    const { knowledge, folds } = foldsOf(wellPhrasedBakery());
    expect(folds).toHaveLength(FOLDS);
    const phrasings = knowledge.topics.flatMap(({ de, en }) => [...de.phrasings, ...en.phrasings]);
    expect(read.mock.calls.map(([text]) => text).toSorted()).toEqual(phrasings.toSorted());
    for (const [index, [text]] of read.mock.calls.entries()) {
      const engine: unknown = read.mock.contexts[index];
      const topics = engine instanceof Engine ? engine.knowledge.topics : [];
      const learned = topics.flatMap(({ de, en }) => [...de.phrasings, ...en.phrasings]);
      expect(learned).not.toContain(text);
      expect(learned.length).toBeGreaterThan(phrasings.length / 2);
    }
  });

  test('finds nothing where each phrasing is in its place', () => {
    expect(misplaced(wellPhrasedBakery()).filter((problem) => problem.includes('hours.yaml'))).toEqual([]);
  });

  test('finds a phrasing in the wrong topic, and names the rival and the words that lead there, the same each time', () => {
    const problems = misplaced(spoiledBakery()).filter((problem) => problem.includes('hours.yaml'));
    expect(problems).toEqual([
      expect.stringMatching(
        /^topics\/hours\.yaml:26:7 {2}warning: "kostet preis vom geld viel" sounds like the topic "bread" \(Was kostet das Roggenbrot\?\), because of (?:"(?:kostet|preis|vom|geld|viel)"(?:, )?){3}\n/,
      ),
    ]);
    expect(problems[0]).toContain('If that topic answers it, move it there.');
    expect(misplaced(spoiledBakery()).filter((problem) => problem.includes('hours.yaml'))).toEqual(problems);
  });
});
