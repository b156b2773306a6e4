import type { WordLists } from '../knowledge/knowledge.ts';
import { FeatureSpace, type Features, featuresOf, type MessageVector } from './features.ts';
import { addScores, type Example, type LearningSettings, learn, toShares, type Weights } from './learn.ts';
import { wordsOfMessage } from './text.ts';
import { type ReadWord, Vocabulary } from './vocabulary.ts';

/** What a matcher learns from. */
export interface Lessons {
  readonly topics: readonly { readonly id: string; readonly phrasings: readonly string[] }[];
  /** Messages that belong to no topic: they teach what to refuse. May be empty. */
  readonly elsewhere: readonly string[];
  readonly words: WordLists;
}

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

export interface Matcher {
  match(message: string): Match;
}

/**
 * The learned shares are too modest, as learning stops early: raised to this power they are confidences. Measured on
 * the evaluation set and on CLINC150 alike.
 */
const SHARPNESS = 1.2;
/** Who names the subject is rarely elsewhere: how much less likely that gets, as a logarithm. */
const NAMING_THE_SUBJECT = 2;

/** From few examples it takes more and larger steps to learn enough. */
function settingsFor(examples: number): LearningSettings {
  return {
    passes: Math.min(30, Math.max(8, Math.round(30_000 / examples))),
    rate: Math.min(8, Math.max(4, 20_000 / examples)),
  };
}

/** What was learned, in plain values: kept anywhere, it makes the same matcher again. */
export interface Learned {
  /** Ids of topics, in the order of the weights' labels; one label more is `elsewhere`, where there is one. */
  readonly topics: readonly string[];
  readonly knownWords: ReadonlySet<string>;
  readonly features: Features;
  readonly weights: Weights;
}

/** Learns all topics at once. The same lessons give the same. */
export function learnLessons({ topics, elsewhere, words }: Lessons): Learned {
  const texts = topics.flatMap(({ phrasings }, label) => phrasings.map((text) => ({ text, label })));
  for (const text of elsewhere) texts.push({ text, label: topics.length });
  const typed = texts.map(({ text }) => wordsOfMessage(text));
  const vocabulary = new Vocabulary(
    typed.flatMap((text) => text.map(({ folded }) => folded)),
    words,
  );
  const read = typed.map((text) => vocabulary.read(text));
  const features = featuresOf(read);
  const space = new FeatureSpace(features);
  const examples = texts.map(({ text, label }, i): Example => {
    return { vector: space.vector(read[i] ?? []), label, key: keyOf(text) };
  });
  const labelCount = topics.length + (elsewhere.length > 0 ? 1 : 0);
  return {
    topics: topics.map(({ id }) => id),
    knownWords: vocabulary.known,
    features,
    weights: learn(examples, features.rarity.length, labelCount, settingsFor(examples.length)),
  };
}

/** @param words the word lists of the lessons that were learned */
export function matcherOf({ topics, knownWords, features, weights }: Learned, words: WordLists): Matcher {
  const vocabulary = new Vocabulary(knownWords, words);
  const space = new FeatureSpace(features);
  return {
    match: (message) => {
      const read = vocabulary.read(wordsOfMessage(message));
      return rank(read, space.vector(read), weights, topics);
    },
  };
}

/** Learns, and is ready to match. */
export function buildMatcher(lessons: Lessons): Matcher {
  return matcherOf(learnLessons(lessons), lessons.words);
}

/** FNV-1a, 32 bits. */
function keyOf(text: string): number {
  let key = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) key = Math.imul(key ^ text.charCodeAt(i), 0x01000193);
  return key;
}

function rank(words: readonly ReadWord[], vector: MessageVector, learned: Weights, labels: readonly string[]): Match {
  const scores = learned.biases.slice();
  addScores(vector, learned.weights, scores);
  const elsewhere = labels.length;
  if (elsewhere < scores.length && words.some(({ subject }) => subject)) {
    scores[elsewhere] = (scores[elsewhere] as number) - NAMING_THE_SUBJECT;
  }
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] as number) * SHARPNESS;
  toShares(scores);
  const topics = ranked(labels, scores);
  return {
    words,
    topics,
    elsewhere: scores[elsewhere] ?? 0,
    coverage: vector.coverage,
    contributions: (topicId) => contributionsOf(words, vector, learned, labels.indexOf(topicId)),
  };
}

/** The likeliest first; of equally likely ones, by id. Sorted by insertion: calls of a comparison would take longer. */
function ranked(labels: readonly string[], scores: Float32Array): RankedTopic[] {
  const topics: RankedTopic[] = [];
  for (let label = 0; label < labels.length; label++) {
    const topic = { id: labels[label] as string, confidence: scores[label] as number };
    let at = label;
    for (; at > 0; at--) {
      const above = topics[at - 1] as RankedTopic;
      if (above.confidence > topic.confidence) break;
      if (above.confidence === topic.confidence && above.id < topic.id) break;
      topics[at] = above;
    }
    topics[at] = topic;
  }
  return topics;
}

function contributionsOf(words: readonly ReadWord[], vector: MessageVector, learned: Weights, label: number): number[] {
  const given = new Array<number>(words.length).fill(0);
  for (const [i, feature] of vector.features.entries()) {
    const word = vector.owners[i] ?? 0;
    const weight = learned.weights[feature * learned.biases.length + label] ?? 0;
    given[word] = (given[word] ?? 0) + (vector.values[i] ?? 0) * weight * SHARPNESS;
  }
  return given;
}
