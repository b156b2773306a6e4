import type { Knowledge } from '../knowledge/knowledge.ts';
import { LANGUAGES } from '../knowledge/knowledge.ts';
import { stripMarkup, type TypedWord, wordsOf } from '../matching/text.ts';

/** How a text is told from a name. */
export interface Anonymity {
  /** Names that are names everywhere, folded. */
  readonly givenNames: ReadonlySet<string>;
  /** Words that are part of the subject even if somebody bears them as a name, like "Max" in "Xiaomi Max"; folded. */
  readonly ordinary: ReadonlySet<string>;
}

/** A longer text is a story, and stories tell of people. In UTF-16 units. */
const LONGEST_TEXT = 200;

/** What leads to a person or to what they own, beyond the markup of Discord; looked for in what stands between white space. */
const TRACES: readonly RegExp[] = [
  /@/, // mail addresses
  /#\d{4}(?!\d)/, // old names on Discord
  /[\p{L}\p{N}-]\.(?:at|app|be|ch|co|com|de|dev|eu|fr|gg|info|io|it|ly|me|net|nl|org|pl|tv|uk)(?![\p{L}\p{N}])/iu, // links without a scheme
];

/** After these, a person is named: "ich bin Anna", "my name is", "LG Tom", "Frau Yilmaz". */
const BEFORE_A_NAME =
  /\b(?:ich bin|bin der|bin die|ich hei(?:ß|ss)e|mein name ist|hier ist|i am|i['’]?m|my name is|this is|lg|vg|mfg|gr(?:ü|ue)(?:ß|ss)e?|gru(?:ß|ss)|regards|cheers|herrn?|frau|mrs?|ms|dr|prof)[\s,.:]+(?:von |an )?$/iu;

/** No such beginning is longer, in UTF-16 units. */
const LONGEST_BEGINNING = 40;

/** The most words of a name after such a beginning. */
const LONGEST_NAME = 2;

/**
 * What somebody asked, without what tells who they are: lower-case words, no punctuation, no markup, links, addresses,
 * no word with a digit, no names as far as they can be recognised (those given here, frequent given names with the
 * surname after them, and what follows "my name is" and the like). Empty if nothing is left.
 *
 * @param names of people around: the member's, those of whom they mention
 */
export function anonymise(text: string, names: readonly string[], { givenNames, ordinary }: Anonymity): string {
  const said = stripMarkup(text)
    .replace(/\p{Cf}/gu, '')
    .split(/\s+/)
    .filter((piece) => !TRACES.some((trace) => trace.test(piece)))
    .join(' ');
  const nearby = new Set(names.flatMap((name) => wordsOf(name)).map(({ folded }) => folded));
  const isKnownName = ({ folded }: TypedWord) =>
    [folded, folded.replace(/s$/, '')].some((name) => givenNames.has(name) || nearby.has(name));
  const kept: string[] = [];
  let nameGoesOn = 0;
  let end = 0;
  for (const word of wordsOf(said)) {
    const start = said.indexOf(word.typed, end);
    if (BEFORE_A_NAME.test(said.slice(Math.max(0, start - LONGEST_BEGINNING), start))) nameGoesOn = LONGEST_NAME;
    end = start + word.typed.length;
    const isName = !ordinary.has(word.folded) && (isKnownName(word) || (nameGoesOn > 0 && /^\p{Lu}/u.test(word.typed)));
    nameGoesOn = isName ? (isKnownName(word) ? 1 : nameGoesOn - 1) : 0;
    if (!isName && !/\p{N}/u.test(word.typed)) kept.push(tidy(word.typed));
  }
  return cut(kept.filter((word) => word !== '').join(' '));
}

/** A name may turn up in a phrasing or two, "anna asked me"; a word of the subject is in more. */
const LEAST_PHRASINGS = 4;

/** The words that belong to a knowledge's subject, folded: those of its answers, its word lists, many phrasings. */
export function ordinaryWords({ topics, words }: Pick<Knowledge, 'topics' | 'words'>): ReadonlySet<string> {
  const texts = topics.flatMap((topic) => LANGUAGES.map((language) => topic[language]));
  const phrasings = new Map<string, number>();
  for (const phrasing of texts.flatMap((text) => text.phrasings)) {
    for (const word of foldedWords(phrasing)) phrasings.set(word, (phrasings.get(word) ?? 0) + 1);
  }
  return new Set([
    ...[...phrasings].filter(([, count]) => count >= LEAST_PHRASINGS).map(([word]) => word),
    ...[
      ...texts.flatMap(({ title, answer }) => [title, answer]),
      ...words.names.flatMap(({ name, variants }) => [name, ...variants]),
      ...words.spellings.flatMap(({ variant, standard }) => [variant, standard]),
      ...words.synonyms.flat(),
    ].flatMap((text) => [...foldedWords(text)]),
  ]);
}

function foldedWords(text: string): ReadonlySet<string> {
  return new Set(wordsOf(text).map(({ folded }) => folded));
}

/** A word in lower case, without the marks that some heap on letters: none on Latin ones, and nowhere more than three. */
function tidy(typed: string): string {
  return typed
    .toLowerCase()
    .normalize('NFC')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(/['’`´]/g, "'");
}

function cut(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  const lastSpace = text.lastIndexOf(' ', LONGEST_TEXT);
  // Without half a character at its end.
  return text.slice(0, lastSpace > 0 ? lastSpace : LONGEST_TEXT).replace(/[\ud800-\udbff]$/, '');
}
