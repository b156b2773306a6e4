import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { anonymise, knownWords } from '../../src/gaps/anonymise.ts';
import { hostileMessage } from '../attacks/hostile.ts';
import { bakeryIn } from '../bakery.ts';
import { shippedEngine } from '../shipped-knowledge.ts';

function recorderOf(engine: Engine) {
  const known = knownWords(engine.knowledge);
  const recorded = (text: string, isCommon = (_: string) => false) => anonymise(engine.read(text), known, isCommon);
  return { known, recorded };
}

describe('of what a member asked is kept', () => {
  const { recorded } = recorderOf(bakeryIn('de'));

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

describe('with the shipped knowledge', () => {
  const { known, recorded } = recorderOf(shippedEngine());

  test.for<[string, string]>([
    ['frag @lena.mueller was es kostet', 'lena mueller'],
    ['Ich heiße Max Mustermann, was kostet es?', 'max mustermann'],
    ['herr wischnewski will wissen was es kostet', 'wischnewski'],
    ['Frau Petersen und Wolfgang haben das Mi Max', 'petersen wolfgang'],
    ['@Anna sagt Otto und Tim sollen Joch und Steffi fragen', 'anna otto tim joch steffi'],
    ['my name is zoe petrova, is it free', 'zoe petrova'],
    ['LG Sabine Qwrtz', 'sabine qwrtz'],
    ['was sagt balkenhol.berlin zum Preis', 'balkenhol'],
    ['erna.krause@example.org oder erna punkt krause ät gmx punkt de', 'erna krause gmx'],
    ['wohne Balkenholstraße 17, 20095, kommt es zu mir?', 'balkenholstraße 17 20095'],
    ['ask zoe#1234 or call +49 176 1234567', 'zoe 1234 49 176 1234567'],
    ['mein token ist `sk-xqwrt` und die IBAN DE89 3704', 'sk xqwrt de89 3704'],
  ])('nothing is kept that tells who asked: %s', ([said, personal]) => {
    const kept = recorded(said).split(' ');
    expect(kept.filter((word) => personal.split(' ').includes(word))).toEqual([]);
  });

  test('nothing is kept but words of the knowledge, whatever is said', () => {
    const words = new Set(['', '…', ...known.words.values(), ...known.names]);
    fc.assert(
      fc.property(hostileMessage, (text) => {
        const kept = recorded(text);
        expect(kept.split(' ').filter((word) => !words.has(word))).toEqual([]);
        expect(kept.length).toBeLessThanOrEqual(200);
      }),
      { numRuns: 300 },
    );
  });
});
