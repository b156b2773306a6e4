import type { WordLists } from '../knowledge/knowledge.ts';
import { type SpellingLookup, spellingLookup } from './spelling.ts';
import { fold, type TypedWord, wordsOf } from './text.ts';
import { type Branch, longestEntry, WordSequences } from './word-sequences.ts';

/** Why a word was taken for something. */
export type ReadingKind = 'known' | 'name' | 'spelling' | 'typo' | 'compound' | 'synonym' | 'unknown';

/** One thing that a typed word is taken for. */
export interface Reading {
  /** A known word, the name of a thing, or `=` and the first word of a group of synonyms. */
  readonly term: string;
  /** The term's number among all that the vocabulary has, from 0; `undefined` for a word that it does not have. */
  readonly number: number | undefined;
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
const MIN_PART = 4;
/** A message with more words than this that nobody knows is no question: its further ones are not looked up. */
const MAX_LOOKUPS = 40;

interface Name {
  readonly term: string;
  readonly subject: boolean;
}

/** How a word is read, whatever stands beside it, and what it may begin. */
interface Entry {
  readonly term: string;
  readonly readings: Readings;
  readonly subject: boolean;
  readonly names: Branch<Name> | undefined;
  readonly expressions: Branch<readonly string[]> | undefined;
  /** Known words that it makes together with the next word, by that word. */
  readonly joined: ReadonlyMap<string, string> | undefined;
}

/** All words that phrasings and word lists use, and how the words of a message are read in their light. */
export class Vocabulary {
  readonly #known = new Set<string>();
  readonly #spellings = new Map<string, string>();
  readonly #names = new Map<string, Name>();
  readonly #longNames = new WordSequences<Name>();
  /** The groups of synonyms that a term belongs to. */
  readonly #concepts = new Map<string, readonly string[]>();
  readonly #expressions = new WordSequences<readonly string[]>();
  readonly #joined: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly #numbers: ReadonlyMap<string, number>;
  /** Of known words, as they are typed, and of names: they are always the same. */
  readonly #entries = new Map<string, Entry>();
  readonly #readingsOfNames = new Map<string, Readings>();
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
    this.#joined = joinedAmong(this.#known);
    this.#numbers = numbered([
      ...this.#known,
      ...Array.from(this.#names.values(), ({ term }) => term),
      ...[...this.#concepts.values()].flat(),
    ]);
    this.#lookUp = spellingLookup(this.#known);
  }

  /** Every word that is known. From them and the same word lists, the same vocabulary is made again. */
  get known(): ReadonlySet<string> {
    return this.#known;
  }

  /** The number of each term. */
  get numbers(): ReadonlyMap<string, number> {
    return this.#numbers;
  }

  /** What each word of a message is taken for; of several that make a name, all together. */
  read(typed: readonly TypedWord[]): ReadWord[] {
    let lookupsLeft = MAX_LOOKUPS;
    const entries = typed.map(
      ({ folded }) => this.#knownEntry(folded) ?? this.#unknownEntry(folded, lookupsLeft-- > 0),
    );
    const words: ReadWord[] = [];
    for (let at = 0; at < entries.length; ) {
      const entry = entries[at] as Entry;
      const name = longestEntry(entry.names, entries, at);
      const length = name?.length ?? 1;
      const readings = name ? this.#readingsOfName(name.value) : entry.readings;
      words.push({
        typed: typedTogether(typed, at, length),
        readings: this.#withNeighbours(readings, entries, at, length),
        subject: name?.value.subject ?? entry.subject,
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
    const joined = words.join('');
    this.#names.set(joined, name);
    this.#known.add(joined);
    if (words.length > 1) this.#longNames.set(words, name);
  }

  #addSynonym(member: string, concept: string): void {
    const words = this.#standardWords(member);
    const name = this.#names.get(words.join(''));
    const term = name?.term ?? words.join(' ');
    const concepts = [...(this.#concepts.get(term) ?? []), concept];
    this.#concepts.set(term, concepts);
    if (!name && words.length > 1) this.#expressions.set(words, concepts);
  }

  #standardWords(written: string): string[] {
    const words = wordsOf(written).map(({ folded }) => this.#spellings.get(folded) ?? folded);
    for (const word of words) this.#known.add(word);
    return words;
  }

  #knownEntry(folded: string): Entry | undefined {
    const met = this.#entries.get(folded);
    if (met) return met;
    const standard = this.#spellings.get(folded);
    if (standard === undefined && !this.#known.has(folded)) return undefined;
    const main = this.#reading(standard ?? folded, standard === undefined ? 'known' : 'spelling', 1);
    const entry = this.#entry(this.#withSynonyms([main, ...this.#compoundReadings(main)]));
    this.#entries.set(folded, entry);
    return entry;
  }

  #unknownEntry(folded: string, mayLookUp: boolean): Entry {
    const unknown: Reading = { term: folded, number: undefined, kind: 'unknown', weight: 1 };
    const parts = this.#compoundReadings(unknown);
    if (parts.length > 0) return this.#entry(this.#withSynonyms([unknown, ...parts]));
    const found = mayLookUp ? this.#lookUp(folded) : [];
    // A far guess says little.
    const [best, ...others] = found.map(({ word, similarity }) => this.#reading(word, 'typo', similarity ** 2));
    return this.#entry(best ? this.#withSynonyms([best, ...others]) : [unknown]);
  }

  /** @param readings the word's own; if it is the name of something, that is what it is read as */
  #entry(readings: Readings): Entry {
    const [{ term }] = readings;
    const name = this.#names.get(term);
    return {
      term,
      readings: name ? this.#readingsOfName(name) : readings,
      subject: name?.subject ?? false,
      names: this.#longNames.from(term),
      expressions: this.#expressions.from(term),
      joined: this.#joined.get(term),
    };
  }

  #readingsOfName({ term }: Name): Readings {
    const met = this.#readingsOfNames.get(term);
    if (met) return met;
    const main = this.#reading(term, 'name', 1);
    const readings = this.#withSynonyms([main, ...this.#compoundReadings(main)]);
    this.#readingsOfNames.set(term, readings);
    return readings;
  }

  #withSynonyms(readings: Readings): Readings {
    const concepts = new Map<string, number>();
    for (const { term, weight } of readings) {
      for (const concept of this.#concepts.get(term) ?? []) {
        concepts.set(concept, Math.max(weight * SYNONYM_WEIGHT, concepts.get(concept) ?? 0));
      }
    }
    return [...readings, ...Array.from(concepts, ([term, weight]) => this.#reading(term, 'synonym', weight))];
  }

  /** Adds what a word means only together with those after it: "finger abdruck", "in talks". */
  #withNeighbours(readings: Readings, entries: readonly Entry[], at: number, length: number): Readings {
    const { joined, expressions } = entries[at] as Entry;
    if (!joined && !expressions) return readings;
    const added: Reading[] = [];
    const next = entries[at + 1]?.term ?? '';
    const together = length === 1 && next.length >= MIN_PART ? joined?.get(next) : undefined;
    if (together !== undefined) {
      added.push(this.#reading(together, 'compound', COMPOUND_WEIGHT));
      added.push(...this.#synonyms(this.#concepts.get(together)));
    }
    added.push(...this.#synonyms(longestEntry(expressions, entries, at)?.value));
    const others = added.filter(({ term }) => !readings.some((reading) => reading.term === term));
    return others.length === 0 ? readings : [...readings, ...others];
  }

  #synonyms(concepts: readonly string[] = []): Reading[] {
    return concepts.map((term) => this.#reading(term, 'synonym', SYNONYM_WEIGHT));
  }

  #reading(term: string, kind: ReadingKind, weight: number): Reading {
    return { term, number: this.#numbers.get(term), kind, weight };
  }

  /** The two known words that a compound joins: "Finger|abdruck", "Zahlung|s|dienst". */
  #compoundReadings({ term }: Reading): Reading[] {
    for (let cut = term.length - MIN_PART; cut >= MIN_PART; cut--) {
      const tail = term.slice(cut);
      if (!this.#known.has(tail)) continue;
      const head = term.slice(0, cut);
      for (const part of [head, head.replace(/s$/, '')]) {
        if (part.length >= MIN_PART && this.#known.has(part))
          return [part, tail].map((word) => this.#reading(word, 'compound', COMPOUND_WEIGHT));
      }
    }
    return [];
  }
}

/** The known words that two words make, the first of them known too: by the first, then by the second. */
function joinedAmong(known: ReadonlySet<string>): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const joined = new Map<string, Map<string, string>>();
  for (const word of known) {
    for (let cut = word.length - MIN_PART; cut > 0; cut--) {
      const first = word.slice(0, cut);
      if (!known.has(first)) continue;
      const seconds = joined.get(first);
      if (seconds) seconds.set(word.slice(cut), word);
      else joined.set(first, new Map([[word.slice(cut), word]]));
    }
  }
  return joined;
}

function numbered(terms: readonly string[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const term of terms) if (!numbers.has(term)) numbers.set(term, numbers.size);
  return numbers;
}

function typedTogether(typed: readonly TypedWord[], at: number, length: number): string {
  if (length === 1) return typed[at]?.typed ?? '';
  return typed
    .slice(at, at + length)
    .map((word) => word.typed)
    .join(' ');
}
