import { type Knowledge, phrasingsOf, SAME_TOPIC } from '../knowledge/knowledge.ts';
import type { Clause } from './model.ts';
import { tokensOf } from './text.ts';
import type { Example } from './train.ts';
import type { ReadWord, Vocabulary } from './vocabulary.ts';

/** What messages are labelled with: one label for each topic, and two for what no topic answers. */
export interface Labels {
  /** Ids, in the order of their labels. */
  readonly topics: readonly string[];
  /** Ids of the topics that are only answered when the bot is addressed. */
  readonly smallTalk: ReadonlySet<string>;
  readonly outOfScope: number;
  /** "thanks", "ok": nothing is asked. */
  readonly reaction: number;
  /** In the follow-up model, in place of `reaction`: the topic just answered, whichever that is. */
  readonly sameTopic: number;
  readonly count: number;
}

export function labelsOf({ topics }: Pick<Knowledge, 'topics'>): Labels {
  const count = topics.length;
  return {
    topics: topics.map(({ id }) => id),
    smallTalk: new Set(topics.filter(({ smallTalk }) => smallTalk).map(({ id }) => id)),
    outOfScope: count,
    reaction: count + 1,
    sameTopic: count + 1,
    count: count + 2,
  };
}

/** A text and the label that is right for it. */
interface LabelledText {
  readonly text: string;
  readonly label: number;
}

/** The training data of the topic model: texts that ask for a topic, and messages that no topic answers. */
export function topicTexts(knowledge: Knowledge): LabelledText[] {
  const { topics, outOfScope, reactions, followUps, overheard } = knowledge;
  const labels = labelsOf(knowledge);
  const labelOf = (topic: string) => labels.topics.indexOf(topic);
  return [
    ...topics.flatMap(({ de, en }, label) =>
      [de.title, ...de.phrasings, en.title, ...en.phrasings]
        .filter((text) => text !== '')
        .map((text) => ({ text, label })),
    ),
    ...[...outOfScope.de, ...outOfScope.en].map((text) => ({ text, label: labels.outOfScope })),
    ...[...reactions.de, ...reactions.en].map((text) => ({ text, label: labels.reaction })),
    ...followUps
      .filter(({ asks }) => asks !== SAME_TOPIC)
      .flatMap(({ asks, de, en }) => [...de, ...en].map((text) => ({ text, label: labelOf(asks) }))),
    ...overheard.flatMap(({ text, kind, topic }) => {
      if (kind === 'asks-elsewhere') return [{ text, label: labels.outOfScope }];
      return topic === undefined ? [] : [{ text, label: labelOf(topic) }];
    }),
  ];
}

export function topicExamples(knowledge: Knowledge, vocabulary: Vocabulary): Example[] {
  const examples = topicTexts(knowledge).map(({ text, label }) => ({ label, clauses: readClauses(text, vocabulary) }));
  return [...examples, ...counterExamples(examples, knowledge, vocabulary), ...afterSmallTalk(examples, knowledge)];
}

/** One in this many questions is also learned with small talk or a reaction before it. */
const EVERY_NTH_AFTER_SMALL_TALK = 8;

/** "Hello, just a quick question: what does it cost?" asks what "what does it cost?" asks, whatever the words before it. */
function afterSmallTalk(examples: readonly Example[], { topics }: Knowledge): Example[] {
  const { reaction } = labelsOf({ topics });
  const isSocial = ({ label }: Example) => label === reaction || (topics[label]?.smallTalk ?? false);
  const social = examples.filter(isSocial);
  if (social.length === 0) return [];
  return examples
    .filter((example) => !isSocial(example))
    .filter((_, index) => index % EVERY_NTH_AFTER_SMALL_TALK === 0)
    .map(({ label, clauses }, index) => {
      const before = social[(index * STEP) % social.length]?.clauses ?? [];
      return { label, clauses: [...before, ...clauses] };
    });
}

/** A topic is about other things too if more of its questions than this name one. */
const MAX_SHARE_NAMING_OTHERS = 0.15;
/** A longer question says more than its noun. */
const MAX_WORDS_AROUND_NOUN = 9;
/** A shorter word is rarely a noun. */
const MIN_NOUN_LENGTH = 4;
/** What stands for the subject where a question does not name it. Closed-class. */
const PRONOUNS: ReadonlySet<string> = new Set(['das', 'es', 'dies', 'dieses', 'it', 'that', 'this']);

/**
 * "Is Google Pay safe?" and "Is chocolate safe?" are out of scope, though all but one word is what members ask. For
 * each question about the subject: a copy with another service's name in its place; for each short one, a copy with a
 * word that only occurs out of scope in place of the subject or of the pronoun that stands for it. Not for topics that
 * are about other things themselves.
 */
function counterExamples(examples: readonly Example[], knowledge: Knowledge, vocabulary: Vocabulary): Example[] {
  const { outOfScope } = labelsOf(knowledge);
  const others = knowledge.words.names
    .filter(({ role }) => role === 'other')
    .flatMap(({ name }) => vocabulary.read(tokensOf(name)).slice(0, 1));
  const nouns = wordsOnlyIn(outOfScope, examples);
  let turn = 0;
  const nextNoun = () => nouns[(turn++ * STEP) % nouns.length];
  const questions = Map.groupBy(examples, ({ label }) => label);
  questions.delete(outOfScope);
  return [...questions.values()].flatMap((own) => {
    const namesOthers = own.filter(({ clauses }) => clauses.flat().some(({ name }) => name === 'other'));
    if (namesOthers.length > MAX_SHARE_NAMING_OTHERS * own.length) return [];
    return own.flatMap(({ clauses }, index) => {
      const words = clauses.flat();
      const subject = words.find(({ name }) => name === 'subject');
      const pronoun = words.find(({ terms: [{ term }] }) => PRONOUNS.has(term));
      const isShort = words.length <= MAX_WORDS_AROUND_NOUN;
      return [
        ...substituted(clauses, subject, others[index % others.length]),
        ...(isShort ? substituted(clauses, subject ?? pronoun, nextNoun()) : []),
      ].map((copy): Example => ({ label: outOfScope, clauses: copy }));
    });
  });
}

/** A copy with another word in place of one; none where either is missing. */
function substituted(clauses: readonly Clause[], word?: ReadWord, instead?: ReadWord): Clause[][] {
  if (!word || !instead) return [];
  return [clauses.map((clause) => clause.map((each) => (each === word ? instead : each)))];
}

/** Prime, so that all nouns, or all small talk, have their turn. */
const STEP = 37;

/** The known words of one label's texts that no text of another label has. */
function wordsOnlyIn(label: number, examples: readonly Example[]): ReadWord[] {
  const own = new Map<string, ReadWord>();
  for (const word of examples.filter((example) => example.label === label).flatMap(({ clauses }) => clauses.flat())) {
    const [{ term, kind }] = word.terms;
    if (kind === 'known' && term.length >= MIN_NOUN_LENGTH) own.set(term, word);
  }
  for (const { terms } of examples
    .filter((example) => example.label !== label)
    .flatMap(({ clauses }) => clauses.flat())) {
    own.delete(terms[0].term);
  }
  return [...own.values()];
}

/** A text that makes sense alone means the same after an answer; every fourth is enough to show that. */
const EVERY_NTH_ALONE = 4;

/**
 * The training data on what a message asks for after an answer: each follow-up, with the topic that was answered; and
 * phrasings and texts out of scope, with any. "Is that just a guess?" stays with its topic after every answer, so that
 * has a label of its own.
 */
export function followUpExamples(knowledge: Knowledge, vocabulary: Vocabulary): Example[] {
  const { followUps, topics, outOfScope } = knowledge;
  if (followUps.length === 0) return [];
  const labels = labelsOf(knowledge);
  const phrasings = topics.flatMap((topic, label) => phrasingsOf(topic).map((text) => ({ text, label })));
  const others = [...outOfScope.de, ...outOfScope.en];
  const alone = [...phrasings, ...others.map((text) => ({ text, label: labels.outOfScope }))]
    .filter((_, index) => index % EVERY_NTH_ALONE === 0)
    .map((one, index) => ({ ...one, after: labels.topics[index % labels.topics.length] ?? '' }));
  const continued = followUps.flatMap(({ after, asks, de, en }) =>
    [...de, ...en].map((text) => ({
      after,
      text,
      label: asks === SAME_TOPIC || asks === after ? labels.sameTopic : labels.topics.indexOf(asks),
    })),
  );
  return [...continued, ...alone].map(({ after, text, label }) => ({
    label,
    clauses: followUpClauses(after, readClauses(text, vocabulary)),
  }));
}

/** "And when?" asks for something else after each topic: the topic counts, by itself and together with each word. */
export function followUpClauses(after: string, clauses: readonly Clause[]): Clause[] {
  const together = (word: ReadWord): ReadWord => {
    const term = { term: `=${after} ${word.terms[0].term}`, kind: 'synonym', weight: 1 } as const;
    return { ...word, terms: [...word.terms, term] };
  };
  return [[marker(`=${after}`)], ...clauses.map((clause) => clause.map(together))];
}

export const readClauses = (text: string, vocabulary: Vocabulary): Clause[] =>
  vocabulary.readMessage(text).flatMap(({ clauses }) => clauses.map(({ words }) => words));

/** A feature that is not a word, like a question mark. */
export function marker(term: string, weight = 1): ReadWord {
  return { typed: '', folded: '', terms: [{ term, kind: 'synonym', weight }], name: undefined };
}
