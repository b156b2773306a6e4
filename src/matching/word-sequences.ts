/** What begins with the words so far: an entry that ends here, and those that go on. */
export interface Branch<T> {
  value?: T;
  readonly next: Map<string, Branch<T>>;
}

/** Entries of two words and more, found word by word. */
export class WordSequences<T> {
  readonly #first = new Map<string, Branch<T>>();

  set([first = '', ...others]: readonly string[], value: T): void {
    let branch = entryOf(this.#first, first);
    for (const word of others) branch = entryOf(branch.next, word);
    branch.value = value;
  }

  /** The entries that begin with a word; `undefined` where none does. */
  from(first: string): Branch<T> | undefined {
    return this.#first.get(first);
  }
}

function entryOf<T>(branches: Map<string, Branch<T>>, word: string): Branch<T> {
  const known = branches.get(word);
  if (known) return known;
  const made: Branch<T> = { next: new Map() };
  branches.set(word, made);
  return made;
}

/** The longest entry that the words from `at` on spell out, and how many they are. */
export function longestEntry<T>(
  from: Branch<T> | undefined,
  words: readonly { readonly term: string }[],
  at: number,
): { readonly value: T; readonly length: number } | undefined {
  let found: { value: T; length: number } | undefined;
  let branch = from;
  for (let next = at + 1; branch && next < words.length; next++) {
    branch = branch.next.get(words[next]?.term ?? '');
    if (branch?.value !== undefined) found = { value: branch.value, length: next - at + 1 };
  }
  return found;
}
