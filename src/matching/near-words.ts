/** From a to z. */
const LETTERS = 26;
/** As many letters as a number has bits. Fuse.js cuts longer patterns into pieces. */
const MAX_PATTERN = 32;

/** How far from a typed word another one may be. */
export interface Nearness {
  /** Letters that are wrong, missing or too many: one or two. */
  readonly slips: 1 | 2;
  /** The same, as a share of the letters of the longer word; two that are swapped count twice. */
  readonly errors: number;
}

/** By the letters of a part, then by its place: the numbers of the words that have it there. */
type Parts = ReadonlyMap<string, readonly (readonly number[] | undefined)[]>;

/** Finds, among many words, those that a typed one can be near to at all, without a look at most of them. */
export class NearWords {
  readonly #words: readonly string[];
  /** Of each word, the letters that it has. */
  readonly #letters: Int32Array;
  /** Numbers of words by the sum of their letters: those of the same letters in another order, and few others. */
  readonly #bySum: ReadonlyMap<number, readonly number[]>;
  /** By as many parts as they are cut into. */
  readonly #parts: Readonly<Record<2 | 3, Parts>>;
  readonly #placesOfTyped = new Int32Array(LETTERS + 1);
  readonly #placesOfWord = new Int32Array(LETTERS + 1);

  constructor(words: readonly string[]) {
    this.#words = words;
    this.#letters = Int32Array.from(words, letterSet);
    this.#bySum = Map.groupBy(words.keys(), (word) => sumOfLetters(words[word] ?? ''));
    this.#parts = { 2: partsOf(words, 2), 3: partsOf(words, 3) };
  }

  /** Every word that is as near as that, and a few more. */
  near(typed: string, { slips, errors }: Nearness): string[] {
    const found = new Set(this.#bySum.get(sumOfLetters(typed)));
    const letters = letterSet(typed);
    placesOf(typed, this.#placesOfTyped);
    // Of a word cut into one part more than there are slips, one part is whole, and near its place.
    const count = slips === 1 ? 2 : 3;
    const shortest = Math.max(1, Math.floor((typed.length - slips) / count));
    const longest = Math.ceil((typed.length + slips) / count);
    for (let length = shortest; length <= longest; length++) {
      for (let at = 0; at + length <= typed.length; at++) {
        const places = this.#parts[count].get(typed.slice(at, at + length));
        for (let near = Math.max(0, at - slips); places && near <= at + slips; near++) {
          for (const word of places[near] ?? []) {
            // One changed letter alters the set of letters by two at the most, one added or missing letter by one.
            if (bitCount((this.#letters[word] as number) ^ letters) > 2 * slips) continue;
            const text = this.#words[word] as string;
            if (Math.abs(text.length - typed.length) > slips) continue;
            const most = errors * Math.max(typed.length, text.length);
            if (!found.has(word) && this.#fewestErrors(typed, text) <= most) found.add(word);
          }
        }
      }
    }
    return Array.from(found, (word) => this.#words[word] as string);
  }

  /** Between a typed word, whose places are known, and another: 0 where that cannot be told. */
  #fewestErrors(typed: string, word: string): number {
    if (Math.max(typed.length, word.length) > MAX_PATTERN) return 0;
    return word.length > typed.length
      ? fewestErrors(placesOf(word, this.#placesOfWord), word.length, typed)
      : fewestErrors(this.#placesOfTyped, typed.length, word);
  }
}

function partsOf(words: readonly string[], count: number): Parts {
  const parts = new Map<string, number[][]>();
  for (const [word, text] of words.entries()) {
    for (let part = 0; part < count; part++) {
      const at = Math.floor((part * text.length) / count);
      const letters = text.slice(at, Math.floor(((part + 1) * text.length) / count));
      const places = parts.get(letters) ?? [];
      parts.set(letters, places);
      places[at] ??= [];
      places[at].push(word);
    }
  }
  return parts;
}

/** The number of a letter: a to z, then one for all others. */
function letterAt(word: string, index: number): number {
  const letter = word.charCodeAt(index) - 97;
  return letter >= 0 && letter < LETTERS ? letter : LETTERS;
}

/** The letters of a word as bits. */
function letterSet(word: string): number {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << letterAt(word, i);
  return bits;
}

/** How many of 32 bits are set: summed in pairs, in fours, in bytes. */
function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Where a word has each letter, as bits. */
function placesOf(word: string, places: Int32Array): Int32Array {
  places.fill(0);
  for (let i = 0; i < word.length; i++) {
    const letter = letterAt(word, i);
    places[letter] = (places[letter] as number) | (1 << i);
  }
  return places;
}

/**
 * The fewest errors with which the whole pattern occurs anywhere in a text, all letters beyond a to z taken for one:
 * Fuse.js never finds it with fewer. All places are tried at once (Myers 1999, in Hyyrö's form).
 *
 * @param places of the pattern's letters
 * @param length of the pattern, at most `MAX_PATTERN`
 */
function fewestErrors(places: Int32Array, length: number, text: string): number {
  const last = 1 << (length - 1);
  let more = -1;
  let less = 0;
  let errors = length;
  let fewest = length;
  for (let i = 0; i < text.length; i++) {
    const same = (places[letterAt(text, i)] as number) | less;
    const diagonal = ((more + (same & more)) ^ more) | same;
    const lessBefore = more & diagonal;
    const moreBefore = less | ~(more | diagonal);
    if ((moreBefore & last) !== 0) errors++;
    else if ((lessBefore & last) !== 0 && --errors < fewest) fewest = errors;
    const shifted = moreBefore << 1;
    less = shifted & diagonal;
    more = (lessBefore << 1) | ~(shifted | diagonal);
  }
  return fewest;
}

/** The same for the same letters, whatever their order. */
export function sumOfLetters(word: string): number {
  let sum = 0;
  for (let i = 0; i < word.length; i++) sum += word.charCodeAt(i) ** 3;
  return sum;
}
