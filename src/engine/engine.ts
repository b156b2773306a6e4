import type { Knowledge, Language } from '../knowledge/knowledge.ts';
import { AUDIENCES, audienceExamples, commonWords } from './audience.ts';
import { type Context, type Decision, decide } from './decide.ts';
import { trainLanguages } from './language.ts';
import { evidenceOf } from './model.ts';
import { type Models, type Reading, read } from './read.ts';
import { answerOn, type Reply, replyTo, subjectOf } from './replies.ts';
import { type Scores, scoresAfter } from './scores.ts';
import { foldedWords, stripMarkup } from './text.ts';
import { train } from './train.ts';
import { followUpExamples, labelsOf, topicExamples, topicTexts } from './training-data.ts';
import { Vocabulary } from './vocabulary.ts';

/** Three labels need fewer and smaller steps than dozens of topics. */
const AUDIENCE_PASSES = 15;
const AUDIENCE_RATE = 1;

/** A longer message is read by itself, not as a follow-up. */
const MAX_WORDS_OF_FOLLOW_UP = 20;
const MAX_COMPARED = 2;

/** What was learned from a knowledge, in plain values: it can be stored, and sent between threads. */
export interface Trained extends Omit<Models, 'vocabulary' | 'labels'> {
  /** All words of the texts that were learned from, folded. */
  readonly words: readonly string[];
}

/** Learns a knowledge; takes up to half a minute. The same knowledge gives the same models. */
export function trainOn(knowledge: Knowledge): Trained {
  const texts = [...topicTexts(knowledge), ...knowledge.overheard].map(({ text }) => text);
  const words = [...new Set(texts.flatMap((text) => foldedWords(stripMarkup(text))))];
  const vocabulary = new Vocabulary(words, knowledge.words);
  const labels = labelsOf(knowledge);
  const common = commonWords(knowledge, vocabulary);
  return {
    words,
    common,
    topics: train(topicExamples(knowledge, vocabulary), labels.count),
    audiences: train(audienceExamples(knowledge, vocabulary, common), AUDIENCES.length, AUDIENCE_PASSES, AUDIENCE_RATE),
    followUps: train(followUpExamples(knowledge, vocabulary), labels.count),
    languages: trainLanguages(knowledge),
  };
}

/** Answers questions from one knowledge. Immutable: changed knowledge makes a new engine. */
export class Engine {
  readonly knowledge: Knowledge;
  readonly defaultLanguage: Language;
  readonly trained: Trained;
  readonly #models: Models;

  /** @param trained on this very knowledge; trained now if left out */
  constructor(knowledge: Knowledge, defaultLanguage: Language, trained: Trained = trainOn(knowledge)) {
    this.knowledge = knowledge;
    this.defaultLanguage = defaultLanguage;
    this.trained = trained;
    this.#models = {
      ...trained,
      vocabulary: new Vocabulary(trained.words, knowledge.words),
      labels: labelsOf(knowledge),
    };
  }

  /** What the knowledge is about, by name. */
  get subject(): string {
    return subjectOf(this.knowledge);
  }

  /** Everything that is known about a message. Called once for each: nothing else looks at the text. */
  read(text: string): Reading {
    return read(text, this.#models);
  }

  /** The scores of a message after answers on these topics. Topics that no longer exist don't count. */
  scores({ words, parts, scores }: Reading, previous: readonly string[] = []): Scores {
    const { labels, followUps } = this.#models;
    const known = previous.filter((id) => labels.topics.includes(id));
    const continues = known.length > 0 && words.length <= MAX_WORDS_OF_FOLLOW_UP && followUps.rows.size > 0;
    const clauses = parts.flatMap((part) => part.clauses);
    return continues ? scoresAfter(known, scores, clauses, followUps, labels) : scores;
  }

  /** What to do about a message; by default, one that begins a conversation with the bot. */
  decide(reading: Reading, context: Partial<Context> = {}): Decision {
    const { trigger = 'addressed', previous = [], offered = [], language = this.defaultLanguage } = context;
    const scores = this.scores(reading, previous);
    return decide(reading, scores, { trigger, previous, offered, language }, this.#models.labels.smallTalk);
  }

  /** What surrounds a message that a member sends after these, which the bot has answered one after the other. */
  contextAfter(messages: readonly string[]): Pick<Context, 'previous' | 'language'> {
    let context: Pick<Context, 'previous' | 'language'> = { previous: [], language: this.defaultLanguage };
    for (const text of messages) {
      const decision = this.decide(this.read(text), context);
      const previous = decision.kind === 'answer' ? decision.topics : context.previous;
      context = { previous, language: decision.language };
    }
    return context;
  }

  /**
   * What a message was understood as, and how much each word spoke for each of the compared topics: the two likeliest
   * by default. Below zero, it spoke against. What was left out, dismissed or a greeting beside a question, says nothing.
   */
  explain(reading: Reading, previous: readonly string[] = [], ids?: readonly string[]) {
    const scores = this.scores(reading, previous);
    const { labels, topics } = this.#models;
    const compared = ids ?? scores.topics.slice(0, MAX_COMPARED).map(({ id }) => id);
    const weights = new Map(reading.parts.flatMap((part) => part.words.map((word) => [word, part.weight])));
    const words = reading.words.map((word) => {
      const weight = weights.get(word) ?? 0;
      const { scores: said } = evidenceOf(weight === 0 ? [] : [[word]], topics);
      const spokeFor = compared.map((id) => (weight * (said[labels.topics.indexOf(id)] ?? 0)) / reading.norm);
      return { typed: word.typed, terms: word.terms, spokeFor };
    });
    return { ...scores, compared, words, audience: reading.audience };
  }

  /** What to say; `undefined` for silence and for what needs a reaction at most. */
  reply(decision: Decision): Reply | undefined {
    return replyTo(decision, this.knowledge);
  }

  /**
   * The answer on topics that were chosen, not guessed.
   *
   * @throws {RangeError} where there is no such topic
   */
  answer(topics: readonly string[], language: Language): Reply {
    return answerOn(topics, language, this.knowledge);
  }
}
