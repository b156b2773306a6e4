import { understand } from '../../../src/answering/understand.ts';
import type { Match } from '../../../src/engine/read.ts';
import type { WordLists } from '../../../src/knowledge/knowledge.ts';
import { buildMatcher } from '../../../src/matching/matcher.ts';
import { type Engine, OUT_OF_SCOPE } from './engine.ts';

export interface BotOptions {
  /** The word lists that belong to a knowledge; empty for examples from elsewhere. */
  readonly words: WordLists;
}

/** The bot's own matching and understanding, as they ship. */
export const engine: Engine<BotOptions, Match> = {
  build: (examples, { words }) => {
    const phrasings = new Map<string, string[]>();
    const elsewhere: string[] = [];
    for (const { text, label } of examples) {
      if (label === OUT_OF_SCOPE) elsewhere.push(text);
      else {
        const texts = phrasings.get(label);
        if (texts) texts.push(text);
        else phrasings.set(label, [text]);
      }
    }
    const topics = Array.from(phrasings, ([id, texts]) => ({ id, phrasings: texts }));
    const matcher = buildMatcher({ topics, elsewhere, words });
    return {
      ask: (text) => understand(text, matcher.match).match,
      ranked: (match) =>
        [
          ...match.topics.map(({ id, confidence }) => ({ label: id, score: confidence })),
          { label: OUT_OF_SCOPE, score: match.elsewhere },
        ].sort((a, b) => b.score - a.score),
    };
  },
};
