import type { NameRole, WordLists } from '../knowledge/knowledge.ts';
import { dismissedClauses } from './dismissed.ts';
import { spellingIndex } from './spelling.ts';
import { type ClauseText, fold, type SentenceText, sentencesOf, stripMarkup, type Token, tokensOf } from './text.ts';

/** Why a word is read as a term. */
export type TermKind = 'known' | 'name' | 'spelling' | 'typo' | 'compound' | 'synonym' | 'unknown';

/** One thing that a typed word is read as. */
export interface Term {
  /** A known word, the name of a thing, `=` and the first word of a group of synonyms, or `UNKNOWN`. */
  readonly term: string;
  readonly kind: TermKind;
  /** How much it counts beside a word typed exactly as it is known (1). */
  readonly weight: number;
}

/** A word of a message, or several that form a name, and what it is read as. */
export interface ReadWord extends Token {
  /** The main one first. */
  readonly terms: readonly [Term, ...Term[]];
  /** `undefined` for a word that is not a name. */
  readonly name: NameRole | undefined;
}

/** A part of a sentence, its words read. */
export interface ReadClause extends ClauseText {
  readonly words: readonly ReadWord[];
  /** Does the member say that this is not what they ask? */
  readonly isDismissed: boolean;
}

/** A sentence, its words read. */
export interface ReadSentence extends SentenceText {
  readonly clauses: readonly ReadClause[];
}

/** The term for any word that is not known: how much a message depends on such words is itself a feature. */
export const UNKNOWN = '?';
/** Every name of another thing is also this one: what is true of one service is true of all. */
export const OTHER = '=other';

const SYNONYM_WEIGHT = 0.8;
const COMPOUND_WEIGHT = 0.6;
/** "Handy" and "Pay" are parts of compounds; shorter words occur in too many. */
const MIN_PART_LENGTH = 4;
/** Further unknown words of a message are not looked up: one with so many is no question. */
const MAX_LOOKUPS = 8;

interface Name {
  readonly term: string;
  readonly role: NameRole;
}

/** What a word is read as wherever it stands. */
interface Entry extends Pick<ReadWord, 'terms' | 'name'> {
  /** What names and expressions are made of: the word in its standard spelling. */
  readonly word: string;
  /** How many words the longest name or expression has that begins with it; 0 if none does. */
  readonly longest: number;
}

/** All words that the knowledge uses, and how the words of a message are read in their light. */
export class Vocabulary {
  readonly #known = new Set<string>();
  readonly #spellings = new Map<string, string>();
  /** By their words, both written together and with spaces between them. */
  readonly #names = new Map<string, Name>();
  /** The groups of synonyms that a term, or an expression of several words, belongs to. */
  readonly #synonyms = new Map<string, readonly string[]>();
  /** By the first word of names and expressions, how many words the longest one has. */
  readonly #longest = new Map<string, number>();
  readonly #spelling: ReturnType<typeof spellingIndex>;
  readonly #entries = new Map<string, Entry>();

  /** @param words of everything that is learned from, folded */
  constructor(words: Iterable<string>, { names, spellings, synonyms }: WordLists) {
    for (const { variant, standard } of spellings) this.#spellings.set(fold(variant), fold(standard));
    for (const { name, variants } of names) this.#addSpellingsOf(name, variants);
    for (const standard of this.#spellings.values()) this.#known.add(standard);
    for (const { name, variants, role } of names) {
      for (const written of [name, ...variants]) this.#addName(written, { term: fold(name), role });
    }
    for (const group of synonyms) {
      for (const member of group) this.#addSynonym(member, `=${fold(group[0] ?? '')}`);
    }
    for (const word of words) this.#known.add(this.#spellings.get(word) ?? word);
    this.#spelling = spellingIndex(this.#known);
    for (const word of this.#known)
      this.#entries.set(word, this.#entryFrom([{ term: word, kind: 'known', weight: 1 }]));
    for (const [variant, standard] of this.#spellings) {
      this.#entries.set(variant, this.#entryFrom([{ term: standard, kind: 'spelling', weight: 1 }]));
    }
  }

  /** How many words it knows. */
  get size(): number {
    return this.#known.size;
  }

  /** The sentences of a message, with what each word is read as. */
  readMessage(text: string): ReadSentence[] {
    const lookups = { left: MAX_LOOKUPS };
    const sentences = sentencesOf(stripMarkup(text));
    const dismissed = dismissedClauses(sentences);
    return sentences.map((sentence) => ({
      ...sentence,
      clauses: sentence.clauses.map((clause) => ({
        ...clause,
        words: this.read(clause.tokens, lookups),
        isDismissed: dismissed.has(clause),
      })),
    }));
  }

  /** What each word of a clause is read as; several that form a name are read together. */
  read(tokens: readonly Token[], lookups = { left: MAX_LOOKUPS }): ReadWord[] {
    const entries = tokens.map(({ folded }) => this.#entries.get(folded) ?? this.#guess(folded, lookups));
    const words: ReadWord[] = [];
    for (let at = 0; at < tokens.length; ) {
      const own = entries[at] as Entry;
      const found = this.#longestIn(this.#names, entries, at);
      const length = found?.length ?? 1;
      const { terms, name } = found ? this.#entryFrom(own.terms, found.value) : own;
      const token = found ? asOne(tokens.slice(at, at + length)) : (tokens[at] as Token);
      words.push({ ...token, terms: name ? terms : this.#withNeighbours(terms, entries, at), name });
      at += length;
    }
    return words;
  }

  /** What a word that isn't known may mean. */
  #guess(folded: string, lookups: { left: number }): Entry {
    const unknown: Term = { term: folded, kind: 'unknown', weight: 1 };
    if (compoundParts(folded, this.#known)) return this.#entryFrom([unknown]);
    const [best, ...others] = lookups.left-- > 0 ? this.#spelling(folded) : [];
    if (!best) return this.#entryFrom([unknown, unknownTerm]);
    // The less similar, the less it says, and the more the word counts as unknown.
    const typo = ({ word, similarity }: typeof best): Term => ({ term: word, kind: 'typo', weight: similarity ** 2 });
    return this.#entryFrom([typo(best), ...others.map(typo), { ...unknownTerm, weight: 1 - best.similarity }]);
  }

  /** Adds what terms stand for: a name, the parts of a compound, synonyms. */
  #entryFrom(own: Entry['terms'], name = this.#names.get(own[0].term)): Entry {
    const [{ term: word, weight }] = own;
    const terms: [Term, ...Term[]] = name ? [{ term: name.term, kind: 'name', weight }] : [...own];
    if (name?.role === 'other') terms.push({ term: OTHER, kind: 'synonym', weight: 1 });
    for (const part of compoundParts(terms[0].term, this.#known) ?? []) {
      terms.push({ term: part, kind: 'compound', weight: COMPOUND_WEIGHT });
    }
    const concepts = new Map<string, number>();
    for (const { term, weight } of terms) {
      for (const concept of this.#synonyms.get(term) ?? []) {
        concepts.set(concept, Math.max(concepts.get(concept) ?? 0, weight * SYNONYM_WEIGHT));
      }
    }
    for (const [term, weight] of concepts) terms.push({ term, kind: 'synonym', weight });
    return { word, terms, name: name?.role, longest: this.#longest.get(word) ?? 0 };
  }

  /** Adds what a word means only together with the next ones: "finger abdruck", "in talks". */
  #withNeighbours(terms: Entry['terms'], entries: readonly Entry[], at: number): Entry['terms'] {
    const more: Term[] = [];
    const next = entries[at + 1]?.word ?? '';
    const joined = (entries[at]?.word ?? '') + next;
    if (next.length >= MIN_PART_LENGTH && this.#known.has(joined)) {
      more.push({ term: joined, kind: 'compound', weight: COMPOUND_WEIGHT });
      for (const term of this.#synonyms.get(joined) ?? []) more.push({ term, kind: 'synonym', weight: SYNONYM_WEIGHT });
    }
    for (const term of this.#longestIn(this.#synonyms, entries, at)?.value ?? []) {
      more.push({ term, kind: 'synonym', weight: SYNONYM_WEIGHT });
    }
    const isNew = ({ term }: Term, index: number) =>
      ![...terms, ...more.slice(0, index)].some((other) => other.term === term);
    return more.length === 0 ? terms : [...terms, ...more.filter(isNew)];
  }

  /** Another spelling of a one-word name is one wherever the word stands, in longer names too: "Siaomi Pay". */
  #addSpellingsOf(name: string, variants: readonly string[]): void {
    const [standard, ...more] = tokensOf(name);
    if (!standard || more.length > 0) return;
    for (const variant of variants) {
      const [token, ...others] = tokensOf(variant);
      if (token && others.length === 0 && token.folded !== standard.folded) {
        this.#spellings.set(token.folded, standard.folded);
      }
    }
  }

  #addName(written: string, name: Name): void {
    const words = this.#learn(written);
    const joined = words.join('');
    this.#names.set(joined, name).set(words.join(' '), name);
    this.#known.add(joined);
  }

  #addSynonym(member: string, concept: string): void {
    const words = this.#learn(member);
    const name = this.#names.get(words.join(''));
    const term = name?.term ?? words.join(' ');
    this.#synonyms.set(term, [...(this.#synonyms.get(term) ?? []), concept]);
  }

  /** The longest name or expression of two words and more that the words from `at` on spell out. */
  #longestIn<T>(phrases: ReadonlyMap<string, T>, entries: readonly Entry[], at: number) {
    const longest = entries[at]?.longest ?? 0;
    for (let length = Math.min(longest, entries.length - at); length > 1; length--) {
      const words = entries.slice(at, at + length).map(({ word }) => word);
      const value = phrases.get(words.join(' '));
      if (value !== undefined) return { value, length };
    }
    return undefined;
  }

  /** Learns the words of a name or an expression; returns them in their standard spelling. */
  #learn(written: string): string[] {
    const words = tokensOf(written).map(({ folded }) => this.#spellings.get(folded) ?? folded);
    for (const word of words) this.#known.add(word);
    const [first = ''] = words;
    this.#longest.set(first, Math.max(this.#longest.get(first) ?? 0, words.length));
    return words;
  }
}

const unknownTerm: Term = { term: UNKNOWN, kind: 'unknown', weight: 1 };

/** Several tokens as one. */
const asOne = (tokens: readonly Token[]): Token => ({
  typed: tokens.map(({ typed }) => typed).join(' '),
  folded: tokens.map(({ folded }) => folded).join(' '),
});

/** The two known words that a compound joins: "Finger|abdruck", "Zahlung|s|dienst". */
function compoundParts(word: string, known: ReadonlySet<string>): readonly [string, string] | undefined {
  for (let cut = word.length - MIN_PART_LENGTH; cut >= MIN_PART_LENGTH; cut--) {
    const tail = word.slice(cut);
    if (!known.has(tail)) continue;
    const head = word.slice(0, cut);
    for (const part of [head, head.replace(/s$/, '')]) {
      if (part.length >= MIN_PART_LENGTH && known.has(part)) return [part, tail];
    }
  }
  return undefined;
}
