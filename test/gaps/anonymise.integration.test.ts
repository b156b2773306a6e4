import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anonymise, knownWords } from '../../src/gaps/anonymise.ts';
import { hostileMessage } from '../attacks/hostile.ts';
import { shippedEngine } from '../shipped-knowledge.ts';

describe('with the shipped knowledge', () => {
  const known = knownWords(shippedEngine.knowledge);
  const recorded = (text: string) => anonymise(shippedEngine.read(text), known, () => false);

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
