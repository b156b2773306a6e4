import { type ReadWord, type Term, UNKNOWN } from './vocabulary.ts';

/** The words of a part of a sentence, as they are read. */
export type Clause = readonly ReadWord[];

/**
 * A softmax regression over words, word pieces and word pairs, compiled to one row of scores for each of them. Plain
 * values: it can be stored, and sent between threads.
 */
export interface Model {
  readonly labels: number;
  /** The row of each known term, pair and piece. */
  readonly rows: ReadonlyMap<string, number>;
  /** What each says for each label, not yet divided by the length of the message: `scores[row * labels + label]`. */
  readonly scores: Float32Array;
  /** The square of each row's norm: how much of a message it makes up. */
  readonly squaredNorms: Float32Array;
}

/** What a part of a message says for each label. The scores of a message are the sum of those of its clauses. */
export interface Evidence {
  readonly scores: Float64Array;
  /** The square of the norm of what was found, known to the model or not. */
  readonly squaredNorm: number;
}

/** Word pieces find inflections and compounds that no list has. Each weighs less than its word: there are many. */
export const PIECE_WEIGHT = 0.3;
const PIECE_LENGTH = 3;
/** The beginning of a word is usually its stem. */
const MAX_BEGINNING = 7;
const PAIR_WEIGHT = 0.6;
/** The value of a word that no text has: it makes all other words of the message count less. */
export const UNKNOWN_VALUE = 12;

const START = '<';
const END = '>';

/** Adds up what the n-grams of clauses say for each label. */
export function evidenceOf(clauses: readonly Clause[], { labels, rows, scores: table, squaredNorms }: Model): Evidence {
  const scores = new Float64Array(labels);
  // There was nothing to learn from.
  if (rows.size === 0) return { scores, squaredNorm: 0 };
  let squaredNorm = 0;
  const add = (feature: string, weight: number): boolean => {
    const row = rows.get(feature);
    if (row === undefined) return false;
    const at = row * labels;
    for (let label = 0; label < labels; label++) {
      scores[label] = (scores[label] as number) + weight * (table[at + label] as number);
    }
    squaredNorm += weight * weight * (squaredNorms[row] as number);
    return true;
  };
  for (const clause of clauses) {
    for (const ngram of ngramsOf(clause)) {
      if (add(ngram.term, ngram.weight) || ngram.kind === 'pair') continue;
      squaredNorm += (ngram.weight * UNKNOWN_VALUE) ** 2;
      for (const piece of piecesOf(ngram)) add(piece, ngram.weight * PIECE_WEIGHT);
    }
  }
  return { scores, squaredNorm };
}

/** What several parts of a message say together, each as if it were said `weight` times. */
export function sumOf(parts: readonly { evidence: Evidence; weight: number }[], labels: number): Evidence {
  const scores = new Float64Array(labels);
  let squaredNorm = 0;
  for (const { evidence, weight } of parts) {
    for (let label = 0; label < labels; label++) {
      scores[label] = (scores[label] as number) + weight * (evidence.scores[label] as number);
    }
    squaredNorm += weight * weight * evidence.squaredNorm;
  }
  return { scores, squaredNorm };
}

/** What scores are divided by, so that long messages and short ones compare. */
export const normOf = (squaredNorm: number) => Math.sqrt(squaredNorm) || 1;

/** The share of each label, adding up to 1. */
export function sharesOf({ scores, squaredNorm }: Evidence): Float64Array {
  const norm = normOf(squaredNorm);
  const shares = scores.map((score) => score / norm);
  softmax(shares);
  return shares;
}

/** Turns scores into shares that add up to 1, in place. */
export function softmax(scores: Float64Array): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > highest) highest = score;
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const share = Math.exp((scores[i] as number) - highest);
    scores[i] = share;
    sum += share;
  }
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] as number) / sum;
}

/** A term of a clause, or a pair of neighbouring ones. */
export interface NGram extends Pick<Term, 'term' | 'weight'> {
  readonly kind: Term['kind'] | 'pair';
}

/** What a clause is recognised by, in order: all terms of its words, and the pairs that the main ones form. */
export function ngramsOf(clause: Clause): NGram[] {
  const ngrams: NGram[] = [];
  let before = START;
  for (const { terms } of clause) {
    ngrams.push(...terms, pairOf(before, terms[0].term));
    before = terms[0].term;
  }
  ngrams.push(pairOf(before, END));
  return ngrams;
}

const pairOf = (one: string, other: string): NGram => ({ term: `${one} ${other}`, kind: 'pair', weight: PAIR_WEIGHT });

/** Every three neighbouring letters of a word, its beginning and end marked: "#^pa", "#pay", "#ay$". */
export function trigramsOf(word: string): string[] {
  const bounded = `^${word}$`;
  return Array.from(word, (_, start) => `#${bounded.slice(start, start + PIECE_LENGTH)}`);
}

/**
 * The pieces of a word, its beginning and end marked: "#^pa", "#pay", "#ay$", and its longer beginnings "#^paym", … Names,
 * groups of synonyms and pairs have no inflections, and so no pieces.
 */
export function piecesOf({ term, kind }: Omit<NGram, 'weight'>): string[] {
  if (kind === 'name' || kind === 'synonym' || kind === 'pair' || term === UNKNOWN) return [];
  const bounded = `^${term}$`;
  const pieces = trigramsOf(term);
  for (let end = PIECE_LENGTH + 1; end <= Math.min(MAX_BEGINNING, bounded.length); end++) {
    pieces.push(`#${bounded.slice(0, end)}`);
  }
  return pieces;
}
