import type { Language } from '../knowledge/knowledge.ts';
import { type Audience, audienceClauses } from './audience.ts';
import { type LanguageModel, languageOf } from './language.ts';
import { type Evidence, evidenceOf, type Model, normOf, sharesOf, sumOf } from './model.ts';
import { wordSet } from './text.ts';
import { followUpClauses, followUpLabelsOf, type Labels } from './training-data.ts';
import type { ReadClause, ReadSentence, ReadWord, Vocabulary } from './vocabulary.ts';

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

/** How probable each topic is, adding up to 1 with the other two. */
export interface Scores {
  /** All topics, the likeliest first. */
  readonly topics: readonly { readonly id: string; readonly share: number }[];
  readonly outOfScope: number;
  /** That nothing is asked: "thanks", "ok". */
  readonly reaction: number;
}

/** A sentence, or a part of one that adds a question: "what is it | and how much does it cost". */
export interface Part {
  /** Does it end with a question mark, or open like a question? */
  readonly asks: boolean;
  readonly hasQuestionMark: boolean;
  readonly words: readonly ReadWord[];
  readonly scores: Scores;
}

/** Everything that is known about a message, computed once. */
export interface Reading {
  readonly text: string;
  /** The one that it asks for, or is written in; `undefined` where nothing tells. */
  readonly language: Language | undefined;
  /** Is it written in a language that the bot does not speak? */
  readonly isForeign: boolean;
  readonly words: readonly ReadWord[];
  readonly parts: readonly Part[];
  /** For the whole message. */
  readonly scores: Scores;
  /** The norm of its features, by which the scores of the whole message were divided. */
  readonly norm: number;
  /** Whom the message is for, by how probable each is. Computed when it is used: only unprompted answers depend on it. */
  readonly audience: Readonly<Record<Audience, number>>;
}

/** How much a sentence that asks counts beside one that tells something. */
const WEIGHT_OF_QUESTION = 2;
/** A message of at least this many words, hardly any of them known, is in another language. */
const MIN_FOREIGN_WORDS = 3;
const MAX_KNOWN_OF_FOREIGN = 0.34;
/** A knowledge with fewer words lacks too many of its own languages to tell. */
const MIN_VOCABULARY = 1_000;

/** Reads a message. Nothing else looks at its text. */
export function read(text: string, models: Models): Reading {
  const { vocabulary, languages, topics } = models;
  const sentences = vocabulary.readMessage(text);
  const words = sentences.flatMap(wordsIn).flat();
  const groups = sentences.flatMap(groupsOf).map((group) => {
    const clauses = wordsIn(group);
    return { ...group, words: clauses.flat(), evidence: evidenceOf(clauses, topics) };
  });
  const evidence = sumOf(groups, topics.labels);
  const scores = scoresFrom(evidence, models);
  return {
    text,
    language: languageFor(words, languages),
    isForeign: vocabulary.size >= MIN_VOCABULARY && isForeign(words),
    words,
    parts: groups.map((group) => ({
      asks: group.asks,
      hasQuestionMark: group.hasQuestionMark,
      words: group.words,
      scores: scoresFrom(group.evidence, models),
    })),
    scores,
    norm: normOf(evidence.squaredNorm),
    get audience() {
      const clauses = audienceClauses(text, sentences, models.common);
      const [channel = 0, someone = 0, nobody = 0] = sharesOf(evidenceOf(clauses, models.audiences));
      return { channel, someone, nobody };
    },
  };
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

const wordsIn = ({ clauses }: Pick<ReadSentence, 'clauses'>) => clauses.map(({ words }) => words);

/** Keeps a topic possible that one of the two models has never met in such words. */
const MIN_SHARE = 1e-4;

/**
 * The scores of a message after answers on these topics. Either it stays with one of them ("is that certain?"), or it
 * asks for what is likely both by itself and as a follow-up: the geometric mean. Whether it asks anything depends on
 * the message alone.
 */
export function scoresAfter(previous: readonly string[], { scores, parts }: Reading, models: Models): Scores {
  const { labels, followUps } = models;
  const clauses = parts.map(({ words }) => words);
  const asFollowUps = previous.map((topic) => sharesOf(evidenceOf(followUpClauses(topic, clauses), followUps)));
  const { sameTopic } = followUpLabelsOf(labels);
  const stays = asFollowUps.map((shares) => (shares[sameTopic] ?? 0) / previous.length);
  const changes = 1 - stays.reduce((sum, share) => sum + share, 0);
  const mean = (alone: number, label: number) => {
    const together = asFollowUps.reduce((sum, shares) => sum + (shares[label] ?? 0), 0) / previous.length;
    return Math.sqrt((alone + MIN_SHARE) * (together + MIN_SHARE));
  };
  const means = scores.topics.map(({ id, share }) => ({ id, share: mean(share, labels.topics.indexOf(id)) }));
  const outOfScope = mean(scores.outOfScope, labels.outOfScope);
  const asks = 1 - scores.reaction;
  const scale = (asks * changes) / means.reduce((sum, { share }) => sum + share, outOfScope);
  const topics = means
    .map(({ id, share }) => ({ id, share: share * scale + asks * (stays[previous.indexOf(id)] ?? 0) }))
    .sort((a, b) => b.share - a.share);
  return { topics, outOfScope: outOfScope * scale, reaction: scores.reaction };
}

/** The clauses of a part, and how much it counts beside others. */
interface Group {
  readonly clauses: ReadClause[];
  readonly asks: boolean;
  readonly hasQuestionMark: boolean;
  readonly weight: number;
}

/**
 * A sentence in parts, each begun by "and" or a question word, less what is dismissed. After one that asks, all do. What
 * stands before a question is none: "Hello, what does it cost?", "Apple Pay: since when?"
 */
function groupsOf({ hasQuestionMark, clauses }: ReadSentence): Group[] {
  const weight = hasQuestionMark || clauses.some(({ opensQuestion }) => opensQuestion) ? WEIGHT_OF_QUESTION : 1;
  const groups: Group[] = [];
  // The question mark belongs to the question, and so to what stands before it only if nothing opens one later.
  const opening = clauses.findIndex(({ opensQuestion, adds }) => opensQuestion && !adds);
  let asks = hasQuestionMark && opening < 1;
  for (const clause of clauses.filter(({ isDismissed }) => !isDismissed)) {
    asks ||= clause.opensQuestion;
    if (groups.length === 0 || clause.adds || clause.opensQuestion)
      groups.push({ clauses: [], asks, hasQuestionMark, weight });
    groups.at(-1)?.clauses.push(clause);
  }
  return groups;
}

function scoresFrom(evidence: Evidence, { labels }: Pick<Models, 'labels'>): Scores {
  const shares = sharesOf(evidence);
  return {
    topics: labels.topics.map((id, label) => ({ id, share: shares[label] ?? 0 })).sort((a, b) => b.share - a.share),
    outOfScope: shares[labels.outOfScope] ?? 0,
    reaction: shares[labels.reaction] ?? 0,
  };
}

function isForeign(words: readonly ReadWord[]): boolean {
  const own = words.filter(({ name }) => name === undefined);
  const known = own.filter(({ terms: [{ kind }] }) => kind !== 'unknown' && kind !== 'typo').length;
  return own.length >= MIN_FOREIGN_WORDS && known <= MAX_KNOWN_OF_FOREIGN * own.length;
}
