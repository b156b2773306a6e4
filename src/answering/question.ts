import { type TypedWord, wordsOf } from '../engine/text.ts';
import type { ReadWord } from '../engine/vocabulary.ts';
import { ANSWERED_BY_ITSELF, ASIDES, ASKING } from './question-phrases.ts';
import {
  ACKNOWLEDGING,
  CONSEQUENCES,
  ENGLISH_VERBS,
  FILLERS,
  GERMAN_VERBS,
  LAST_PREDICATES,
  LAST_QUESTION_WORDS,
  LIKE_VERBS,
  PREPOSITIONS,
  PRONOUNS,
  QUESTION_WORDS,
  SUBJECTS,
  TELLING,
  TOLD_WITH_DOES,
  VERBS_WITH_SUBJECT,
} from './question-words.ts';

const SENTENCE_ENDS = /[.!;\n…–—]+| - /;
const CLAUSE_ENDS = /[,:]+|\b(?:aber|but)\b/i;

/**
 * Does somebody ask something here? A question mark, a question word or a verb before its subject where a clause begins,
 * or a turn of phrase that asks; but for what others are quoted with, exclamations and the like.
 *
 * @param text a message without markup
 * @param words the same message as it was read, its typos mended
 */
export function isQuestion(text: string, words: readonly ReadWord[]): boolean {
  const said = ASIDES.reduce((rest, aside) => rest.replace(aside, ' '), text);
  if (ANSWERED_BY_ITSELF.test(said)) return false;
  if (/[?？؟]/.test(said) || ASKING.test(mended(words)) || ASKING.test(asTyped(words))) return true;
  const names = namesIn(words);
  return said.split(SENTENCE_ENDS).some((sentence) => asks(sentence, names));
}

/** Is it a question word and nothing more, like "why?" or "und wann?": a question about whatever was said before? */
export function isBareQuestion(text: string): boolean {
  const typed = wordsOf(text).map(({ folded }) => folded);
  return (
    typed.some((word) => QUESTION_WORDS.has(word)) &&
    typed.every((word) => QUESTION_WORDS.has(word) || FILLERS.has(word))
  );
}

/** Is it an "ok", a "haha", a "👍" and nothing more? */
export function isAcknowledgement(text: string): boolean {
  if (text.trim() === '' || /[?？؟]/.test(text)) return false;
  return wordsOf(text).every(({ folded }) => ACKNOWLEDGING.has(folded));
}

/** A clause's words, folded. */
type Clause = readonly string[];

/** Does a sentence without a question mark ask something? */
function asks(sentence: string, names: ReadonlySet<string>): boolean {
  const clauses = sentence.split(CLAUSE_ENDS).map(openingOf);
  const [main = [], ...others] = clauses.filter((clause) => clause.length > 0);
  const begins = (clause: Clause) => opensWithQuestionWord(clause, names) || opensWithVerb(clause, names);
  if (isComment(main, names) && others.length > 0) return false;
  if (isSubordinate(main, names) && GERMAN_VERBS.has(others[0]?.[0] ?? '')) return false;
  return (
    (begins(main) && !isCondition(main, others) && !isFreeRelative(main)) ||
    others.some((clause) => begins(clause) && !isSubordinate(clause, names)) ||
    isElliptic(wordsOf(sentence), names)
  );
}

/** The words of a clause from where it matters how it begins. */
function openingOf(clause: string): Clause {
  const typed = wordsOf(clause).map(({ folded }) => folded);
  const start = typed.findIndex((word) => !FILLERS.has(word));
  return start < 0 ? [] : typed.slice(start);
}

/** "Wann kommt …", "bis zu welchem …", "Xiaomi Pay was ist das". */
function opensWithQuestionWord(clause: Clause, names: ReadonlySet<string>): boolean {
  const opening = clause.slice(clause.findIndex((word) => !names.has(word)));
  const [first = ''] = opening;
  const rest = PREPOSITIONS.has(first) ? opening.slice(1) : opening;
  const [second = '', third = ''] = rest;
  return QUESTION_WORDS.has(second) || (rest !== opening && PREPOSITIONS.has(second) && QUESTION_WORDS.has(third));
}

/** "Kostet das was", "fallen bei Xiaomi Pay Gebühren an", "does it work", "do banks support it". */
function opensWithVerb(clause: Clause, names: ReadonlySet<string>): boolean {
  const [first = '', second = '', third = ''] = clause;
  if (clause.some((word) => TELLING.has(word))) return false;
  if (VERBS_WITH_SUBJECT.has(first)) return true;
  if (ENGLISH_VERBS.has(first) || GERMAN_VERBS.has(first)) {
    if (SUBJECTS.has(second) || names.has(second)) return true;
    if (first === 'does' && !TOLD_WITH_DOES.has(second)) return true;
    if ((first === 'do' || first === 'are') && /\p{L}{3}s$/u.test(second)) return true;
  }
  return (
    isLikeVerb(first) && (PRONOUNS.has(second) || names.has(second) || (PREPOSITIONS.has(second) && names.has(third)))
  );
}

function isLikeVerb(word: string): boolean {
  return GERMAN_VERBS.has(word) || (/\p{L}{3}(?:t|en)$/u.test(word) && !LIKE_VERBS.has(word));
}

/** "Kommt es nach Deutschland, bin ich dabei", "when it comes out I'll buy one": it tells what follows. */
function isCondition(clause: Clause, [next = []]: readonly Clause[]): boolean {
  return CONSEQUENCES.has(next[0] ?? '') || (clause[0] === 'when' && clause.includes('ill'));
}

/** "Wer Xiaomi Pay will braucht ein neues Handy": what it is about ends in a verb, and another follows. */
function isFreeRelative(clause: Clause): boolean {
  return (
    QUESTION_WORDS.has(clause[0] ?? '') &&
    clause.slice(2, -2).some((word, i) => isLikeVerb(word) && GERMAN_VERBS.has(clause[i + 3] ?? ''))
  );
}

/** "Wie Lei Jun bestätigte, liefen die Tests gut." */
function isComment([first, second = '']: Clause, names: ReadonlySet<string>): boolean {
  return first === 'wie' && (names.has(second) || SUBJECTS.has(second));
}

/** After a comma, the subject stands before the verb in what is not asked: "mir egal, wann das kommt", "what we know". */
function isSubordinate([first = '', second = '', ...others]: Clause, names: ReadonlySet<string>): boolean {
  if (!QUESTION_WORDS.has(first)) return false;
  return SUBJECTS.has(second) || names.has(second) || GERMAN_VERBS.has(others.at(-1) ?? '');
}

/** "Xiaomi Pay when", "Xiaomi Pay ohne NFC möglich". */
function isElliptic(words: readonly TypedWord[], names: ReadonlySet<string>): boolean {
  const sentence = words.map(({ folded }) => folded);
  const last = sentence.at(sentence.at(-2) === 'oder' ? -2 : -1) ?? '';
  if (!sentence.some((word) => names.has(word))) return false;
  if (LAST_QUESTION_WORDS.has(last)) return sentence.length <= SHORT;
  return LAST_PREDICATES.has(last) && !sentence.some((word) => GERMAN_VERBS.has(word) || ENGLISH_VERBS.has(word));
}

const SHORT = 5;

function namesIn(words: readonly ReadWord[]): ReadonlySet<string> {
  const names = words.filter(({ readings: [{ kind }] }) => kind === 'name');
  return new Set(names.flatMap(({ typed }) => wordsOf(typed).map(({ folded }) => folded)));
}

const asTyped = (words: readonly ReadWord[]) =>
  words.flatMap((word) => wordsOf(word.typed).map(({ folded }) => folded)).join(' ');
const mended = (words: readonly ReadWord[]) => words.map(({ readings }) => readings[0].term).join(' ');
