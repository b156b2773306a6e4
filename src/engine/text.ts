/** The longest message on Discord, in UTF-16 units. The rest is ignored, so that no message is expensive. */
export const MAX_MESSAGE_LENGTH = 4_000;

/** A longer "word" is noise (a pasted key, a key held down); only its beginning is read. */
const MAX_WORD_LENGTH = 40;

/** A word as it was typed, and the one spelling under which it is looked up. */
export interface Token {
  readonly typed: string;
  readonly folded: string;
}

/** A part of a sentence between commas or conjunctions. */
export interface ClauseText {
  readonly tokens: readonly Token[];
  /** Does it begin with "and", "&" or the like, and so perhaps a second question? */
  readonly adds: boolean;
  /** Does it begin with a question word, or ask for something in other words: "tell me", "I'd like to know"? */
  readonly opensQuestion: boolean;
}

/** A sentence of a message, without markup. */
export interface SentenceText {
  /** Does it end with a question mark? */
  readonly hasQuestionMark: boolean;
  /** At least one; each has at least one token. */
  readonly clauses: readonly ClauseText[];
}

/** A name typed with an @. */
const TYPED_MENTION = /(?<![\p{L}\p{N}])@[\p{L}\p{N}_.]{2,32}/u;
/** Discord's markup around what a member says. None of it is part of the question. */
const MARKUP: readonly RegExp[] = [
  /```[\s\S]*?(?:```|$)/g, // code blocks
  /^[ \t]*>>> [\s\S]*/gm, // block quotes to the end
  /^[ \t]*> .*$/gm, // quoted lines
  /~~[^~\n]+~~/g, // struck-out text
  /\b(?:https?:\/\/|www\.)\S+?(?=[.,!?;:)]*(?:\s|$))/gi, // links, less the punctuation after them
  /<(?:@[!&]?|#)\d+>/g, // mentions of members, roles, channels
  /<(?:a|sound)?:\w{1,40}:\d+>/g, // custom emoji and sounds
  /<\/[^<>]{1,100}:\d+>/g, // mentions of slash commands
  /<t:-?\d+(?::\w)?>/g, // timestamps
  /<id:[^<>\s]{1,40}>/g, // guild navigation
  new RegExp(TYPED_MENTION, 'gu'),
  /(?<![\p{L}\p{N}]):\w{2,32}:(?![\p{L}\p{N}])/gu, // :emoji_names:
];

/** A message without any of these has no markup. */
const MARKUP_SIGNS = /[`<>@:~]|www\./i;

/** A message without markup; white space takes its place. What is left is what the member said. */
export function stripMarkup(message: string): string {
  const text = message.slice(0, MAX_MESSAGE_LENGTH);
  if (!MARKUP_SIGNS.test(text)) return text;
  return MARKUP.reduce((rest, pattern) => rest.replace(pattern, ' '), text);
}

/** The quoted lines of a message, without the signs that quote them. */
export function quotedIn(message: string): string {
  const text = message.slice(0, MAX_MESSAGE_LENGTH);
  const [before = '', ...rest] = text.split(/^[ \t]*>>> /m);
  const lines = before.split('\n').flatMap((line) => /^[ \t]*> (?<quoted>.*)$/.exec(line)?.groups?.['quoted'] ?? []);
  return [...lines, ...rest].join('\n').trim();
}

export const mentionsSomeone = (message: string): boolean => TYPED_MENTION.test(message) || /<@!?\d+>/.test(message);
export const hasQuotationMarks = (message: string): boolean => /["“”„»«]/.test(message);

/** Cyrillic and Greek letters that look Latin, and what they look like: people paste them to get around filters. */
const LOOK_ALIKES = 'авеіјкмнорсѕтухαβεικνορτυχ';
const LATIN = 'abeijkmhopcstyxabeikvoptux';
/** Most words have nothing to fold but their case. */
const PLAIN = /^(?:([a-z])(?!\1\1))+$/;
const HAS_LATIN = /[a-z]/;
const NUMBER = /^\d+$/;
const HELD_DOWN = /(\p{L})\1{2,}/gu;
const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/**
 * One spelling for the many ways to type a word: lower case; ä, ae and a + diaeresis all `ae`; ß `ss`; no other
 * accents, no apostrophes; Latin letters for their look-alikes; a letter held down ("haaallo") once; a number by how
 * many digits it has ("mi 4" is "mi 0").
 */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  if (PLAIN.test(lower)) return lower.slice(0, MAX_WORD_LENGTH);
  let folded = lower
    // Before NFKC, which makes a space of "´".
    .replace(/['’`´]/g, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => UMLAUTS[letter] ?? letter)
    .normalize('NFD')
    .replace(/[\p{M}\p{Cf}]/gu, '');
  if (HAS_LATIN.test(folded))
    folded = folded.replace(/[\u0370-\u04ff]/g, (sign) => LATIN[LOOK_ALIKES.indexOf(sign)] ?? sign);
  if (NUMBER.test(folded)) folded = folded.replace(/\d/g, '0');
  else folded = folded.replace(HELD_DOWN, '$1');
  return folded.slice(0, MAX_WORD_LENGTH);
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:['’`´][\p{L}\p{M}]+)*/gu;

/** The words of a text without markup, in order. Emoji, punctuation and invisible characters are not words. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const typed of text.replace(/\p{Cf}/gu, '').match(WORD) ?? []) {
    const folded = fold(typed);
    if (folded !== '') tokens.push({ typed, folded });
  }
  return tokens;
}

/** The words of a text without markup, as they are looked up. */
export const foldedWords = (text: string): string[] => tokensOf(text).map(({ folded }) => folded);

/** In how many of these texts each word occurs, by its folded spelling. */
export function textCounts(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of texts.flatMap((text) => [...new Set(foldedWords(text))])) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/** Many members end a sentence with an emoji instead of a full stop. */
const SENTENCE_END = /(?<=[.!?…？])\s+|(?<=\p{Emoji_Presentation})\s+(?=[\p{L}\p{N}])|\n+|;/u;
const CLAUSE_END = /[,:()]|\s[-–—]\s|\.{2,}|…|(?=\s[&+/]\s)/;
const ADDING_SIGN = /^\s*[&+/]\s/;

/** Words of a list that white space separates, folded. */
export const wordSet = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/).map(fold));
/** Closed-class words, which say how a clause belongs to the others, whatever the subject. */
const QUESTION_WORDS = wordSet(`
  was wann wo woher wohin wie wieso weshalb warum wozu womit wofür wer wen wem wessen welche welcher welches welchen welchem
  wieviel ob what when where which who whom whose why how whether whats whens wheres whos hows
`);
/** Other openings: "Kann mir wer sagen …", "is it open", "anyone know …". Some reactions share them: "ist gut". */
const QUESTION_OPENERS = wordSet(`
  ist sind war wird werden kann können könnte darf soll hat haben gibt gibts weiß wisst jemand
  is are was does do did can could will would has have anyone anybody
`);
const ADDING = wordSet('und and also plus sowie außerdem bzw beziehungsweise');
/** What may stand before the question word: "in which shops", "and then how", "just tell me". */
const LEADING = wordSet(`
  und and also plus sowie außerdem dann then auch so just only nur bloß please bitte
  ab an auf aus bei bis für in mit seit über um von zu at by for from on since to until with
`);
/** "Tell me the price and the date", at the beginning; "I'd like to know", "mich interessiert". */
const REQUESTING = wordSet('tell explain describe erklär erkläre sag sage sagt nenn nenne nennt verrat verrate');
const WONDERING = wordSet('wondering wonder wüsste interessiert interessieren interested curious');
const KNOWING = wordSet('know wissen erfahren hear');
/** "I want to know": beside a word of `KNOWING`, it asks. */
export const WANTING = wordSet('want wanna like love need möchte will würde hätte muss');
/** Each begins a clause. */
const CONJUNCTIONS = wordSet('und and oder or sondern aber but rather instead');

/** The sentences of a message without markup that have words, and the clauses of each. */
export function sentencesOf(text: string): SentenceText[] {
  return text.split(SENTENCE_END).flatMap((sentence) => {
    const clauses = sentence.split(CLAUSE_END).flatMap((part) => splitClauses(tokensOf(part), ADDING_SIGN.test(part)));
    const hasQuestionMark = /[?？][^\p{L}\p{N}]*$/u.test(sentence);
    return clauses.length === 0 ? [] : [{ hasQuestionMark, clauses }];
  });
}

/** @param adds whether the first clause is added to what stood before, whatever its first word */
function splitClauses(tokens: readonly Token[], adds: boolean): ClauseText[] {
  const clauses: Token[][] = [[]];
  for (const [index, { folded }] of tokens.entries()) {
    const begins = CONJUNCTIONS.has(folded) || (ADDING.has(folded) && opensQuestion(tokens.slice(index)));
    if (begins && index > 0) clauses.push([]);
    clauses.at(-1)?.push(tokens[index] as Token);
  }
  return clauses
    .filter((clause) => clause.length > 0)
    .map((clause, index) => ({
      tokens: clause,
      adds: (adds && index === 0) || ADDING.has(clause[0]?.folded ?? ''),
      opensQuestion: opensQuestion(clause),
    }));
}

function opensQuestion(tokens: readonly Token[]): boolean {
  const words = tokens.map(({ folded }) => folded);
  const opening = words.find((word) => !LEADING.has(word)) ?? '';
  const wants = () => words.some((word) => WANTING.has(word)) && words.some((word) => KNOWING.has(word));
  const asks = [QUESTION_WORDS, QUESTION_OPENERS, REQUESTING].some((set) => set.has(opening));
  return asks || words.some((word) => WONDERING.has(word)) || wants();
}
