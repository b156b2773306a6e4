import type { Reading } from '../engine/read.ts';
import { fold, foldedWords, tokensOf } from '../engine/text.ts';
import { Vocabulary } from '../engine/vocabulary.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';

/** The words of the knowledge itself, which say nothing about a person. */
export interface KnownWords {
  /** By the folded word, how the knowledge writes it, in lower case. */
  readonly words: ReadonlyMap<string, string>;
  /** The folded words of names: known only as a part of one. "Max" is a phone after "Xiaomi", and else a person. */
  readonly names: ReadonlySet<string>;
}

/** Stands for one or more words that could tell who asked. */
const HIDDEN = '…';
/** At most 200 UTF-16 units of a text: a longer one is a story, and stories tell of people. */
const WHOLE_WORDS = /^.{0,199}\S(?!\S)/;
/** Phrasings that tell a story contain first names, but seldom the same one in several topics. */
const MIN_TOPICS = 3;

/** The words of titles, answers, word lists, and phrasings of several topics; none with a digit. */
export function knownWords({ topics, words }: Pick<Knowledge, 'topics' | 'words'>): KnownWords {
  const names = new Set(words.names.flatMap(({ name, variants }) => [name, ...variants].flatMap(foldedWords)));
  const known = new Map<string, string>();
  const add = (typed: string) => {
    const folded = fold(typed);
    if (!/\p{N}/u.test(folded) && !known.has(folded)) known.set(folded, typed.toLowerCase().normalize('NFC'));
  };
  // Knows nothing but the names, to find them in a text.
  const vocabulary = new Vocabulary([], words);
  for (const text of topics.flatMap(({ de, en }) => [de.title, de.answer, en.title, en.answer])) {
    for (const { typed, name } of vocabulary.read(tokensOf(text), { left: 0 })) if (name === undefined) add(typed);
  }
  const listed = [...words.spellings.flatMap(({ variant, standard }) => [variant, standard]), ...words.synonyms.flat()];
  for (const [token, ...more] of listed.map(tokensOf)) if (token && more.length === 0) add(token.typed);
  const used = topics.flatMap(({ id, de, en }) =>
    [...de.phrasings, ...en.phrasings].flatMap(tokensOf).map(({ typed, folded }) => ({ typed, folded, id })),
  );
  for (const [folded, uses] of Map.groupBy(used, ({ folded }) => folded)) {
    const [first] = uses;
    if (first && !names.has(folded) && new Set(uses.map(({ id }) => id)).size >= MIN_TOPICS) add(first.typed);
  }
  return { words: known, names };
}

/**
 * The lower-case words of a question that the knowledge knows or several members use, and `…` for the others. Empty if
 * nothing else is left.
 *
 * @param isCommon asked about each word that the knowledge does not know
 */
export function anonymise({ words }: Reading, known: KnownWords, isCommon: (folded: string) => boolean): string {
  const shown = words.flatMap(({ folded, name }) => {
    const parts = folded.split(' ');
    const isName = name !== undefined && parts.every((part) => known.names.has(part));
    return parts.map((part) => known.words.get(part) ?? (isName || isCommon(part) ? part : HIDDEN));
  });
  const merged = shown.filter((word, index) => word !== HIDDEN || shown[index - 1] !== HIDDEN).join(' ');
  const [text = ''] = WHOLE_WORDS.exec(merged) ?? [];
  return text === HIDDEN ? '' : text;
}

/** Not a word of any language, nor similar to one. */
const UNKNOWN_WORD = 'qxjqxj';

/** A recorded question as the engine has to read it: what is hidden was a word that it does not know. */
export const withUnknownWords = (text: string): string => text.replaceAll(HIDDEN, UNKNOWN_WORD);
export const isHiddenWord = (typed: string): boolean => typed === UNKNOWN_WORD;
