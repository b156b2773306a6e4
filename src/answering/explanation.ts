import type { RankedTopic } from '../engine/read.ts';
import type { ReadWord } from '../engine/vocabulary.ts';
import type { Language } from '../knowledge/knowledge.ts';
import type { Engine, Question, Reply } from './engine.ts';
import { ANSWER_FROM, INTERJECT_FROM, MIN_COVERAGE, MIN_MARGIN } from './gates.ts';

/** A condition that a message has to meet, by the numbers where it has any. */
export interface Gate {
  readonly passed: boolean;
  /** 0 to 1. */
  readonly value?: number;
  readonly needed?: number;
}

/** The conditions of an answer, in the order in which they are looked at. */
export interface Gates {
  /** So much of the message's weight is known. */
  readonly understood: Gate;
  readonly confident: Gate;
  /** So far is the first topic from the second. */
  readonly clear: Gate;
  /** The first topic's confidence, against that of no topic at all. */
  readonly likelierThanNone: Gate;
}

/** What it takes besides, where nobody asked the bot. */
export interface InterjectionGates {
  readonly asks: Gate;
  readonly namesSubject: Gate;
  readonly veryConfident: Gate;
  /** All gates, and no small talk. */
  readonly all: Gate;
}

/** A word of the message, with what it gave to the score of each of `Explanation.gaveTo`. */
export interface ExplainedWord extends Pick<ReadWord, 'typed' | 'readings'> {
  readonly gave: readonly number[];
}

/** Why a message gets the reply it gets. */
export interface Explanation {
  readonly reply: Reply;
  /** The sentence that the message is taken by, and all below is of; `undefined` where it is the whole. */
  readonly sentence: string | undefined;
  /** Of the text itself; `undefined` where it could be in either. */
  readonly languageOfText: Language | undefined;
  /** The first topics, the likeliest first, whose scores the words are shown for. */
  readonly gaveTo: readonly string[];
  readonly words: readonly ExplainedWord[];
  /** All topics, the likeliest first. */
  readonly topics: readonly RankedTopic[];
  /** How sure it is that no topic is meant. */
  readonly elsewhere: number;
  readonly gates: Gates;
  readonly interjection: InterjectionGates;
}

const MAX_COMPARED = 2;

/** Gathers all that led to the reply to a message: its words, what each was taken for and gave, the topics, the gates. */
export function explanationOf(question: Question, engine: Engine): Explanation {
  const understood = engine.understand(question);
  const { match, sentence, words: all } = understood;
  const reply = engine.reply(question);
  const { words, topics, elsewhere, coverage } = match;
  const gaveTo = words.length === 0 ? [] : topics.slice(0, MAX_COMPARED).map(({ id }) => id);
  const given = gaveTo.map((id) => match.contributions(id));
  const confidence = topics[0]?.confidence ?? 0;
  const margin = confidence - (topics[1]?.confidence ?? 0);
  return {
    reply,
    sentence,
    languageOfText: engine.languageOf(question.text),
    gaveTo,
    words: words.map(({ typed, readings }, index) => ({ typed, readings, gave: given.map((by) => by[index] ?? 0) })),
    topics,
    elsewhere,
    gates: {
      understood: atLeast(coverage, MIN_COVERAGE),
      confident: atLeast(confidence, ANSWER_FROM),
      clear: atLeast(margin, MIN_MARGIN),
      likelierThanNone: { passed: confidence > elsewhere, value: confidence, needed: elsewhere },
    },
    interjection: {
      asks: { passed: engine.asks(question.text, understood) },
      namesSubject: { passed: all.some(({ subject }) => subject) },
      veryConfident: atLeast(confidence, INTERJECT_FROM),
      all: { passed: reply.interject },
    },
  };
}

function atLeast(value: number, needed: number): Gate {
  return { passed: value >= needed, value, needed };
}
