import type { Engine } from '../engine/engine.ts';
import { wordsOf } from '../engine/text.ts';
import { LANGUAGES } from '../knowledge/knowledge.ts';

/** What so many of the phrasings have says how somebody asks, not what for: "wie", "does", "eigentlich". */
const FREQUENT = 0.006;
/** Of the words that either of two questions has, how many both have: from here on they mean the same. */
const ALIKE = 0.5;

/** Tells which questions mean the same, by the words that the bot takes theirs for. */
export class Meanings {
  readonly #engine: Engine;
  readonly #frequent: ReadonlySet<string>;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#frequent = frequentWords(engine);
  }

  /** The words that a question turns on, typos mended and synonyms as one, in a fixed order. */
  of(text: string): readonly string[] {
    const { words } = this.#engine.match(text);
    const telling = words.filter(({ readings: [{ term }], subject }) => !subject && !this.#frequent.has(term));
    const terms = (telling.length > 0 ? telling : words).map(
      ({ readings }) => (readings.find(({ kind }) => kind === 'synonym') ?? readings[0]).term,
    );
    return [...new Set(terms)].sort();
  }

  areAlike(one: readonly string[], other: readonly string[]): boolean {
    const shared = one.filter((term) => other.includes(term)).length;
    return shared / (one.length + other.length - shared) >= ALIKE;
  }
}

function frequentWords({ knowledge }: Engine): ReadonlySet<string> {
  const phrasings = knowledge.topics.flatMap((topic) => LANGUAGES.flatMap((language) => topic[language].phrasings));
  const counts = new Map<string, number>();
  for (const phrasing of phrasings) {
    for (const word of new Set(wordsOf(phrasing).map(({ folded }) => folded))) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return new Set([...counts].filter(([, count]) => count >= FREQUENT * phrasings.length).map(([word]) => word));
}
