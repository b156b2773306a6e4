import { type Knowledge, LANGUAGES, type NameRole, type OverheardKind } from '../knowledge/knowledge.ts';
import type { Clause, Example } from './model.ts';
import { sentencesOf, stripMarkup, tokensOf } from './text.ts';
import type { ReadWord, Vocabulary } from './vocabulary.ts';

/** Whom a message is for. A question to the channel is one that the bot may answer unasked. */
export const AUDIENCES = ['channel', 'someone', 'nobody'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** The labels of the topic model: one for each topic, and two for what no topic answers. */
export interface Labels {
  /** Ids, in the order of their labels. */
  readonly topics: readonly string[];
  readonly outOfScope: number;
  /** "thanks", "ok": nothing is asked. */
  readonly reaction: number;
  readonly count: number;
}

export function labelsOf({ topics }: Pick<Knowledge, 'topics'>): Labels {
  const count = topics.length;
  return { topics: topics.map(({ id }) => id), outOfScope: count, reaction: count + 1, count: count + 2 };
}

/** A text and the label that is right for it. */
interface LabelledText {
  readonly text: string;
  readonly label: number;
}

/** Everything that teaches topics: titles, phrasings, follow-ups, questions to the channel; and messages that no topic answers. */
export function topicTexts(knowledge: Knowledge): LabelledText[] {
  const { topics, outOfScope, reactions, followUps, overheard } = knowledge;
  const labels = labelsOf(knowledge);
  const labelOf = (topic: string) => labels.topics.indexOf(topic);
  return [
    ...topics.flatMap(({ id, ...texts }) =>
      LANGUAGES.flatMap((language) => [texts[language].title, ...texts[language].phrasings])
        .filter((text) => text !== '')
        .map((text) => ({ text, label: labelOf(id) })),
    ),
    ...LANGUAGES.flatMap((language) => outOfScope[language]).map((text) => ({ text, label: labels.outOfScope })),
    ...LANGUAGES.flatMap((language) => reactions[language]).map((text) => ({ text, label: labels.reaction })),
    ...followUps.flatMap(({ asks, ...texts }) =>
      LANGUAGES.flatMap((language) => texts[language]).map((text) => ({ text, label: labelOf(asks) })),
    ),
    ...overheard.flatMap(({ text, kind, topic }) => {
      if (kind === 'asks-elsewhere') return [{ text, label: labels.outOfScope }];
      return topic === undefined ? [] : [{ text, label: labelOf(topic) }];
    }),
  ];
}

export function topicExamples(knowledge: Knowledge, vocabulary: Vocabulary): Example[] {
  const examples = topicTexts(knowledge).map(({ text, label }) => ({ label, clauses: clausesOf(text, vocabulary) }));
  return [...examples, ...counterExamples(examples, knowledge, vocabulary)];
}

/** A topic is about other things too if more of its questions than this name one. */
const MAX_SHARE_NAMING_OTHERS = 0.15;

/**
 * "Is Google Pay safe?" is out of scope, though all but its name is what our members ask: a copy of each question that names the subject, with
 * another name in its place. Not for topics that are about other things themselves.
 */
function counterExamples(examples: readonly Example[], knowledge: Knowledge, vocabulary: Vocabulary): Example[] {
  const { outOfScope } = labelsOf(knowledge);
  const others = knowledge.words.names
    .filter(({ role }) => role === 'other')
    .flatMap(({ name }) => vocabulary.read(tokensOf(name)).slice(0, 1));
  if (others.length === 0) return [];
  const names = ({ clauses }: Example, role: NameRole) =>
    clauses.some((clause) => clause.some(({ name }) => name === role));
  const questions = Map.groupBy(examples, ({ label }) => label);
  questions.delete(outOfScope);
  return [...questions.values()].flatMap((own) => {
    if (own.filter((example) => names(example, 'other')).length > MAX_SHARE_NAMING_OTHERS * own.length) return [];
    return own
      .filter((example) => names(example, 'subject'))
      .map(({ clauses }, index) => ({
        label: outOfScope,
        clauses: clauses.map((clause) =>
          clause.map((word) => (word.name === 'subject' ? (others[index % others.length] ?? word) : word)),
        ),
      }));
  });
}

/** Of the phrasings, which are put to the bot, so many are enough to teach what a question looks like. */
const EVERY_NTH_PHRASING = 8;

/**
 * What teaches whom a message is for: the overheard messages, and some of the phrasings that name something. Whether a topic answers a question
 * to the channel is for the topic model to say.
 */
export function audienceExamples({ overheard, topics }: Knowledge, vocabulary: Vocabulary): Example[] {
  const exampleOf = (text: string, audience: Audience): Example => ({
    label: AUDIENCES.indexOf(audience),
    clauses: audienceClauses(
      text,
      sentencesOf(stripMarkup(text)).map(({ hasQuestionMark, clauses }) => ({
        hasQuestionMark,
        clauses: clauses.map(({ tokens }) => vocabulary.read(tokens)),
      })),
    ),
  });
  const phrasings = topics.flatMap((topic) => LANGUAGES.flatMap((language) => topic[language].phrasings));
  const questions = phrasings
    .filter((_, index) => index % EVERY_NTH_PHRASING === 0)
    .map((text) => exampleOf(text, 'channel'))
    .filter(({ clauses }) => clauses.some((clause) => clause.some(({ name }) => name !== undefined)));
  return [...overheard.map(({ text, kind }) => exampleOf(text, AUDIENCE_OF[kind])), ...questions];
}

const AUDIENCE_OF: Readonly<Record<OverheardKind, Audience>> = {
  'asks-channel': 'channel',
  'asks-elsewhere': 'channel',
  'asks-someone': 'someone',
  states: 'nobody',
  jokes: 'nobody',
  'answers-itself': 'nobody',
  quotes: 'nobody',
};

/** What teaches which topic a message asks for after an answer: each follow-up, with the topic that was answered. */
export function followUpExamples({ followUps, topics }: Knowledge, vocabulary: Vocabulary): Example[] {
  const ids = topics.map(({ id }) => id);
  return followUps.flatMap(({ after, asks, ...texts }) =>
    LANGUAGES.flatMap((language) => texts[language]).map((text) => ({
      label: ids.indexOf(asks),
      clauses: followUpClauses(after, clausesOf(text, vocabulary)),
    })),
  );
}

/** "And when?" asks for something else after each topic: the topic counts, by itself and together with each word. */
export function followUpClauses(after: string, clauses: readonly Clause[]): Clause[] {
  const together = (word: ReadWord): ReadWord => {
    const term = { term: `=${after} ${word.terms[0].term}`, kind: 'synonym', weight: 1 } as const;
    return { ...word, terms: [...word.terms, term] };
  };
  return [[mark(`=${after}`)], ...clauses.map((clause) => clause.map(together))];
}

function clausesOf(text: string, vocabulary: Vocabulary): Clause[] {
  return sentencesOf(stripMarkup(text)).flatMap(({ clauses }) => clauses.map(({ tokens }) => vocabulary.read(tokens)));
}

const ADDRESSES_SOMEONE = /(?<![\p{L}\p{N}])@[\p{L}\p{N}_.]{2,32}|<@!?\d+>/u;
const QUOTES = /["“”„»«]/;

/** What tells whom a message is for: its words, question marks, mentions and quotation marks. */
export function audienceClauses(
  text: string,
  sentences: readonly { readonly hasQuestionMark: boolean; readonly clauses: readonly Clause[] }[],
): Clause[] {
  const clauses = sentences.flatMap(({ hasQuestionMark, clauses }) =>
    clauses.map((clause, index) =>
      hasQuestionMark && index === clauses.length - 1 ? [...clause, mark('=?')] : clause,
    ),
  );
  if (ADDRESSES_SOMEONE.test(text)) clauses.unshift([mark('=@')]);
  if (QUOTES.test(text)) clauses.push([mark('="')]);
  return clauses;
}

function mark(term: string): ReadWord {
  return { typed: '', terms: [{ term, kind: 'synonym', weight: 1 }], name: undefined };
}
