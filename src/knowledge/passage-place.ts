/** The first word in which a passage differs from the place in the article that it comes from, most likely. */
export interface Difference {
  /** Of the passage; empty where it lacks the word. */
  readonly here: string;
  /** Of the article; empty where it has no further one. */
  readonly there: string;
}

/** Of the words of a passage, so many have to be at a place in the article, or it comes from elsewhere. */
const MIN_SHARED = 0.6;

/** `undefined` where nothing in the article is like the passage. */
export function differenceFromArticle(passage: string, article: string): Difference | undefined {
  const [here, there] = [wordsOf(passage), wordsOf(article)];
  const [alikeHere, alikeThere] = [here.map(alike), there.map(alike)];
  let best = { shared: 0, prefix: -1, at: 0 };
  for (let at = 0; at < there.length; at++) {
    const window = new Set(alikeThere.slice(at, at + here.length));
    const shared = alikeHere.filter((word) => window.has(word)).length;
    const prefix = lengthOfPrefix(here, there.slice(at));
    if (shared > best.shared || (shared === best.shared && prefix > best.prefix)) best = { shared, prefix, at };
  }
  if (here.length === 0 || best.shared < MIN_SHARED * here.length) return undefined;
  return { here: here[best.prefix] ?? '', there: there[best.at + best.prefix] ?? '' };
}

const wordsOf = (text: string) => text.split(/\s+/).filter((word) => word !== '');

/** What a word is but for capital letters, quotes and other signs around it. */
const alike = (word: string) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

function lengthOfPrefix(one: readonly string[], other: readonly string[]): number {
  const end = one.findIndex((word, index) => word !== other[index]);
  return end < 0 ? one.length : end;
}
