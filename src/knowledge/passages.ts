import type { FileRule } from './rule.ts';

/** Of the words of a passage, so many have to be at a place in the article, or it comes from elsewhere. */
const MIN_SHARED = 0.6;

/** Passages that the article does not have word for word. */
export const wrongPassages: FileRule = ({ topics, articleText }) => {
  if (articleText === undefined) return [];
  const article = oneSpaced(articleText);
  return topics.flatMap(({ value: { passages }, problem }) =>
    passages.map(oneSpaced).flatMap((passage, index) => {
      if (passage === '' || article.includes(passage)) return [];
      const difference = differenceFromArticle(passage, article);
      const where = difference ? `: it has "${difference.there}" where this has "${difference.here}"` : '';
      return problem(
        ['passages', index],
        `this passage does not stand in the article word for word${where}`,
        'Copy it from article.txt, mistakes and all.',
      );
    }),
  );
};

export const oneSpaced = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The first word in which a passage differs from where it was most likely copied; empty where there is no further one. */
function differenceFromArticle(passage: string, article: string): { here: string; there: string } | undefined {
  const [here, there] = [passage.split(' '), article.split(' ')];
  const [alikeHere, alikeThere] = [here.map(alike), there.map(alike)];
  let best = { shared: 0, prefix: -1, at: 0 };
  for (let at = 0; at < there.length; at++) {
    const window = new Set(alikeThere.slice(at, at + here.length));
    const shared = alikeHere.filter((word) => window.has(word)).length;
    const end = here.findIndex((word, index) => word !== there[at + index]);
    const prefix = end < 0 ? here.length : end;
    if (shared > best.shared || (shared === best.shared && prefix > best.prefix)) best = { shared, prefix, at };
  }
  if (best.shared < MIN_SHARED * here.length) return undefined;
  return { here: here[best.prefix] ?? '', there: there[best.at + best.prefix] ?? '' };
}

/** A word without capital letters, quotes and other signs around it. */
const alike = (word: string) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
