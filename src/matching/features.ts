import type { FeatureVector } from './learn.ts';
import type { Reading, ReadWord } from './vocabulary.ts';

/** Pieces of words find inflections and compounds that no list has. Each weighs less than its word; there are many. */
const PIECE = 0.4;
const PIECE_LENGTH = 3;
/** What a word begins with is its stem, more often than not. */
const MAX_BEGINNING = 7;
const PAIR = 0.8;
/** A piece or a pair that only one text has teaches nothing; a whole word may. */
const MIN_TEXTS = 2;
/** How much a word that no text has counts against the others. */
const UNKNOWN = 2;

/** The features that a set of texts has, each with its number, and the rarity of each by its number. */
export interface Features {
  readonly words: ReadonlyMap<string, number>;
  readonly pieces: ReadonlyMap<string, number>;
  /** By the first term of a pair, then by the second. */
  readonly pairs: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly rarity: Float32Array;
  readonly rarityOfUnknown: number;
}

/** What can be known of a message by one of its terms, or by two that are neighbours. */
export interface Clue {
  readonly features: readonly number[];
  /** For each of the features, how strongly it has it. */
  readonly values: readonly number[];
  /** Its number among all clues met so far, from 0; `undefined` for a word that no text has. */
  readonly number: number | undefined;
  /** The sum of the squares of its values. */
  readonly known: number;
  /** What it adds to that for being a word that no text has. */
  readonly unknown: number;
  /** The pairs that it is the first of, by the number of the second term. */
  readonly pairs: ReadonlyMap<number, Clue>;
  /** The last message that it was found in, by the count of messages. */
  foundIn: number;
}

/** A clue in a message. */
export interface FoundClue {
  readonly clue: Clue;
  /** How much it counts. */
  readonly weight: number;
  /** The word of the message that it comes from; a pair's first. */
  readonly word: number;
}

/**
 * Finds the features that messages are judged by: whole words in all their readings, pieces of words, pairs of
 * neighbours. Each has a number, and a rarity (IDF): what few texts have says more.
 *
 * @param texts what will be learned from
 */
export function featuresOf(texts: readonly (readonly ReadWord[])[]): Features {
  const counts = countFeatures(texts);
  const rarity: number[] = [];
  const keep = (from: ReadonlyMap<string, number>, least: number) => {
    const kept = new Map<string, number>();
    for (const [feature, count] of from) {
      if (count < least) continue;
      kept.set(feature, rarity.length);
      rarity.push(Math.log(1 + texts.length / count));
    }
    return kept;
  };
  const words = keep(counts.words, 1);
  const pieces = keep(counts.pieces, MIN_TEXTS);
  const pairs = new Map<string, ReadonlyMap<string, number>>();
  for (const [first, seconds] of counts.pairs) {
    const kept = keep(seconds, MIN_TEXTS);
    if (kept.size > 0) pairs.set(first, kept);
  }
  return { words, pieces, pairs, rarity: Float32Array.from(rarity), rarityOfUnknown: Math.log(1 + texts.length) };
}

/** Finds the clues in messages. Those of known terms are remembered: there are only so many. */
export class FeatureSpace {
  readonly #features: Features;
  readonly #numbers: ReadonlyMap<string, number>;
  /** By the number of the term: taken as a whole, or also cut to pieces. */
  readonly #whole: Clue[] = [];
  readonly #cut: Clue[] = [];
  readonly #opening: Clue['pairs'];
  #clues = 0;
  #messages = 0;

  /** @param numbers of the terms, as the vocabulary has them */
  constructor(features: Features, numbers: ReadonlyMap<string, number>) {
    this.#features = features;
    this.#numbers = numbers;
    this.#opening = this.#pairsOf(START);
  }

  /** Every clue once, with the word where it comes first. */
  cluesOf(words: readonly ReadWord[]): FoundClue[] {
    const found: FoundClue[] = [];
    const message = ++this.#messages;
    const add = (clue: Clue, weight: number, word: number) => {
      if (clue.foundIn === message) return;
      clue.foundIn = message;
      found.push({ clue, weight, word });
    };
    let pairs = this.#opening;
    for (let word = 0; word < words.length; word++) {
      const { readings } = words[word] as ReadWord;
      const [main] = readings;
      const pair = pairs.get(main.number ?? UNKNOWN_TERM);
      if (pair) add(pair, PAIR, Math.max(0, word - 1));
      for (let i = 0; i < readings.length; i++) {
        const reading = readings[i] as Reading;
        const clue = this.#clueOf(reading);
        if (i === 0) pairs = clue.pairs;
        add(clue, reading.weight, word);
      }
    }
    const last = words.length > 0 ? pairs.get(END_NUMBER) : undefined;
    if (last) add(last, PAIR, words.length - 1);
    return found;
  }

  /** All that the clues say together, as one vector. */
  vectorOf(clues: readonly FoundClue[]): FeatureVector {
    const { length } = extentOf(clues);
    const values = new Map<number, number>();
    for (const { clue, weight } of clues) {
      for (let i = 0; i < clue.features.length; i++) {
        const feature = clue.features[i] as number;
        values.set(feature, (values.get(feature) ?? 0) + (weight * (clue.values[i] as number)) / length);
      }
    }
    return { features: Int32Array.from(values.keys()), values: Float32Array.from(values.values()) };
  }

  #clueOf(reading: Reading): Clue {
    const { number } = reading;
    if (number === undefined) return this.#makeClueOf(reading);
    const met = isCut(reading) ? this.#cut : this.#whole;
    met[number] ??= this.#makeClueOf(reading);
    return met[number];
  }

  #makeClueOf(reading: Reading): Clue {
    const { term } = reading;
    const { words, pieces, rarityOfUnknown } = this.#features;
    const word = words.get(term);
    const values = new Map<number, number>();
    if (word !== undefined) values.set(word, 1);
    for (const piece of isCut(reading) ? piecesOf(term) : []) {
      const feature = pieces.get(piece);
      if (feature !== undefined) values.set(feature, PIECE);
    }
    const unknown = word === undefined ? UNKNOWN * rarityOfUnknown ** 2 : 0;
    return this.#clue(values, { unknown, lasts: reading.number !== undefined, pairs: this.#pairsOf(term) });
  }

  #pairsOf(first: string): Clue['pairs'] {
    const features = this.#features.pairs.get(first);
    if (!features) return NO_PAIRS;
    const pairs = new Map<number, Clue>();
    for (const [second, feature] of features) {
      const number = second === END ? END_NUMBER : this.#numbers.get(second);
      const values = new Map([[feature, 1]]);
      if (number !== undefined) pairs.set(number, this.#clue(values, { unknown: 0, lasts: true, pairs: NO_PAIRS }));
    }
    return pairs;
  }

  /** @param values by feature, before its rarity */
  #clue(
    values: ReadonlyMap<number, number>,
    { unknown, lasts, pairs }: Pick<Clue, 'unknown' | 'pairs'> & { readonly lasts: boolean },
  ): Clue {
    const { rarity } = this.#features;
    const features = [...values.keys()];
    const weighted = features.map((feature) => (values.get(feature) as number) * (rarity[feature] as number));
    const known = weighted.reduce((sum, value) => sum + value * value, 0);
    return { number: lasts ? this.#clues++ : undefined, features, values: weighted, known, unknown, pairs, foundIn: 0 };
  }
}

/** How much there is in a message. */
export interface Extent {
  /** What nobody has a weight for makes all the rest weigh less: scores are divided by this. */
  readonly length: number;
  /** The part of its weight that lies in known features, 0 to 1. */
  readonly coverage: number;
}

export function extentOf(clues: readonly FoundClue[]): Extent {
  let known = 0;
  let unknown = 0;
  for (const { clue, weight } of clues) {
    known += weight * weight * clue.known;
    unknown += clue.unknown;
  }
  const all = known + unknown;
  return { length: Math.sqrt(all) || 1, coverage: all === 0 ? 0 : known / all };
}

const START = '<';
const END = '>';
/** Where terms have their numbers, the end of a message has this one, and what is no term this. */
const END_NUMBER = -1;
const UNKNOWN_TERM = -2;
const NO_PAIRS: Clue['pairs'] = new Map();

/** Is a term cut to pieces? Names and groups of synonyms have no inflections. */
function isCut({ kind }: Reading): boolean {
  return kind !== 'name' && kind !== 'synonym';
}

/** The pieces of a word, its beginning and its end marked: "^pa", "pay", "ay$", and its longer beginnings "^paym", … */
function piecesOf(term: string): string[] {
  const bounded = `^${term}$`;
  const pieces: string[] = [];
  for (let end = PIECE_LENGTH; end <= bounded.length; end++) pieces.push(bounded.slice(end - PIECE_LENGTH, end));
  for (let end = PIECE_LENGTH + 1; end <= Math.min(MAX_BEGINNING, bounded.length); end++)
    pieces.push(bounded.slice(0, end));
  return pieces;
}

/** In how many texts each feature occurs; for pieces, in how many texts the words that have them occur. */
function countFeatures(texts: readonly (readonly ReadWord[])[]) {
  const words = new Map<string, number>();
  const pairs = new Map<string, Map<string, number>>();
  const pieces = new Map<string, number>();
  const cut = new Set<string>();
  const increase = (counts: Map<string, number>, feature: string, by = 1) => {
    counts.set(feature, (counts.get(feature) ?? 0) + by);
  };
  const increasePair = (first: string, second: string) => {
    const seconds = pairs.get(first);
    if (seconds) increase(seconds, second);
    else pairs.set(first, new Map([[second, 1]]));
  };
  for (const text of texts) {
    const terms = new Set<string>();
    let before = START;
    for (const { readings } of text) {
      for (const reading of readings) {
        terms.add(reading.term);
        if (isCut(reading)) cut.add(reading.term);
      }
      increasePair(before, readings[0].term);
      before = readings[0].term;
    }
    increasePair(before, END);
    for (const term of terms) increase(words, term);
  }
  for (const term of cut) for (const piece of piecesOf(term)) increase(pieces, piece, words.get(term));
  return { words, pieces, pairs };
}
