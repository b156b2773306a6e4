import type { Engine } from './engine.ts';

const WORD = /[\p{L}\p{N}]+/gu;

/**
 * The least that anything can do that reads words: it splits a message and looks each word up in a `Map`. It knows no
 * topics.
 */
export const engine: Engine<unknown, number> = {
  build: (examples) => {
    const numbers = new Map<string, number>();
    for (const { text } of examples) {
      for (const [word] of text.toLowerCase().matchAll(WORD)) if (!numbers.has(word)) numbers.set(word, numbers.size);
    }
    return {
      ask: (text) => {
        let sum = 0;
        for (const word of text.toLowerCase().match(WORD) ?? []) sum += numbers.get(word) ?? 0;
        return sum;
      },
      ranked: () => [],
    };
  },
};
