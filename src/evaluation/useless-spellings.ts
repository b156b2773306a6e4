import { fold, foldedWords, tokensOf } from '../engine/text.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { type Rule, spellingsIn } from '../knowledge/rule.ts';

/** A word in this many texts is an ordinary word, not a typo. */
const MIN_TEXTS = 3;

/** Spellings in `words.yaml` that do nothing, or harm. */
export const uselessSpellings: Rule = (knowledge, { words }) => {
  if (!words) return [];
  const count = countIn(knowledge);
  return spellingsIn(words.value).flatMap(({ variant, standard, path }) => {
    const warning = (what: string, remedy: string) => words.problem(path, what, remedy, 'warning');
    if (tokensOf(variant).length !== 1) {
      const remedy = 'Delete it; to give several words the meaning of one, put both among the synonyms.';
      return warning(`"${variant}" is never met: messages are read word by word, and this is several`, remedy);
    }
    const texts = count(variant);
    if (texts < MIN_TEXTS || texts <= count(standard)) return [];
    const what = `"${variant}" is an ordinary word (in ${texts} texts), which now means "${standard}" wherever it is said`;
    return warning(what, 'Delete it, so that it means what it says.');
  });
};

/** In how many texts a word occurs, of all that the knowledge says and is asked. */
function countIn({ article, topics, outOfScope }: Knowledge): (word: string) => number {
  const texts = [
    article.text,
    ...topics.flatMap(({ de, en }) =>
      [de, en].flatMap(({ title, answer, phrasings }) => [title, answer, ...phrasings]),
    ),
    ...outOfScope.de,
    ...outOfScope.en,
  ];
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of new Set(foldedWords(text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return (word) => counts.get(fold(word)) ?? 0;
}
