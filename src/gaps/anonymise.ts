import { MAX_MESSAGE_LENGTH, stripMarkup, type TypedWord, wordsOf } from '../engine/text.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { LANGUAGES } from '../knowledge/knowledge.ts';

/** How a text is told from a name. */
export interface Anonymity {
  /** Names that are names everywhere, folded. */
  readonly givenNames: ReadonlySet<string>;
  /** Words that are part of the subject even if somebody bears them as a name, like "Max" in "Xiaomi Max"; folded. */
  readonly ordinary: ReadonlySet<string>;
}

/** A longer text is a story, and stories tell of people. In UTF-16 units. */
const MAX_TEXT_LENGTH = 200;

/** What is somebody's own, or leads to them, and has white space in it. */
const OWN: readonly RegExp[] = [
  /`[^`]*`/g, // code
  /(?<![\p{L}\p{N}])@\p{L}[\p{L}\p{M}'’-]*(?:\s+\p{Lu}[\p{L}\p{M}'’-]*)?/gu, // "@Anna Yilmaz"
  /(?<![\p{L}\p{N}._-])[\p{L}\p{N}._-]+\s*(?:@|[([]\s*(?:at|ät)\s*[)\]])\s*[\p{L}\p{N}_-]+(?:\s*(?:\.|[([]?\s*(?:dot|punkt)\s*[)\]]?)\s*\p{L}{2,10}(?![\p{L}\p{N}]))*/giu, // mail addresses
  /(?<![\p{L}\p{N}])[\p{L}\p{N}._-]+\s+(?:at|ät)\s+[\p{L}\p{N}_-]+(?:\s+(?:dot|punkt)\s+\p{L}{2,10}(?![\p{L}\p{N}]))+/giu, // spelled out
];

/** What leads to a person or to what they own, beyond the markup of Discord; looked for in what stands between white space. */
const TRACES: readonly RegExp[] = [
  /@/, // mail addresses
  /#\d{4}(?!\d)/, // old names on Discord
  /[\p{L}\p{N}-]\.\p{L}{2,24}\//iu, // links without a scheme
  /[\p{L}\p{N}-]\.(?:ai|app|at|be|biz|blog|br|ca|cc|ch|club|cn|co|com|cz|de|dev|dk|ee|email|eu|fm|fr|gg|gmbh|hu|info|io|it|jp|link|live|ly|me|name|net|nl|online|org|page|pl|pro|ru|se|shop|site|social|space|store|su|tech|to|tr|tv|ua|uk|us|website|wiki|xyz)(?![\p{L}\p{N}])/iu,
];

/** After these, a name follows, however it is written: "ich heiße anna", "my name is", "LG Tom", "Name: …". */
const BEFORE_ANY_NAME =
  /\b(?:ich hei(?:ß|ss)e|mein name ist|my name(?:'s| is)|namens|name\s*:)[\s,.:]*(?:von |an )?(?<![\p{L}\p{N}])$/iu;

/** After these, what is written like a name is one: "ich bin Anna", "Frau Yilmaz", "LG Tom", "Danke, Tom". */
const BEFORE_A_NAME =
  /\b(?:ich bin(?:'?s)?|bin(?:'?s)? der|bin(?:'?s)? die|hier(?: ist| spricht)?|i am|i['’]?m|this is|lg|vg|mfg|gr(?:ü|ue)(?:ß|ss)(?:e|en)?|gru(?:ß|ss)|regards|cheers|sincerely|thanks|thx|danke|dank|herrn?|frau|mrs?|ms|dr|prof)[\s,.:]+(?:(?:von|an|der|die) )?$/iu;

/** No such beginning is longer, in UTF-16 units. */
const MAX_BEGINNING = 40;

/** The most words of a name after such a beginning. */
const MAX_NAME_LENGTH = 2;

/**
 * What somebody asked, without what tells who they are: lower-case words, no punctuation, no markup, links, addresses,
 * no word with a digit, no names as far as they can be recognised (those given here, frequent given names with the
 * surname after them, and what follows "my name is" and the like). Empty if nothing is left.
 *
 * @param names of people around: the member's, those of whom they mention
 */
export function anonymise(text: string, names: readonly string[], { givenNames, ordinary }: Anonymity): string {
  let own = text.slice(0, MAX_MESSAGE_LENGTH).replace(/\p{Cf}/gu, '');
  for (const pattern of OWN) own = own.replace(pattern, ' ');
  const said = stripMarkup(own)
    .split(/\s+/)
    .filter((piece) => !TRACES.some((trace) => trace.test(piece)))
    .join(' ');
  const nearby = new Set(names.flatMap((name) => wordsOf(name)).map(({ folded }) => folded));
  const isKnownName = ({ folded }: TypedWord) =>
    [folded, folded.replace(/s$/, '')].some((name) => givenNames.has(name) || nearby.has(name));
  const kept: string[] = [];
  let nameGoesOn = 0;
  let isWrittenAnyhow = false;
  let end = 0;
  for (const word of wordsOf(said)) {
    const start = said.indexOf(word.typed, end);
    const before = said.slice(Math.max(0, start - MAX_BEGINNING), start);
    if (BEFORE_ANY_NAME.test(before) || BEFORE_A_NAME.test(before)) {
      nameGoesOn = MAX_NAME_LENGTH;
      isWrittenAnyhow = BEFORE_ANY_NAME.test(before);
    }
    end = start + word.typed.length;
    const mayBeName = nameGoesOn > 0 && (isWrittenAnyhow || /^\p{Lu}/u.test(word.typed));
    const isName = !ordinary.has(word.folded) && (isKnownName(word) || mayBeName);
    nameGoesOn = isName ? (isKnownName(word) ? 1 : nameGoesOn - 1) : 0;
    if (!isName) isWrittenAnyhow = false;
    if (!isName && !/\p{N}/u.test(word.typed)) kept.push(tidy(word.typed));
  }
  return cut(kept.filter((word) => word !== '').join(' '));
}

/** A name may turn up in a phrasing or two, "anna asked me"; a word of the subject is in more. */
const MIN_PHRASINGS = 4;

/** The words that belong to a knowledge's subject, folded: those of its answers, its word lists, many phrasings. */
export function ordinaryWords({ topics, words }: Pick<Knowledge, 'topics' | 'words'>): ReadonlySet<string> {
  const texts = topics.flatMap((topic) => LANGUAGES.map((language) => topic[language]));
  const phrasings = new Map<string, number>();
  for (const phrasing of texts.flatMap((text) => text.phrasings)) {
    for (const word of foldedWords(phrasing)) phrasings.set(word, (phrasings.get(word) ?? 0) + 1);
  }
  return new Set([
    ...[...phrasings].filter(([, count]) => count >= MIN_PHRASINGS).map(([word]) => word),
    ...[
      ...texts.flatMap(({ title, answer }) => [title, answer]),
      ...words.names.flatMap(({ name, variants }) => [name, ...variants]),
      ...words.spellings.flatMap(({ variant, standard }) => [variant, standard]),
      // Of expressions, not each word is one of the subject: "john lewis" is a shop, John is not.
      ...words.synonyms.flat().filter((member) => wordsOf(member).length === 1),
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
  if (text.length <= MAX_TEXT_LENGTH) return text;
  const lastSpace = text.lastIndexOf(' ', MAX_TEXT_LENGTH);
  // Without half a character at its end.
  return text.slice(0, lastSpace > 0 ? lastSpace : MAX_TEXT_LENGTH).replace(/[\ud800-\udbff]$/, '');
}
