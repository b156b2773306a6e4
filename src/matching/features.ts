import type { FeatureVector } from './learn.ts';
import type { Reading, ReadWord } from './vocabulary.ts';

/** Pieces of words find inflections and compounds that no list has. Each weighs less than its word; there are many. */
const PIECE = 0.4;
const PIECE_LENGTH = 3;
/** What a word begins with is its stem, more often than not. */
const LONGEST_BEGINNING = 7;
const PAIR = 0.8;
/** A piece or a pair that only one text has teaches nothing; a whole word may. */
const LEAST_TEXTS = 2;
/** How much a word that no text has counts against the others. */
const UNKNOWN = 2;

/** A message as numbers, of length 1: what nobody has a weight for makes all the rest weigh less. */
export interface MessageVector extends FeatureVector {
  /** For each feature the word of the message that it comes from; a pair's first. */
  readonly owners: Int32Array;
  /** The part of the message's weight that lies in known features, 0 to 1. */
  readonly coverage: number;
}

/** The features that a set of texts has, each with its number, and the rarity of each by its number. */
export interface Features {
  readonly words: ReadonlyMap<string, number>;
  readonly pieces: ReadonlyMap<string, number>;
  readonly pairs: ReadonlyMap<string, number>;
  readonly rarity: Float32Array;
  readonly rarityOfUnknown: number;
}

interface TermFeatures {
  /** The number of the feature "this word", or undefined where no text has it. */
  readonly word: number | undefined;
  readonly pieces: readonly number[];
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
  return {
    words: keep(counts.words, 1),
    pieces: keep(counts.pieces, LEAST_TEXTS),
    pairs: keep(counts.pairs, LEAST_TEXTS),
    rarity: Float32Array.from(rarity),
    rarityOfUnknown: Math.log(1 + texts.length),
  };
}

/** Turns messages into numbers. */
export class FeatureSpace {
  readonly #features: Features;
  /** Of the known words met so far. */
  readonly #terms = new Map<string, TermFeatures>();
  /** Of the vector in the making: the strongest value of each feature, and where it came from. */
  readonly #strongest: Float32Array;
  readonly #owners: Int32Array;

  constructor(features: Features) {
    this.#features = features;
    this.#strongest = new Float32Array(features.rarity.length);
    this.#owners = new Int32Array(features.rarity.length);
  }

  vector(words: readonly ReadWord[]): MessageVector {
    const { pairs, rarity } = this.#features;
    const touched: number[] = [];
    const unknown = new Set<string>();
    const add = (feature: number, value: number, owner: number) => {
      const weighted = value * (rarity[feature] as number);
      const before = this.#strongest[feature] as number;
      if (weighted <= before) return;
      if (before === 0) touched.push(feature);
      this.#strongest[feature] = weighted;
      this.#owners[feature] = owner;
    };
    let before = START;
    for (const [index, word] of words.entries()) {
      for (const reading of word.readings) {
        const features = this.#featuresOf(reading.term);
        if (features.word === undefined) unknown.add(reading.term);
        else add(features.word, reading.weight, index);
        if (hasPieces(reading)) for (const piece of features.pieces) add(piece, PIECE * reading.weight, index);
      }
      const [{ term }] = word.readings;
      const pair = pairs.get(`${before} ${term}`);
      if (pair !== undefined) add(pair, PAIR, Math.max(0, index - 1));
      before = term;
    }
    const last = pairs.get(`${before} ${END}`);
    if (last !== undefined && words.length > 0) add(last, PAIR, words.length - 1);
    return this.#collect(touched, unknown.size);
  }

  #collect(touched: readonly number[], unknownWords: number): MessageVector {
    let known = 0;
    for (const feature of touched) known += (this.#strongest[feature] as number) ** 2;
    const all = known + unknownWords * UNKNOWN * this.#features.rarityOfUnknown ** 2;
    const length = Math.sqrt(all) || 1;
    const features = new Int32Array(touched);
    const values = new Float32Array(features.length);
    const owners = new Int32Array(features.length);
    for (let i = 0; i < features.length; i++) {
      const feature = features[i] as number;
      values[i] = (this.#strongest[feature] as number) / length;
      owners[i] = this.#owners[feature] as number;
      this.#strongest[feature] = 0;
    }
    return { features, values, owners, coverage: all === 0 ? 0 : known / all };
  }

  #featuresOf(term: string): TermFeatures {
    const met = this.#terms.get(term);
    if (met) return met;
    const word = this.#features.words.get(term);
    const pieces = piecesOf(term).flatMap((piece) => this.#features.pieces.get(piece) ?? []);
    const features = { word, pieces };
    // Others are as many as there are messages.
    if (word !== undefined) this.#terms.set(term, features);
    return features;
  }
}

const START = '<';
const END = '>';

function hasPieces({ kind }: Reading): boolean {
  return kind !== 'name' && kind !== 'synonym';
}

/** The pieces of a word, its beginning and its end marked: "^pa", "pay", "ay$", and its longer beginnings "^paym", … */
function piecesOf(term: string): string[] {
  const bounded = `^${term}$`;
  const pieces: string[] = [];
  for (let end = PIECE_LENGTH; end <= bounded.length; end++) pieces.push(bounded.slice(end - PIECE_LENGTH, end));
  for (let end = PIECE_LENGTH + 1; end <= Math.min(LONGEST_BEGINNING, bounded.length); end++)
    pieces.push(bounded.slice(0, end));
  return pieces;
}

/** In how many texts each feature occurs; for pieces, in how many texts the words that have them occur. */
function countFeatures(texts: readonly (readonly ReadWord[])[]) {
  const words = new Map<string, number>();
  const pairs = new Map<string, number>();
  const pieces = new Map<string, number>();
  const cut = new Set<string>();
  const increase = (counts: Map<string, number>, feature: string, by = 1) => {
    counts.set(feature, (counts.get(feature) ?? 0) + by);
  };
  for (const text of texts) {
    const terms = new Set<string>();
    let before = START;
    for (const { readings } of text) {
      for (const reading of readings) {
        terms.add(reading.term);
        if (hasPieces(reading)) cut.add(reading.term);
      }
      increase(pairs, `${before} ${readings[0].term}`);
      before = readings[0].term;
    }
    increase(pairs, `${before} ${END}`);
    for (const term of terms) increase(words, term);
  }
  for (const term of cut) for (const piece of piecesOf(term)) increase(pieces, piece, words.get(term));
  return { words, pieces, pairs };
}
