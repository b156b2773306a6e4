import type { Language } from '../knowledge/knowledge.ts';
import { type Audience, audienceClauses } from './audience.ts';
import { confidenceOf, isClear } from './gates.ts';
import { type LanguageModel, languageOf } from './language.ts';
import { type Clause, type Evidence, evidenceOf, type Model, normOf, sharesOf, sumOf } from './model.ts';
import { type Scores, scoresFrom } from './scores.ts';
import { wordSet } from './text.ts';
import type { Labels } from './training-data.ts';
import { type ReadSentence, type ReadWord, UNKNOWN, type Vocabulary } from './vocabulary.ts';

/** What was learned from a knowledge. */
export interface Models {
  readonly vocabulary: Vocabulary;
  readonly labels: Labels;
  readonly topics: Model;
  readonly audiences: Model;
  /** The words that many members use, whatever they write about. */
  readonly common: ReadonlySet<string>;
  /** What is asked for after an answer: a topic, or nothing that one answers. */
  readonly followUps: Model;
  readonly languages: LanguageModel;
}

/** A sentence, or a part of one that adds a question: "what is it | and how much does it cost". */
export interface Part {
  /** Does it end with a question mark, or open like a question? */
  readonly asks: boolean;
  readonly hasQuestionMark: boolean;
  readonly clauses: readonly Clause[];
  /** Those of the clauses. */
  readonly words: readonly ReadWord[];
  /** How much it counts beside the others. */
  readonly weight: number;
  readonly evidence: Evidence;
  readonly scores: Scores;
  /** In its likeliest topic, were it a message of its own; 0 to 1. */
  readonly confidence: number;
}

/** Everything that is known about a message, computed once. */
export interface Reading {
  readonly text: string;
  /** The language requested, else its own; `undefined` if unclear. */
  readonly language: Language | undefined;
  /** Is it written in a language that the bot does not speak? */
  readonly isForeign: boolean;
  readonly words: readonly ReadWord[];
  /** Without greetings and thanks, if something else is clearly asked. */
  readonly parts: readonly Part[];
  /** A member who says more after a question often answers it. */
  readonly endsWithQuestion: boolean;
  /** For the whole message. */
  readonly scores: Scores;
  /** The norm of its features, by which the scores of the whole message were divided. */
  readonly norm: number;
  /** Whom the message is for, by how probable each is. Computed when it is used: only unprompted answers depend on it. */
  readonly audience: Readonly<Record<Audience, number>>;
}

/** How much a sentence that asks counts beside one that tells something. */
const WEIGHT_OF_QUESTION = 2;
/** What every folded word in Latin letters has. */
const LATIN = /[a-z\d]/;
/** A message of at least this many words, hardly any of them known, is in another language. */
const MIN_FOREIGN_WORDS = 3;
const MAX_KNOWN_OF_FOREIGN = 0.34;
/** A knowledge with fewer words lacks too many of its own languages to tell. */
const MIN_VOCABULARY = 1_000;

/** Reads a message. Nothing else looks at its text. */
export function read(text: string, models: Models): Reading {
  const { vocabulary, languages, topics, labels } = models;
  const sentences = vocabulary.readMessage(text);
  const words = sentences.flatMap(({ clauses }) => clauses.flatMap((clause) => clause.words));
  const allParts = sentences.flatMap(splitAtQuestions).map((part): Part => {
    const words = part.clauses.flat();
    const evidence = evidenceOf(part.clauses, topics);
    const scores = scoresFrom(evidence, labels);
    return { ...part, words, evidence, scores, confidence: confidenceOf(words, scores, [{ scores }]) };
  });
  const parts = withoutSmallTalk(allParts, labels);
  const evidence = sumOf(parts, topics.labels);
  return {
    text,
    language: languageFor(words, languages),
    isForeign: vocabulary.size >= MIN_VOCABULARY && isForeign(words),
    words,
    parts,
    endsWithQuestion: allParts.at(-1)?.asks ?? false,
    scores: (parts.length === 1 && parts[0]?.scores) || scoresFrom(evidence, labels),
    norm: normOf(evidence.squaredNorm),
    get audience() {
      const clauses = audienceClauses(text, sentences, models.common);
      const [channel = 0, someone = 0, nobody = 0] = sharesOf(evidenceOf(clauses, models.audiences));
      return { channel, someone, nobody };
    },
  };
}

/** "Hello! What does it cost? Thanks in advance!" asks only what the question asks. */
function withoutSmallTalk(parts: readonly Part[], labels: Labels): readonly Part[] {
  const isSmallTalk = ({ hasQuestionMark, scores: { topics, reaction } }: Part) => {
    const { id, share } = topics[0] ?? { id: '', share: 0 };
    return labels.smallTalk.has(id) || (reaction > share && !hasQuestionMark);
  };
  const others = parts.filter((part) => !isSmallTalk(part));
  return others.some((part) => isClear(part)) ? others : parts;
}

const LANGUAGE_NAMES: ReadonlyMap<string, Language> = new Map([
  ['german', 'de'],
  ['deutsch', 'de'],
  ['english', 'en'],
  ['englisch', 'en'],
]);
/** What may follow "German" or "English" in a request. Any other word is what it describes: "German shops". */
const AFTER_REQUEST = wordSet('please pls plz bitte thanks thx instead version');
/** Does the name of a language describe the next word? */
const describes = (word: string, next: string | undefined) =>
  (word === 'german' || word === 'english') && next !== undefined && !AFTER_REQUEST.has(next);
/** A longer message that names a language asks for something else. */
const MAX_WORDS_OF_REQUEST = 7;

/** The language to answer in: the one that a message asks for ("in German, please"), or else its own. */
function languageFor(words: readonly ReadWord[], languages: LanguageModel): Language | undefined {
  // Names are the same in every language.
  const own = words.filter(({ name }) => name === undefined).map(({ folded }) => folded);
  const requested = new Set(
    own.flatMap((word, index) => (describes(word, own[index + 1]) ? [] : (LANGUAGE_NAMES.get(word) ?? []))),
  );
  const isRequest = requested.size === 1 && own.length === words.length && words.length <= MAX_WORDS_OF_REQUEST;
  return isRequest ? [...requested][0] : languageOf(own, languages);
}

/**
 * Splits a sentence at each added question, less what is dismissed. Once a part asks, the later ones do, too. What stands
 * before a question is none: "Hello, what does it cost?", "Apple Pay: since when?"
 */
function splitAtQuestions({ hasQuestionMark, clauses }: ReadSentence) {
  const weight = hasQuestionMark || clauses.some(({ opensQuestion }) => opensQuestion) ? WEIGHT_OF_QUESTION : 1;
  const parts: { clauses: Clause[]; asks: boolean; hasQuestionMark: boolean; weight: number }[] = [];
  // The question mark belongs to the question, and so to what stands before it only if nothing opens one later.
  const opening = clauses.findIndex(({ opensQuestion, adds }) => opensQuestion && !adds);
  let asks = hasQuestionMark && opening < 1;
  for (const { words, adds, opensQuestion } of clauses.filter(({ isDismissed }) => !isDismissed)) {
    asks ||= opensQuestion;
    if (parts.length === 0 || adds || opensQuestion) parts.push({ clauses: [], asks, hasQuestionMark, weight });
    parts.at(-1)?.clauses.push(words);
  }
  return parts;
}

function isForeign(words: readonly ReadWord[]): boolean {
  const own = words.filter(({ name }) => name === undefined);
  // A single character may be part of a face: "¯\_(ツ)_/¯".
  const inOtherScript = own.filter(({ folded }) => folded.length > 1 && !LATIN.test(folded)).length;
  if (inOtherScript > own.length / 2) return true;
  const known = own.filter(({ terms }) => !terms.some(({ term }) => term === UNKNOWN)).length;
  return own.length >= MIN_FOREIGN_WORDS && known <= MAX_KNOWN_OF_FOREIGN * own.length;
}
