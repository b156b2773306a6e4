import type { Match } from '../engine/read.ts';
import { stripMarkup } from '../engine/text.ts';
import type { Knowledge, Language, Status, Topic } from '../knowledge/knowledge.ts';
import { lessonsOf } from '../matching/lessons.ts';
import { type Learned, learnLessons, type Matcher, matcherOf } from '../matching/matcher.ts';
import { INTERJECT_FROM } from './gates.ts';
import { type LanguageEvidence, type LanguageGuess, languageGuess, learnLanguages } from './language.ts';
import { TEXTS } from './texts.ts';
import { asksAbout, type Understanding, understand, understandWhole } from './understand.ts';

/** A message to be answered, wherever it came from. */
export interface Question {
  readonly text: string;
  /** The question that it goes on from, and is read together with. */
  readonly after?: string | undefined;
  /** The language to fall back on for a text that has none of its own, like "Xiaomi Pay?". */
  readonly locale?: Language | undefined;
}

/** A topic to go on with: its title is the question. */
export interface Suggestion {
  readonly topic: string;
  readonly title: string;
}

interface ReplyBase {
  /** What to show, in `language`. */
  readonly text: string;
  readonly language: Language;
  /** Of the likeliest topic, 0 to 1. */
  readonly confidence: number;
  /** Would this be worth saying to somebody who did not ask the bot? Always false but for an answer. */
  readonly interject: boolean;
}

export interface Answer extends ReplyBase {
  readonly outcome: 'answer';
  readonly topic: string;
  readonly title: string;
  readonly status: Status | undefined;
  /** Word for word from the article. */
  readonly passages: readonly string[];
  /** "Quelle: KKJ", in `language`. */
  readonly source: string;
  /** What to know of the article as a whole, in `language`. */
  readonly note: string | undefined;
  /** Up to three questions to go on with. */
  readonly related: readonly Suggestion[];
}

/** "Did you mean": one to three questions. */
export interface Offer extends ReplyBase {
  readonly outcome: 'suggest';
  readonly suggestions: readonly Suggestion[];
}

/** An honest "I don't know". */
export interface Unknown extends ReplyBase {
  readonly outcome: 'unknown';
}

export type Reply = Answer | Offer | Unknown;

const MAX_RELATED = 3;

/** All that is learned from a knowledge, in plain values that can be kept. */
export interface LearnedKnowledge {
  readonly topics: Learned;
  readonly languages: LanguageEvidence;
}

/** Learns a knowledge, which takes a second for one of thousands of phrasings. The same knowledge gives the same. */
export function learnKnowledge(knowledge: Knowledge): LearnedKnowledge {
  return { topics: learnLessons(lessonsOf(knowledge)), languages: learnLanguages(knowledge) };
}

/** Answers questions from one knowledge base. Immutable: new knowledge makes a new one. */
export class Engine {
  readonly knowledge: Knowledge;
  readonly defaultLanguage: Language;
  readonly #matcher: Matcher;
  readonly #guessLanguage: LanguageGuess;
  readonly #topics: ReadonlyMap<string, Topic>;

  /** @param learned from this very knowledge; learned now, if it is left out */
  constructor(knowledge: Knowledge, defaultLanguage: Language, learned = learnKnowledge(knowledge)) {
    this.knowledge = knowledge;
    this.defaultLanguage = defaultLanguage;
    this.#matcher = matcherOf(learned.topics, knowledge.words);
    this.#guessLanguage = languageGuess(learned.languages);
    this.#topics = new Map(knowledge.topics.map((topic) => [topic.id, topic]));
  }

  /** How a message matches as a whole. */
  match(text: string): Match {
    return this.#matcher.match(text);
  }

  /** How a question is taken, for whoever wants to know why. */
  understand({ text, after }: Question): Understanding {
    const { match } = this.#matcher;
    return after === undefined ? understand(text, match) : understandWhole(`${after}\n${text}`, match);
  }

  /** Does a message ask something, about the topic that it is taken for? */
  asks(text: string, understood: Understanding): boolean {
    return asksAbout(understood, text, this.#matcher.match);
  }

  /** The language a text is written in; `undefined` where it could be either. */
  languageOf(text: string): Language | undefined {
    return this.#guessLanguage(stripMarkup(text));
  }

  /** Every addressed question gets a reply; an overheard one only if `interject` is set. */
  reply(question: Question): Reply {
    const { text, locale } = question;
    const understood = this.understand(question);
    const { verdict, words } = understood;
    const language = this.languageOf(text) ?? locale ?? this.defaultLanguage;
    switch (verdict.outcome) {
      case 'answer': {
        const interject =
          verdict.confidence >= INTERJECT_FROM &&
          this.#topics.get(verdict.topic)?.smallTalk === false &&
          words.some(({ subject }) => subject) &&
          this.asks(text, understood);
        return this.answerOn(verdict.topic, language, { confidence: verdict.confidence, interject });
      }
      case 'suggest':
        return {
          outcome: 'suggest',
          text: TEXTS[language].didYouMean,
          language,
          confidence: verdict.confidence,
          interject: false,
          suggestions: this.#suggestions(verdict.topics, language),
        };
      case 'unknown':
        return {
          outcome: 'unknown',
          text: TEXTS[language].unknown(this.subject),
          language,
          confidence: verdict.confidence,
          interject: false,
        };
    }
  }

  /**
   * What is worth saying to somebody who did not ask the bot; `undefined` nearly always, and then found out with little work:
   * who overhears, overhears much.
   */
  overhear(question: Question): Reply | undefined {
    if (!this.#matcher.read(question.text).some(({ subject }) => subject)) return undefined;
    const reply = this.reply(question);
    return reply.interject ? reply : undefined;
  }

  /**
   * The answer on a topic that was chosen, not guessed.
   *
   * @throws {RangeError} where there is no such topic
   */
  answerOn(
    topicId: string,
    language: Language,
    { confidence = 1, interject = false }: Partial<Pick<Answer, 'confidence' | 'interject'>> = {},
  ): Answer {
    const topic = this.#topics.get(topicId);
    if (!topic) throw new RangeError(`There is no topic "${topicId}".`);
    const { article } = this.knowledge;
    return {
      outcome: 'answer',
      text: topic[language].answer,
      language,
      confidence,
      interject,
      topic: topic.id,
      title: topic[language].title,
      status: topic.status,
      passages: topic.passages,
      source: TEXTS[language].source(article.source),
      note: article.note?.[language],
      related: this.#suggestions(topic.related.slice(0, MAX_RELATED), language),
    };
  }

  /** What the knowledge is about, by name. */
  get subject(): string {
    const { names } = this.knowledge.words;
    return (names.find(({ subject }) => subject) ?? names[0])?.name ?? this.knowledge.article.source;
  }

  #suggestions(ids: readonly string[], language: Language): Suggestion[] {
    return ids.flatMap((id) => {
      const topic = this.#topics.get(id);
      return topic ? [{ topic: id, title: topic[language].title }] : [];
    });
  }
}
