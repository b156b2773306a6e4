import type { WordLists } from '../knowledge/knowledge.ts';
import { FeatureSpace, type Features, featuresOf } from './features.ts';
import { type Example, type LearningSettings, learn, type Weights } from './learn.ts';
import { type Match, Ranking } from './ranking.ts';
import { wordsOfMessage } from './text.ts';
import { type ReadWord, Vocabulary } from './vocabulary.ts';

/** What a matcher learns from. */
export interface Lessons {
  readonly topics: readonly { readonly id: string; readonly phrasings: readonly string[] }[];
  /** Messages that belong to no topic: they teach what to refuse. May be empty. */
  readonly elsewhere: readonly string[];
  readonly words: WordLists;
}

export interface Matcher {
  match(message: string): Match;
  /** What the words of a message are taken for: the smaller part of the work. */
  read(message: string): readonly ReadWord[];
}

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
  const space = new FeatureSpace(features, vocabulary.numbers);
  const examples = texts.map(({ text, label }, i): Example => {
    return { vector: space.vectorOf(space.cluesOf(read[i] ?? [])), label, key: keyOf(text) };
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
  const space = new FeatureSpace(features, vocabulary.numbers);
  const ranking = new Ranking(topics, weights);
  const read = (message: string) => vocabulary.read(wordsOfMessage(message));
  return {
    read,
    match: (message) => {
      const words = read(message);
      return ranking.rank(words, space.cluesOf(words));
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
