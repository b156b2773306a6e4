import { type Clue, extentOf, type FoundClue } from './features.ts';
import { addScores, toShares, type Weights } from './learn.ts';
import type { ReadWord } from './vocabulary.ts';

export interface RankedTopic {
  readonly id: string;
  /** How often a topic ranked first with this number is the right one: 0.8 means 8 times in 10. */
  readonly confidence: number;
}

/** How a message was understood. */
export interface Match {
  readonly words: readonly ReadWord[];
  /** All topics, the likeliest first. Their confidences and `elsewhere` add up to 1. */
  readonly topics: readonly RankedTopic[];
  /** How sure it is that no topic is meant; 0 where the lessons have no `elsewhere`. */
  readonly elsewhere: number;
  /** The part of the message, by weight, that the lessons know, 0 to 1. */
  readonly coverage: number;
  /** What each of `words` gave to a topic's score; what is below zero spoke against it. */
  contributions(topicId: string): readonly number[];
}

/**
 * The learned shares are too modest, as learning stops early: raised to this power they are confidences. Measured on
 * the evaluation set and on CLINC150 alike.
 */
const SHARPNESS = 1.2;
/** Who names the subject is rarely elsewhere: how much less likely that gets, as a logarithm. */
const NAMING_THE_SUBJECT = 2;

/** Ranks topics by the clues in messages. */
export class Ranking {
  readonly #topics: readonly string[];
  readonly #weights: Weights;
  /** What each clue met so far gives to the score of each label, by the number of the clue. */
  readonly #effects: Float32Array[] = [];
  /** Of the message at hand, by label. */
  readonly #scores: Float64Array;
  /** Of the message at hand: labels of topics, the likeliest first. */
  readonly #order: Int32Array;

  /** @param topics in the order of the labels */
  constructor(topics: readonly string[], weights: Weights) {
    this.#topics = topics;
    this.#weights = weights;
    this.#scores = new Float64Array(weights.biases.length);
    this.#order = new Int32Array(topics.length);
  }

  rank(words: readonly ReadWord[], clues: readonly FoundClue[]): Match {
    const { length, coverage } = extentOf(clues);
    const scores = this.#scores;
    scores.set(this.#weights.biases);
    for (let i = 0; i < clues.length; i++) {
      const { clue, weight } = clues[i] as FoundClue;
      addScaled(this.#effectOf(clue), weight / length, scores);
    }
    const elsewhere = this.#topics.length;
    if (elsewhere < scores.length && namesSubject(words)) {
      scores[elsewhere] = (scores[elsewhere] as number) - NAMING_THE_SUBJECT;
    }
    for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] as number) * SHARPNESS;
    toShares(scores);
    return {
      words,
      topics: this.#likeliestFirst(),
      elsewhere: scores[elsewhere] ?? 0,
      coverage,
      contributions: (topicId) => this.#contributions(this.#topics.indexOf(topicId), words, clues),
    };
  }

  /** What a clue gives to the score of each label, before that is divided by the message's length. */
  #effectOf(clue: Clue): Float32Array {
    const known = clue.number === undefined ? undefined : this.#effects[clue.number];
    if (known) return known;
    const sum = new Float64Array(this.#weights.biases.length);
    addScores(clue, this.#weights.weights, sum);
    const effect = Float32Array.from(sum);
    if (clue.number !== undefined) this.#effects[clue.number] = effect;
    return effect;
  }

  /** Of equally likely ones, the first first. Sorted by insertion: calls of a comparison would take longer. */
  #likeliestFirst(): RankedTopic[] {
    const scores = this.#scores;
    const order = this.#order;
    for (let label = 0; label < order.length; label++) {
      const score = scores[label] as number;
      let at = label;
      for (; at > 0 && (scores[order[at - 1] as number] as number) < score; at--) order[at] = order[at - 1] as number;
      order[at] = label;
    }
    const topics = new Array<RankedTopic>(order.length);
    for (let rank = 0; rank < order.length; rank++) {
      const label = order[rank] as number;
      topics[rank] = { id: this.#topics[label] as string, confidence: scores[label] as number };
    }
    return topics;
  }

  #contributions(label: number, words: readonly ReadWord[], clues: readonly FoundClue[]): number[] {
    const { length } = extentOf(clues);
    const given = new Array<number>(words.length).fill(0);
    for (const { clue, weight, word } of clues) {
      const gives = (this.#effectOf(clue)[label] ?? 0) * (weight / length) * SHARPNESS;
      given[word] = (given[word] ?? 0) + gives;
    }
    return given;
  }
}

function addScaled(effect: Float32Array, scale: number, scores: Float64Array): void {
  const labels = scores.length;
  for (let i = 0; i < labels; i++) scores[i] = (scores[i] as number) + scale * (effect[i] as number);
}

function namesSubject(words: readonly ReadWord[]): boolean {
  for (const { subject } of words) if (subject) return true;
  return false;
}
