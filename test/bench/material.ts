import { fileURLToPath } from 'node:url';
import { openKnowledge } from '../../src/operation/open-engine.ts';
import type { Labelled } from '../../src/evaluation/figures.ts';
import { readOwnSet } from '../../src/evaluation/own-set.ts';
import { readLabelled } from '../../src/evaluation/read.ts';
import { LANGUAGES, type Language, type WordLists } from '../../src/knowledge/knowledge.ts';
import { NO_WORDS } from './engines/contestants.ts';
import { type Example, OUT_OF_SCOPE } from './engines/engine.ts';
import { shuffled } from './random.ts';

/** A question with the topics that are right for it; none where it is out of scope. */
export interface Question extends Labelled {
  readonly language: Language | undefined;
}

/** What the engines learn from, and what they are asked. */
export interface Material {
  readonly name: string;
  readonly examples: readonly Example[];
  /** In an order that favours nothing, so that the first few stand for all. */
  readonly questions: readonly Question[];
  readonly words: WordLists;
}

const KNOWLEDGE = fileURLToPath(new URL('../../knowledge', import.meta.url));
const SEED = 1;

/**
 * The knowledge that comes with the bot, and the project's evaluation set without what is only said, not asked.
 *
 * @throws {ExpectedError} where one of them cannot be read
 */
export function shipped(): Material {
  const { topics, elsewhere, words } = openKnowledge(KNOWLEDGE);
  const examples = LANGUAGES.flatMap((language): Example[] => [
    ...topics.flatMap((topic) =>
      [topic[language].title, ...topic[language].phrasings].map((text) => ({ text, label: topic.id, language })),
    ),
    ...elsewhere[language].map((text) => ({ text, label: OUT_OF_SCOPE, language })),
  ]);
  const questions = readOwnSet()
    .filter(({ kind }) => kind !== 'chatter')
    .map(({ text, topics, lang }) => ({ text, topics, language: lang === 'mixed' ? undefined : lang }));
  return { name: 'the shipped knowledge', examples, questions: shuffled(questions, SEED), words };
}

/**
 * Two files in the form that `npm run eval` reads: `text<TAB>topic` a line.
 *
 * @throws {ExpectedError} where one cannot be read
 */
export function fromFiles(name: string, train: string, test: string, language: Language): Material {
  const examples = readLabelled(train).map(({ text, topics: [topic] }) => ({
    text,
    label: topic ?? OUT_OF_SCOPE,
    language,
  }));
  const questions = readLabelled(test).map((question) => ({ ...question, language }));
  return { name, examples, questions: shuffled(questions, SEED), words: NO_WORDS };
}

/** A fifth of the examples as questions, the rest to learn from: to choose by, without a look at the questions. */
export function trainingHalves(material: Material): Material {
  const order = shuffled(material.examples, SEED);
  const kept = Math.floor(order.length / 5);
  return {
    ...material,
    examples: order.slice(kept),
    questions: order.slice(0, kept).map(({ text, label, language }) => ({
      text,
      topics: label === OUT_OF_SCOPE ? [] : [label],
      language,
    })),
  };
}
