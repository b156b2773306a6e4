import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { labelsOf, topicTexts } from '../../src/engine/training-data.ts';
import { knowledgeOf, readLabelled } from '../../src/evaluation/labelled.ts';
import { type EvaluationMessage, readSet, type SetName } from '../../src/evaluation/sets.ts';
import { ExpectedError } from '../../src/knowledge/expected-error.ts';
import type { Knowledge, Language } from '../../src/knowledge/knowledge.ts';
import { openKnowledge } from '../../src/operation/open-engine.ts';
import { type Example, OUT_OF_SCOPE, type TrainingData } from './engines/engine.ts';
import { shuffled } from './random.ts';

/** A question, with the topics that are right for it; none if it is out of scope. */
export interface Question {
  readonly text: string;
  readonly topics: readonly string[];
}

/** What engines learn from and are asked. */
export interface Material extends TrainingData {
  readonly name: string;
  /** In a random order, so that the first few stand for all. */
  readonly questions: readonly Question[];
  /** To choose each competitor's threshold by; if there are none, each half of the questions serves the other. */
  readonly tuning: readonly Question[];
}

const KNOWLEDGE = fileURLToPath(new URL('../../knowledge', import.meta.url));
const SEED = 1;

/**
 * The knowledge that comes with the bot, and the questions of its evaluation sets. Competitors get every text that this bot's topic model
 * learns from.
 *
 * @throws {ExpectedError} if the knowledge or a set can't be read
 */
export function shippedMaterial(): Material {
  const knowledge = openKnowledge(KNOWLEDGE);
  const { topics } = labelsOf(knowledge);
  return {
    name: 'the shipped knowledge',
    knowledge,
    examples: topicTexts(knowledge).map(({ text, label }) => ({ text, label: topics[label] ?? OUT_OF_SCOPE })),
    // With its English stemmer, NLP.js handles a little more of the tuning questions.
    language: 'en',
    questions: questionsOf('reported', knowledge),
    tuning: questionsOf('tuning', knowledge),
  };
}

/** Competitors have no notion of a conversation, nor of messages that aren't meant for them. */
const KINDS: readonly EvaluationMessage['kind'][] = ['ask', 'two', 'offtopic'];

function questionsOf(set: SetName, knowledge: Knowledge): Question[] {
  const messages = readSet(set, knowledge);
  if (!messages)
    throw new ExpectedError(`The knowledge has no evaluation/${set}.jsonl; the benchmark asks its questions.`);
  return shuffled(
    messages.filter(({ kind }) => KINDS.includes(kind)),
    SEED,
  );
}

/**
 * A public data set: `<file>-train.tsv` to learn from, and `<file>-test.tsv` or else `<file>-dev.tsv` to ask; `text<TAB>label` a line,
 * `oos` for out of scope.
 *
 * @throws {ExpectedError} if one of them can't be read
 */
export function publicMaterial(folder: string, file: string, name: string, language: Language): Material {
  const training = readLabelled(join(folder, `${file}-train.tsv`));
  const split = existsSync(join(folder, `${file}-test.tsv`)) ? 'test' : 'dev';
  const questions = readLabelled(join(folder, `${file}-${split}.tsv`)).map(({ text, topic }) => ({
    text,
    topics: topic === undefined ? [] : [topic],
  }));
  return {
    name: `${name} (${split})`,
    knowledge: knowledgeOf(training),
    examples: training.map(({ text, topic }): Example => ({ text, label: topic ?? OUT_OF_SCOPE })),
    language,
    questions: shuffled(questions, SEED),
    tuning: [],
  };
}
