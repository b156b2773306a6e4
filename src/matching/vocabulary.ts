import type { WordLists } from '../knowledge/knowledge.ts';
import { type Spelling, type SpellingLookup, spellingLookup } from './spelling.ts';
import { fold, type TypedWord, wordsOf } from './text.ts';

/** Why a word was taken for something. */
export type ReadingKind = 'known' | 'name' | 'spelling' | 'typo' | 'compound' | 'synonym' | 'unknown';

/** One thing that a typed word is taken for. */
export interface Reading {
  /** A known word, the name of a thing, or `=` and the first word of a group of synonyms. */
  readonly term: string;
  readonly kind: ReadingKind;
  /** How much it counts beside a word typed as it is known (1). */
  readonly weight: number;
}

/** The main reading first. */
export type Readings = readonly [Reading, ...Reading[]];

/** A word of a message, or several that make a name, with what it is taken for. */
export interface ReadWord {
  readonly typed: string;
  readonly readings: Readings;
  /** Does it name what the knowledge is about? */
  readonly subject: boolean;
}

const SYNONYM_WEIGHT = 0.8;
const COMPOUND_WEIGHT = 0.6;
/** "Handy" and "Pay" make parts of compounds; shorter words are found in too many. */
const SHORTEST_PART = 4;
/** A message with more words than this that nobody knows is no question: its further ones are not looked up. */
const MOST_LOOKUPS = 40;

interface Name {
  readonly term: string;
  readonly subject: boolean;
}

/** All words that phrasings and word lists use, and how the words of a message are read in their light. */
export class Vocabulary {
  readonly #known = new Set<string>();
  readonly #spellings = new Map<string, string>();
  readonly #names = new Map<string, Name>();
  readonly #concepts = new Map<string, readonly string[]>();
  /** The first words of names and expressions of several words, with the length of the longest. */
  readonly #openers = new Map<string, number>();
  /** Readings of known words: they are always the same. */
  readonly #readings = new Map<string, Readings>();
  readonly #lookUp: SpellingLookup;

  /** @param words of the phrasings that are learned from, folded */
  constructor(words: Iterable<string>, { names, spellings, synonyms }: WordLists) {
    for (const { variant, standard } of spellings) this.#spellings.set(fold(variant), fold(standard));
    for (const { name, variants } of names) this.#addSpellingsOf(name, variants);
    for (const standard of this.#spellings.values()) this.#known.add(standard);
    for (const { name, variants, subject } of names) {
      for (const written of [name, ...variants]) this.#addName(written, { term: fold(name), subject });
    }
    for (const group of synonyms) {
      for (const member of group) this.#addSynonym(member, `=${fold(group[0] ?? '')}`);
    }
    for (const word of words) this.#known.add(this.#spellings.get(word) ?? word);
    this.#lookUp = spellingLookup(this.#known);
  }

  /** Every word that is known. From them and the same word lists, the same vocabulary is made again. */
  get known(): ReadonlySet<string> {
    return this.#known;
  }

  /** What each word of a message is taken for; of several that make a name, all together. */
  read(typed: readonly TypedWord[]): ReadWord[] {
    let lookupsLeft = MOST_LOOKUPS;
    const single = typed.map(({ folded }) => {
      const term = this.#spellings.get(folded);
      if (term !== undefined) return this.#readingsOf({ term, kind: 'spelling', weight: 1 });
      if (this.#known.has(folded)) return this.#readingsOf({ term: folded, kind: 'known', weight: 1 });
      return this.#readUnknown(folded, lookupsLeft-- > 0);
    });
    const terms = single.map(([main]) => main.term);
    const words: ReadWord[] = [];
    for (let at = 0; at < single.length; ) {
      const name = this.#longestAt(this.#names, terms, at);
      const own = name
        ? this.#readingsOf({ term: name.value.term, kind: 'name', weight: 1 })
        : (single[at] as Readings);
      const length = name?.length ?? 1;
      words.push({
        typed:
          length === 1
            ? (typed[at]?.typed ?? '')
            : typed
                .slice(at, at + length)
                .map((word) => word.typed)
                .join(' '),
        readings: this.#withNeighbours(own, terms, at, length),
        subject: name?.value.subject ?? false,
      });
      at += length;
    }
    return words;
  }

  /** Another spelling of a one-word name is one wherever the word stands, in longer names too: "Siaomi Pay". */
  #addSpellingsOf(name: string, variants: readonly string[]): void {
    const single = (written: string) => (wordsOf(written).length === 1 ? wordsOf(written)[0]?.folded : undefined);
    const standard = single(name);
    if (standard === undefined) return;
    for (const variant of variants) {
      const folded = single(variant);
      if (folded !== undefined && folded !== standard) this.#spellings.set(folded, standard);
    }
  }

  #addName(written: string, name: Name): void {
    const words = this.#standardWords(written);
    this.#names.set(words.join(' '), name);
    this.#names.set(words.join(''), name);
    this.#known.add(words.join(''));
  }

  #addSynonym(member: string, concept: string): void {
    const key = this.#standardWords(member).join(' ');
    const term = this.#names.get(key)?.term ?? key;
    this.#concepts.set(term, [...(this.#concepts.get(term) ?? []), concept]);
  }

  #standardWords(written: string): string[] {
    const words = wordsOf(written).map(({ folded }) => this.#spellings.get(folded) ?? folded);
    for (const word of words) this.#known.add(word);
    const first = words[0] ?? '';
    if (words.length > 1) this.#openers.set(first, Math.max(words.length, this.#openers.get(first) ?? 0));
    return words;
  }

  /** A word that is in the vocabulary, with its synonyms and the parts of a compound. */
  #readingsOf(main: Reading): Readings {
    const remembered = this.#readings.get(main.term);
    if (remembered?.[0].kind === main.kind) return remembered;
    const readings = this.#withSynonyms([main, ...this.#compoundReadings(main)]);
    this.#readings.set(main.term, readings);
    return readings;
  }

  #readUnknown(folded: string, mayLookUp: boolean): Readings {
    const unknown: Reading = { term: folded, kind: 'unknown', weight: 1 };
    const parts = this.#compoundReadings(unknown);
    if (parts.length > 0) return this.#withSynonyms([unknown, ...parts]);
    const found = mayLookUp ? this.#lookUp(folded) : [];
    const [best, ...others] = found.map(asTypo);
    return best ? this.#withSynonyms([best, ...others]) : [unknown];
  }

  #withSynonyms(readings: Readings): Readings {
    const concepts = new Map<string, number>();
    for (const { term, weight } of readings) {
      for (const concept of this.#concepts.get(term) ?? []) {
        concepts.set(concept, Math.max(weight * SYNONYM_WEIGHT, concepts.get(concept) ?? 0));
      }
    }
    return [...readings, ...Array.from(concepts, ([term, weight]): Reading => ({ term, kind: 'synonym', weight }))];
  }

  /** Adds what a word means only together with those after it: "finger abdruck", "in talks". */
  #withNeighbours(readings: Readings, terms: readonly string[], at: number, length: number): Readings {
    const added: Reading[] = [];
    const joined = (terms[at] ?? '') + (terms[at + 1] ?? '');
    const next = terms[at + 1]?.length ?? 0;
    if (length === 1 && next >= SHORTEST_PART && this.#known.has(joined)) {
      added.push({ term: joined, kind: 'compound', weight: COMPOUND_WEIGHT });
      for (const term of this.#concepts.get(joined) ?? [])
        added.push({ term, kind: 'synonym', weight: SYNONYM_WEIGHT });
    }
    const expression = this.#longestAt(this.#concepts, terms, at);
    if (expression && expression.length > 1) {
      for (const term of expression.value) added.push({ term, kind: 'synonym', weight: SYNONYM_WEIGHT });
    }
    return added.length === 0 ? readings : [...readings, ...added];
  }

  /** The longest entry that the terms from `at` on spell out. */
  #longestAt<T>(entries: ReadonlyMap<string, T>, terms: readonly string[], at: number) {
    const first = terms[at] ?? '';
    for (let length = Math.min(this.#openers.get(first) ?? 1, terms.length - at); length > 1; length--) {
      const value = entries.get(terms.slice(at, at + length).join(' '));
      if (value !== undefined) return { value, length };
    }
    const value = entries.get(first);
    return value === undefined ? undefined : { value, length: 1 };
  }

  /** The two known words that a compound joins: "Finger|abdruck", "Zahlung|s|dienst". */
  #compoundReadings({ term }: Reading): Reading[] {
    for (let cut = term.length - SHORTEST_PART; cut >= SHORTEST_PART; cut--) {
      const tail = term.slice(cut);
      if (!this.#known.has(tail)) continue;
      const head = term.slice(0, cut);
      for (const part of [head, head.replace(/s$/, '')]) {
        if (part.length >= SHORTEST_PART && this.#known.has(part)) return [part, tail].map(asPart);
      }
    }
    return [];
  }
}

const asTypo = ({ word, similarity }: Spelling): Reading => ({ term: word, kind: 'typo', weight: similarity });
const asPart = (term: string): Reading => ({ term, kind: 'compound', weight: COMPOUND_WEIGHT });
