import type { Language } from '../knowledge/knowledge.ts';
import { type LanguageModel, languageOf } from './language.ts';
import { type Clause, type Evidence, evidenceOf, type Model, sharesOf } from './model.ts';
import { type ClauseText, fold, type SentenceText, sentencesOf, stripMarkup } from './text.ts';
import { AUDIENCES, type Audience, audienceClauses, followUpClauses, type Labels } from './training-data.ts';
import type { ReadWord, Vocabulary } from './vocabulary.ts';

/** What was learned from a knowledge. */
export interface Models {
  readonly vocabulary: Vocabulary;
  readonly labels: Labels;
  readonly topics: Model;
  readonly audiences: Model;
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
  readonly text: string;
  /** Does it end with a question mark or begin with a question word? */
  readonly asks: boolean;
  readonly words: readonly ReadWord[];
  readonly scores: Scores;
}

/** Everything that is known about a message, computed once. */
export interface Reading {
  readonly text: string;
  /** `undefined` where nothing in the text tells. */
  readonly language: Language | undefined;
  /** Is it written in a language that the bot does not speak? */
  readonly isForeign: boolean;
  readonly words: readonly ReadWord[];
  readonly parts: readonly Part[];
  /** For the whole message. */
  readonly scores: Scores;
  /** What the scores are made of, to be added to. */
  readonly evidence: Evidence;
  /** Whom the message is for, by how probable each is. */
  readonly audience: Readonly<Record<Audience, number>>;
}

/** How much a sentence counts beside one that tells something: what asks says what is asked. */
const WEIGHT_OF_QUESTION = 3;
const WEIGHT_OF_QUESTION_WORD = 1.5;
/** A message with more unknown words than this is not asking: the rest is not looked up. */
const MAX_LOOKUPS = 8;
/** From so many words on, a message of which hardly any is known is in another language. */
const MIN_FOREIGN_WORDS = 3;
const MAX_KNOWN_OF_FOREIGN = 0.34;

interface ReadClause extends ClauseText {
  readonly words: Clause;
  readonly evidence: Evidence;
}

/** Reads a message. Nothing else looks at its text. */
export function read(text: string, models: Models): Reading {
  const { vocabulary, topics, audiences, languages, labels } = models;
  const lookups = { left: MAX_LOOKUPS };
  const sentences = sentencesOf(stripMarkup(text)).map((sentence) => ({
    ...sentence,
    clauses: sentence.clauses.map((clause): ReadClause => {
      const words = vocabulary.read(clause.tokens, lookups);
      return { ...clause, words, evidence: evidenceOf(words, topics) };
    }),
  }));
  const evidence = sumOf(
    labels.count,
    sentences.flatMap((sentence) => asked(sentence).map(({ evidence }) => ({ evidence, weight: weightOf(sentence) }))),
  );
  const shares = sharesOf(
    sumOf(
      AUDIENCES.length,
      audienceClauses(
        text,
        sentences.map(({ hasQuestionMark, clauses }) => ({
          hasQuestionMark,
          clauses: clauses.map(({ words }) => words),
        })),
      ).map((clause) => ({ evidence: evidenceOf(clause, audiences), weight: 1 })),
    ),
  );
  const words = sentences.flatMap(({ clauses }) => clauses.flatMap((clause) => clause.words));
  const scores = scoresFrom(evidence, models);
  const groups = sentences.flatMap(groupsOf);
  return {
    text,
    // Names are the same in every language.
    language: languageOf(
      words.filter(({ name }) => name === undefined).map(({ typed }) => fold(typed)),
      languages,
    ),
    isForeign: isForeign(words),
    words,
    // The only part of a message has the scores of the whole.
    parts: groups.map((group) => partOf(group, models, groups.length === 1 ? scores : undefined)),
    scores,
    evidence,
    audience: { channel: shares[0] ?? 0, someone: shares[1] ?? 0, nobody: shares[2] ?? 0 },
  };
}

/** What neither model rules out: a topic that one of them has never met in such words. */
const MIN_SHARE = 1e-4;

/**
 * The scores of a message after answers on these topics: the geometric mean of what it asks for by itself and as a follow-up. Whether it asks
 * anything is told by the message itself.
 */
export function scoresAfter(previous: readonly string[], { scores, parts }: Reading, models: Models): Scores {
  const clauses = parts.map(({ words }) => words);
  const asFollowUp = previous.map((topic) => {
    const evidence = followUpClauses(topic, clauses).map((clause) => evidenceOf(clause, models.followUps));
    return sharesOf(
      sumOf(
        models.followUps.labels,
        evidence.map((one) => ({ evidence: one, weight: 1 })),
      ),
    );
  });
  const mean = (alone: number, label: number) => {
    const together = asFollowUp.reduce((sum, shares) => sum + (shares[label] ?? 0), 0) / previous.length;
    return Math.sqrt((alone + MIN_SHARE) * (together + MIN_SHARE));
  };
  const topics = scores.topics.map(({ id, share }) => ({ id, share: mean(share, models.labels.topics.indexOf(id)) }));
  const outOfScope = mean(scores.outOfScope, models.labels.outOfScope);
  const scale = (1 - scores.reaction) / topics.reduce((sum, { share }) => sum + share, outOfScope);
  return {
    topics: topics.map(({ id, share }) => ({ id, share: share * scale })).sort((a, b) => b.share - a.share),
    outOfScope: outOfScope * scale,
    reaction: scores.reaction,
  };
}

/** The clauses that the member does not dismiss. */
const asked = ({ clauses }: { readonly clauses: readonly ReadClause[] }) =>
  clauses.filter(({ isDismissed }) => !isDismissed);

function weightOf({ hasQuestionMark, clauses }: SentenceText): number {
  if (hasQuestionMark) return WEIGHT_OF_QUESTION;
  return clauses.some(({ opensQuestion }) => opensQuestion) ? WEIGHT_OF_QUESTION_WORD : 1;
}

/** The clauses of a part. */
interface Group {
  readonly clauses: ReadClause[];
  readonly asks: boolean;
}

/** A sentence in parts: a new one begins where "and" adds a clause. Once a part asks, those after it do. */
function groupsOf(sentence: SentenceText & { readonly clauses: readonly ReadClause[] }): Group[] {
  const groups: Group[] = [];
  let asks = sentence.hasQuestionMark;
  for (const clause of asked(sentence)) {
    asks ||= clause.opensQuestion;
    if (groups.length === 0 || clause.adds || clause.opensQuestion) groups.push({ clauses: [], asks });
    groups.at(-1)?.clauses.push(clause);
  }
  return groups;
}

function partOf({ clauses, asks }: Group, models: Models, known: Scores | undefined): Part {
  const evidence = clauses.map((clause) => ({ evidence: clause.evidence, weight: 1 }));
  return {
    text: clauses.map(({ tokens }) => tokens.map(({ typed }) => typed).join(' ')).join(', '),
    asks,
    words: clauses.flatMap(({ words }) => words),
    scores: known ?? scoresFrom(sumOf(models.labels.count, evidence), models),
  };
}

function sumOf(labels: number, parts: readonly { readonly evidence: Evidence; readonly weight: number }[]): Evidence {
  const scores = new Float64Array(labels);
  let square = 0;
  for (const { evidence, weight } of parts) {
    for (let label = 0; label < labels; label++) {
      scores[label] = (scores[label] as number) + weight * (evidence.scores[label] as number);
    }
    square += weight * weight * evidence.square;
  }
  return { scores, square };
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
