import {
  type Clause,
  type Model,
  type NGram,
  ngramsOf,
  PIECE_WEIGHT,
  piecesOf,
  softmax,
  UNKNOWN_VALUE,
} from './model.ts';
import { UNKNOWN } from './vocabulary.ts';

/** A labelled text to learn from. */
export interface Example {
  readonly clauses: readonly Clause[];
  /** An index into the labels. */
  readonly label: number;
}

/** A piece or a pair that occurs in only one text teaches nothing; a whole word may. */
const MIN_TEXTS = 2;

/** A text as numbers: which features it has, and how strongly. */
interface Vector {
  readonly features: Int32Array;
  readonly values: Float32Array;
  readonly label: number;
  /** 32 bits that decide its place in each pass. */
  readonly key: number;
}

/** Correcting smaller errors makes no visible difference. */
const MIN_ERROR = 0.01;
/** An example whose label gets this share sits out the next pass. */
const LEARNED = 0.9;
/** The share of its features that an example lacks from the second pass on. */
const DROPOUT = 0.3;

/** Each run takes the examples in another order and ends a little differently. Their average is right more often. */
const RUNS = 2;

/**
 * Trains a model by stochastic gradient descent: each example in turn raises the weights of its features for the right
 * label and lowers them for each rival, by as much as that rival was believed. From the second pass on some of the
 * features are left out, so that a label has to be recognised by many of them (dropout, Wager, Wang and Liang 2013,
 * https://arxiv.org/abs/1307.1493). What looks random depends on the examples alone: the same examples give the same
 * model.
 *
 * @param labels how many there are
 * @param rate the size of a step in the first pass; it falls to zero in a straight line
 */
export function train(
  examples: readonly Example[],
  labels: number,
  passes = passesFor(examples.length),
  rate = rateFor(examples.length),
): Model {
  const table = tableOf(examples);
  const vectors = vectorsOf(table);
  const average = new Float32Array(table.size * labels);
  for (let run = 0; run < RUNS; run++) {
    const weights = descend(vectors, table.size, labels, passes, rate, run);
    for (let at = 0; at < average.length; at++) average[at] = (average[at] as number) + (weights[at] as number) / RUNS;
  }
  return compiled(table.entries, average, labels);
}

/** The weights after one run through the examples. */
function descend(
  vectors: readonly Vector[],
  size: number,
  labels: number,
  passes: number,
  rate: number,
  run: number,
): Float32Array {
  const weights = new Float32Array(size * labels);
  const errors = new Float64Array(labels);
  const isLearned = new Uint8Array(vectors.length);
  const longest = Math.max(0, ...vectors.map((vector) => vector.features.length));
  const kept = { features: new Int32Array(longest), values: new Float32Array(longest) };
  for (let pass = 0; pass < passes; pass++) {
    const step = rate * (1 - pass / passes);
    const order = run * passes + pass;
    for (const index of shuffled(vectors, order)) {
      if (isLearned[index] === 1) {
        isLearned[index] = 0;
        continue;
      }
      const vector = vectors[index] as Vector;
      const count = pass === 0 ? vector.features.length : dropFeatures(vector, order, kept);
      const { features: present, values } = pass === 0 ? vector : kept;
      errors.fill(0);
      for (let i = 0; i < count; i++) {
        const at = (present[i] as number) * labels;
        const value = values[i] as number;
        for (let label = 0; label < labels; label++) {
          errors[label] = (errors[label] as number) + value * (weights[at + label] as number);
        }
      }
      softmax(errors);
      if ((errors[vector.label] as number) > LEARNED) isLearned[index] = 1;
      errors[vector.label] = (errors[vector.label] as number) - 1;
      for (let label = 0; label < labels; label++) {
        const error = errors[label] as number;
        if (Math.abs(error) < MIN_ERROR) continue;
        for (let i = 0; i < count; i++) {
          const at = (present[i] as number) * labels + label;
          weights[at] = (weights[at] as number) - step * error * (values[i] as number);
        }
      }
    }
  }
  return weights;
}

/** Few examples need more and larger steps to teach enough. */
const passesFor = (examples: number) => Math.min(30, Math.max(5, Math.round(30_000 / examples)));
const rateFor = (examples: number) => Math.min(8, Math.max(4, 20_000 / examples));

/** A term, a pair or a piece: the features that it is made of, by their numbers, and how strongly it has each. */
interface Components {
  readonly features: number[];
  readonly values: number[];
}

/** A term or a pair, and in how many texts it is. */
interface Counted extends Omit<NGram, 'weight'>, Components {
  texts: number;
}

/** All features of the examples, each with a number and a rarity (IDF): what few texts have says more. */
function tableOf(examples: readonly Example[]) {
  const counted = new Map<string, Counted>();
  const texts = examples.map(({ clauses, label }) => {
    const ngrams = clauses.flatMap(ngramsOf);
    const entries = ngrams.map(({ term, kind }) => {
      const entry = counted.get(term) ?? { term, kind, texts: 0, features: [], values: [] };
      counted.set(term, entry);
      return entry;
    });
    for (const entry of new Set(entries)) entry.texts++;
    const key = hashed(ngrams.map(({ term }) => term).join(' '));
    return { entries, weights: ngrams.map(({ weight }) => weight), label, key };
  });
  const entries = new Map<string, Components>(counted);
  const rarity = (count: number) => Math.log(1 + examples.length / count);
  let size = 0;
  const textsWithPiece = new Map<string, number>();
  for (const entry of counted.values()) {
    for (const piece of piecesOf(entry)) textsWithPiece.set(piece, (textsWithPiece.get(piece) ?? 0) + entry.texts);
    if (entry.kind === 'pair' && entry.texts < MIN_TEXTS) continue;
    entry.features.push(size++);
    entry.values.push(entry.term === UNKNOWN ? UNKNOWN_VALUE : rarity(entry.texts));
  }
  for (const [piece, count] of textsWithPiece) {
    if (count >= MIN_TEXTS) entries.set(piece, { features: [size++], values: [rarity(count)] });
  }
  for (const entry of counted.values()) {
    for (const piece of piecesOf(entry)) {
      const { features, values } = entries.get(piece) ?? { features: [], values: [] };
      entry.features.push(...features);
      entry.values.push(...values.map((value) => value * PIECE_WEIGHT));
    }
  }
  return { entries, texts, size };
}

function vectorsOf({ texts, size }: ReturnType<typeof tableOf>): Vector[] {
  // Of the text at hand, by feature; zero between two texts.
  const sums = new Float64Array(size);
  return texts.map(({ entries, weights, label, key }) => {
    const found: number[] = [];
    let squaredNorm = 0;
    for (const [part, { features, values }] of entries.entries()) {
      for (let i = 0; i < features.length; i++) {
        const feature = features[i] as number;
        const value = (weights[part] as number) * (values[i] as number);
        if (sums[feature] === 0) found.push(feature);
        sums[feature] = (sums[feature] as number) + value;
        squaredNorm += value * value;
      }
    }
    const length = Math.sqrt(squaredNorm) || 1;
    const features = Int32Array.from(found);
    const values = Float32Array.from(found, (feature) => (sums[feature] as number) / length);
    for (const feature of found) sums[feature] = 0;
    return { features, values, label, key };
  });
}

/** One row for each term, with its pieces, for each pair, and for each piece, of which unknown words are made. */
function compiled(entries: ReadonlyMap<string, Components>, weights: Float32Array, labels: number): Model {
  const known = [...entries].filter(([, { features }]) => features.length > 0);
  const rows = new Map(known.map(([name], row) => [name, row]));
  const scores = new Float32Array(rows.size * labels);
  const squaredNorms = new Float32Array(rows.size);
  for (const [row, [, { features, values }]] of known.entries()) {
    for (let i = 0; i < features.length; i++) {
      const value = values[i] as number;
      const from = (features[i] as number) * labels;
      for (let label = 0; label < labels; label++) {
        const at = row * labels + label;
        scores[at] = (scores[at] as number) + value * (weights[from + label] as number);
      }
      squaredNorms[row] = (squaredNorms[row] as number) + value * value;
    }
  }
  return { labels, rows, scores, squaredNorms };
}

/**
 * Keeps some of a vector's features, others in each pass, scaled to its length, which is 1.
 *
 * @param kept where to put them
 * @returns how many there are
 */
function dropFeatures(
  { features, values, key }: Vector,
  pass: number,
  kept: Pick<Vector, 'features' | 'values'>,
): number {
  let count = 0;
  let squaredNorm = 0;
  for (let i = 0; i < features.length; i++) {
    if (mixed(~key + i, pass) < DROPOUT * 2 ** 32) continue;
    const value = values[i] as number;
    kept.features[count] = features[i] as number;
    kept.values[count++] = value;
    squaredNorm += value * value;
  }
  const scale = 1 / (Math.sqrt(squaredNorm) || 1);
  for (let i = 0; i < count; i++) kept.values[i] = (kept.values[i] as number) * scale;
  return count;
}

/** In which order the examples come in a pass. */
function shuffled(vectors: readonly Vector[], pass: number): number[] {
  const turns = vectors.map(({ key }) => mixed(key, pass));
  return Array.from(vectors.keys()).sort((a, b) => (turns[a] as number) - (turns[b] as number) || a - b);
}

/** FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv */
function hashed(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

/** 32 bits unrelated to the key's, different ones in each pass: the finalizer of MurmurHash3. */
function mixed(key: number, pass: number): number {
  let bits = (key + Math.imul(pass + 7, 0x9e3779b9)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
