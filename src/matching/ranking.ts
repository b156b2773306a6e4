import { type Clue, extentOf, type FoundClue } from './features.ts';
import { addRow, toShares, type Weights } from './learn.ts';
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
const NAMING_THE_SUBJECT = 3;

/** Ranks topics by the clues in messages. */
export class Ranking {
  readonly #topics: readonly string[];
  readonly #effects: Effects;
  /** Of the message at hand, by label. */
  readonly #scores: Float64Array;
  /** Of the message at hand: labels of topics, the likeliest first. */
  readonly #order: Int32Array;

  /** @param topics in the order of the labels */
  constructor(topics: readonly string[], weights: Weights) {
    this.#topics = topics;
    this.#effects = new Effects(weights);
    this.#scores = new Float64Array(weights.labels);
    this.#order = new Int32Array(topics.length);
  }

  rank(words: readonly ReadWord[], clues: readonly FoundClue[]): Match {
    const { length, coverage } = extentOf(clues);
    const scores = this.#scores;
    scores.fill(0);
    for (let i = 0; i < clues.length; i++) {
      const { clue, weight } = clues[i] as FoundClue;
      this.#effects.add(clue, weight / length, scores);
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
      const scores = new Float64Array(this.#scores.length);
      this.#effects.add(clue, (weight / length) * SHARPNESS, scores);
      given[word] = (given[word] ?? 0) + (scores[label] ?? 0);
    }
    return given;
  }
}

const FIRST_ROOM = 1_024;

/** What clues give to the score of each label, before that is divided by the length of a message. */
class Effects {
  readonly #weights: Float32Array;
  readonly #labels: number;
  /** Label by label, by the number of the clue; not a number where that clue has not been met yet. */
  #effects: Float32Array;

  constructor({ weights, labels }: Weights) {
    this.#weights = weights;
    this.#labels = labels;
    this.#effects = new Float32Array(FIRST_ROOM * this.#labels).fill(Number.NaN);
  }

  /** Adds what a clue gives, times `scale`. */
  add(clue: Clue, scale: number, scores: Float64Array): void {
    if (clue.number === undefined) {
      this.#addFeatures(clue, scale, scores);
      return;
    }
    const at = clue.number * this.#labels;
    if (!(at < this.#effects.length) || Number.isNaN(this.#effects[at])) this.#meet(clue, at);
    addRow(this.#effects, at, scale, scores);
  }

  #meet(clue: Clue, at: number): void {
    while (at + this.#labels > this.#effects.length) {
      const wider = new Float32Array(2 * this.#effects.length).fill(Number.NaN, this.#effects.length);
      wider.set(this.#effects);
      this.#effects = wider;
    }
    const effect = new Float64Array(this.#labels);
    this.#addFeatures(clue, 1, effect);
    this.#effects.set(effect, at);
  }

  #addFeatures({ features, values }: Clue, scale: number, scores: Float64Array): void {
    for (let i = 0; i < features.length; i++) {
      addRow(this.#weights, (features[i] as number) * this.#labels, scale * (values[i] as number), scores);
    }
  }
}

function namesSubject(words: readonly ReadWord[]): boolean {
  for (const { subject } of words) if (subject) return true;
  return false;
}
