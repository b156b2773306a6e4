import { type Knowledge, type OverheardKind, phrasingsOf } from '../knowledge/knowledge.ts';
import type { Clause } from './model.ts';
import { hasQuotationMarks, mentionsSomeone } from './text.ts';
import type { Example } from './train.ts';
import { marker, readClauses } from './training-data.ts';
import type { ReadSentence, ReadWord, Vocabulary } from './vocabulary.ts';

/** Whom a message is for. A question to the channel is one that the bot may answer unasked. */
export const AUDIENCES = ['channel', 'someone', 'nobody'] as const;
export type Audience = (typeof AUDIENCES)[number];

const AUDIENCE_OF: Readonly<Record<OverheardKind, Audience>> = {
  'asks-channel': 'channel',
  'asks-elsewhere': 'channel',
  'asks-someone': 'someone',
  states: 'nobody',
  jokes: 'nobody',
  'answers-itself': 'nobody',
  quotes: 'nobody',
};

/** The phrasings, questions to the bot, show what questions look like; every eighth is enough for that. */
const EVERY_NTH_PHRASING = 8;

/**
 * The training data on whom a message is for: the overheard messages, and some of the phrasings that name something.
 * Whether a topic answers a question to the channel the topic model decides.
 */
export function audienceExamples(
  { overheard, topics }: Knowledge,
  vocabulary: Vocabulary,
  common: ReadonlySet<string>,
): Example[] {
  const exampleOf = (text: string, audience: Audience): Example => ({
    label: AUDIENCES.indexOf(audience),
    clauses: audienceClauses(text, vocabulary.readMessage(text), common),
  });
  const phrasings = topics.flatMap(phrasingsOf);
  const questions = phrasings
    .filter((_, index) => index % EVERY_NTH_PHRASING === 0)
    .map((text) => exampleOf(text, 'channel'))
    .filter(({ clauses }) => clauses.some((clause) => clause.some(({ name }) => name !== undefined)));
  return [...overheard.map(({ text, kind }) => exampleOf(text, AUDIENCE_OF[kind])), ...questions];
}

/** A word that a smaller share of the voices uses says what a message is about, not whom it is for. */
const MIN_SHARE_OF_VOICES = 0.18;

/** The words that many voices use: "does", "anyone", "oder". */
export function commonWords({ overheard }: Pick<Knowledge, 'overheard'>, vocabulary: Vocabulary): Set<string> {
  const voicesOf = new Map<string, Set<string>>();
  for (const { text, voice } of overheard) {
    for (const { terms } of readClauses(text, vocabulary).flat()) {
      const [{ term }] = terms;
      voicesOf.set(term, (voicesOf.get(term) ?? new Set()).add(voice));
    }
  }
  const minVoices = MIN_SHARE_OF_VOICES * new Set(overheard.map(({ voice }) => voice)).size;
  return new Set([...voicesOf].filter(([, voices]) => voices.size >= minVoices).map(([term]) => term));
}

/** What shows whom a message is for: its words, question marks, mentions and quotation marks; and how it is built. */
export function audienceClauses(
  text: string,
  sentences: readonly ReadSentence[],
  common: ReadonlySet<string>,
): Clause[] {
  const clauses: Clause[] = sentences.flatMap(({ hasQuestionMark, clauses }) =>
    clauses.map(({ words }, index) =>
      hasQuestionMark && index === clauses.length - 1 ? [...words, marker('=?')] : words,
    ),
  );
  if (mentionsSomeone(text)) clauses.unshift([marker('=@')]);
  if (hasQuotationMarks(text)) clauses.push([marker('="')]);
  return [...clauses, ...clauses.map((clause) => frameOf(clause, common))];
}

const FRAME_WEIGHT = 0.6;
const OMITTED = '~…';

/** A clause without what it is about: "does anyone know … subject … ?" Questions are built alike, whatever they ask. */
function frameOf(clause: Clause, common: ReadonlySet<string>): Clause {
  const inFrame = ({ typed, name, terms: [{ term }] }: ReadWord) => {
    if (name !== undefined) return `~=${name}`;
    return typed === '' || common.has(term) ? `~${term}` : OMITTED;
  };
  return clause
    .map(inFrame)
    .filter((term, index, terms) => term !== OMITTED || terms[index - 1] !== OMITTED)
    .map((term) => marker(term, FRAME_WEIGHT));
}
