/**
 * The most of a message that is read, in UTF-16 units: Discord's own limit for the longest message anybody can
 * send. Everything after it is ignored, so that a message's cost has a ceiling.
 */
export const MAX_MESSAGE_LENGTH = 4_000;

/** Longer "words" than this are noise (a pasted key, a held-down key); only their beginning is read. */
const MAX_WORD = 40;

/** What Discord's message syntax adds around what somebody says: none of it is a word of the question. */
const MARKUP: readonly RegExp[] = [
  /```[\s\S]*?(?:```|$)/g, // code blocks
  /^[ \t]*>>>[\s\S]*/gm, // block quotes to the end
  /^[ \t]*> .*$/gm, // quoted lines
  /\bhttps?:\/\/\S+|\bwww\.\S+/gi, // links
  /<(?:@[!&]?|#)\d+>/g, // mentions of members, roles, channels
  /<a?:\w{1,32}:\d+>/g, // custom emoji
  /<\/[^<>]{1,100}:\d+>/g, // mentions of slash commands
  /<t:-?\d+(?::\w)?>/g, // timestamps
  /<id:\w+>/g, // guild navigation
  /(?<![\p{L}\p{N}])@[\p{L}\p{N}_.]{2,32}/gu, // names typed with an @
  /(?<![\p{L}\p{N}]):\w{2,32}:(?![\p{L}\p{N}])/gu, // :emoji_names:
];

/** Without any of these a message has no markup. */
const SIGNS_OF_MARKUP = /[`<>@:]|www\./i;

/** A message without markup; white space where the markup was. What is left is what the member said. */
export function stripMarkup(message: string): string {
  let text = message.slice(0, MAX_MESSAGE_LENGTH);
  if (!SIGNS_OF_MARKUP.test(text)) return text;
  for (const pattern of MARKUP) text = text.replace(pattern, ' ');
  return text;
}

/** A word as it was typed, and the one spelling under which it is looked up. */
export interface TypedWord {
  readonly typed: string;
  readonly folded: string;
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’`´][\p{L}\p{M}]+)*/gu;
const HELD_DOWN = /(\p{L})\1{2,}/gu;
const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/**
 * One spelling for the many ways of typing a word: lower case, ä/ae/a-with-diaeresis all `ae`, ß `ss`, other accents
 * off, no apostrophes, a letter held down ("haaallo") once.
 */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  if (isPlain(lower)) return lower.slice(0, MAX_WORD);
  return lower
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => UMLAUTS[letter] ?? letter)
    .normalize('NFD')
    .replace(/[\p{M}\p{Cf}'’`´]/gu, '')
    .replace(HELD_DOWN, '$1')
    .slice(0, MAX_WORD);
}

/** Is there nothing to fold? a to z, digits, no sign three times in a row. */
function isPlain(lower: string): boolean {
  let before = 0;
  let inARow = 0;
  for (let i = 0; i < lower.length; i++) {
    const sign = lower.charCodeAt(i);
    if (!((sign >= 97 && sign <= 122) || (sign >= 48 && sign <= 57))) return false;
    inARow = sign === before ? inARow + 1 : 1;
    if (inARow === 3) return false;
    before = sign;
  }
  return true;
}

/** The words of a text without markup, in order. Emoji, punctuation and invisible characters are no words. */
export function wordsOf(text: string): TypedWord[] {
  const words: TypedWord[] = [];
  for (const typed of text.replace(/\p{Cf}/gu, '').match(WORD) ?? []) {
    const folded = fold(typed);
    if (folded !== '') words.push({ typed, folded });
  }
  return words;
}

/** The words of a message as it was sent. */
export function wordsOfMessage(message: string): TypedWord[] {
  return wordsOf(stripMarkup(message));
}
