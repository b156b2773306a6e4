import { fold, foldedWords, tokensOf } from '../engine/text.ts';
import { type Knowledge, LANGUAGES } from '../knowledge/knowledge.ts';
import { type Rule, spellingsIn } from '../knowledge/rule.ts';

/** A word in this many texts is an ordinary word, not a typo. */
const MIN_TEXTS = 3;

/** Entries of `words.yaml` that do nothing, and spellings that do harm. */
export const idleWords: Rule = (knowledge, { words: file }) => {
  if (!file) return [];
  const { names, synonyms } = file.value;
  const { count, have } = textsOf(knowledge);
  const warning = (path: readonly PropertyKey[], what: string, remedy: string) =>
    file.problem(path, what, remedy, 'warning');
  return [
    ...names.flatMap(({ name, variants, role }, index) => {
      // Names of other things need no phrasings: they replace the subject in examples of what to leave alone.
      if (role === 'other' || [name, ...variants].some(have)) return [];
      const what = `no phrasing, answer or sentence of the article names "${name}", in any of its spellings`;
      return warning(['names', index, 'name'], what, 'Add phrasings that name it, or delete the entry.');
    }),
    ...LANGUAGES.flatMap((language) =>
      synonyms[language].flatMap((group, index) => {
        if (group.some(have)) return [];
        const what = `none of these words occurs in a phrasing, an answer or the article: ${group.join(', ')}`;
        const remedy = 'Add to the group the word that the phrasings use, or delete it.';
        return warning(['synonyms', language, index], what, remedy);
      }),
    ),
    ...spellingsIn(file.value).flatMap(({ variant, standard, path }) => {
      if (tokensOf(variant).length !== 1) {
        const remedy = 'Delete it; to give several words the meaning of one, put both among the synonyms.';
        return warning(path, `"${variant}" is never met: messages are read word by word, and this is several`, remedy);
      }
      const texts = count(variant);
      if (texts < MIN_TEXTS || texts <= count(standard)) return [];
      const what = `"${variant}" is an ordinary word (in ${texts} texts), which now means "${standard}" wherever it is said`;
      return warning(path, what, 'Delete it, so that it means what it says.');
    }),
  ];
};

const spaced = (words: readonly string[]) => ` ${words.join(' ')} `;

/** Looks words up in all that the knowledge says and is asked. */
function textsOf({ article, topics, outOfScope }: Knowledge) {
  const texts = [
    article.text,
    ...topics.flatMap(({ de, en }) =>
      [de, en].flatMap(({ title, answer, phrasings }) => [title, answer, ...phrasings]),
    ),
    ...outOfScope.de,
    ...outOfScope.en,
  ].map(foldedWords);
  const counts = new Map<string, number>();
  for (const words of texts) for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  // An expression does not begin in one text and end in the next.
  const all = texts.map(spaced).join('\n');
  return {
    /** In how many texts a word occurs. */
    count: (word: string) => counts.get(fold(word)) ?? 0,
    /** Does the word, or the expression of several words, occur anywhere? */
    have: (expression: string) => {
      const words = foldedWords(expression);
      return words.every((word) => counts.has(word)) && (words.length === 1 || all.includes(spaced(words)));
    },
  };
}
