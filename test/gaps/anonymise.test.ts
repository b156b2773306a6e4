import { describe, expect, test } from 'vitest';
import { anonymise, knownWords } from '../../src/gaps/anonymise.ts';
import { bakeryIn } from '../bakery.ts';

describe('of what a member asked is kept', () => {
  const bakery = bakeryIn('de');
  const known = knownWords(bakery.knowledge);
  const recorded = (text: string, isCommon = (_: string) => false) => anonymise(bakery.read(text), known, isCommon);

  test.for<[string, string, string]>([
    ['words alone, in lower case', 'Kostet DAS — Brot   drei Euro?!', 'kostet das brot drei euro'],
    ['a known word as the knowledge writes it', 'geoeffnet', 'geöffnet'],
    ['a name of the knowledge', 'Bäckerei Huber und Huber', 'bäckerei huber …'],
    ['several unknown words as one sign', 'kostet QWRTZ blorf das Brot', 'kostet … das brot'],
    ['no mention, link or emoji', '<@123456789012345678> Brot https://x.example/a <:mi:123456789012345678>', 'brot'],
    ['no number and no word with a digit', 'Brot 0176 DE89x', 'brot …'],
    ['no typo: it could be a name', 'kostet das Brodt', 'kostet das …'],
    ['nothing where nothing is known', '<@123456789012345678> qwrtz 42 🎉', ''],
  ])('%s', ([, said, kept]) => {
    expect(recorded(said)).toBe(kept);
  });

  test('a word that the knowledge does not know if others use it, too', () => {
    expect(recorded('kostet Grüñkohl', (word) => word === 'gruenkohl')).toBe('kostet gruenkohl');
  });

  test('only the beginning of a long story, in whole words', () => {
    const kept = recorded('kostet '.repeat(200));
    expect(kept.length).toBeLessThanOrEqual(200);
    expect(kept).toMatch(/^(?:kostet ?)+$/);
  });
});
