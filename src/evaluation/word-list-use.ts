import { fold, tokensOf } from '../engine/text.ts';
import { type Knowledge, LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import type { Problem } from '../knowledge/problem.ts';
import type { Rule } from '../knowledge/rule.ts';
import type { WordsContent } from '../knowledge/schema.ts';
import type { YamlFile } from '../knowledge/yaml-file.ts';

type WordsFile = YamlFile<WordsContent>;

/** An ordinary word of a language: from this many texts on, nobody mistyped it. */
const ORDINARY = 3;

/** Entries of `words.yaml` that do nothing, and those that do harm. */
export const idleWords: Rule = (knowledge, { words: file }) => {
  if (!file) return [];
  const texts = new Texts(knowledge);
  return [...idleNames(file, texts), ...idleSpellings(file, texts), ...idleSynonyms(file, texts)];
};

/** All that the knowledge says and is asked, to look words up in. */
class Texts {
  /** One after the other, a line break between: an expression does not begin in one and end in the next. */
  readonly #folded: string;
  readonly #words: ReadonlySet<string>;
  readonly #counts: Readonly<Record<Language, ReadonlyMap<string, number>>>;

  constructor({ article, topics, outOfScope }: Knowledge) {
    const of = (language: Language) => [
      ...topics.flatMap((topic) => [topic[language].title, topic[language].answer, ...topic[language].phrasings]),
      ...outOfScope[language],
    ];
    const [de, en] = [of('de').map(foldedWords), of('en').map(foldedWords)];
    const all = [...de, ...en, foldedWords(article.text)];
    this.#folded = all.map(spaced).join('\n');
    this.#words = new Set(all.flat());
    this.#counts = { de: countTextsWith(de), en: countTextsWith(en) };
  }

  /** Does the word, or the expression of several words, occur anywhere? */
  have(expression: string): boolean {
    const words = foldedWords(expression);
    if (!words.every((word) => this.#words.has(word))) return false;
    return words.length === 1 || this.#folded.includes(spaced(words));
  }

  /** In how many texts of a language a word occurs. */
  count(word: string, language: Language): number {
    return this.#counts[language].get(fold(word)) ?? 0;
  }
}

const foldedWords = (text: string) => tokensOf(text).map(({ folded }) => folded);
const spaced = (words: readonly string[]) => ` ${words.join(' ')} `;

function countTextsWith(texts: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const words of texts) for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function idleNames({ value, problem }: WordsFile, texts: Texts): Problem[] {
  return value.names.flatMap(({ name, variants, other }, index) => {
    // The names of other things need no phrasings: they take the place of the subject in examples of what to leave alone.
    if (other || [name, ...variants].some((written) => texts.have(written))) return [];
    return problem(
      ['names', index, 'name'],
      `no phrasing, answer or sentence of the article names "${name}", in any of its spellings`,
      'Add phrasings that name it, or delete the entry.',
      'warning',
    );
  });
}

function idleSynonyms({ value, problem }: WordsFile, texts: Texts): Problem[] {
  return LANGUAGES.flatMap((language) =>
    value.synonyms[language].flatMap((group, index) => {
      if (group.some((member) => texts.have(member))) return [];
      return problem(
        ['synonyms', language, index],
        `none of these words occurs in a phrasing, an answer or the article: ${group.join(', ')}`,
        'Add to the group the word that the phrasings use, or delete it.',
        'warning',
      );
    }),
  );
}

function idleSpellings(file: WordsFile, texts: Texts): Problem[] {
  const problems: Problem[] = [];
  const listed = new Set(wordsInLists(file.value));
  const standards = new Map<string, string>();
  for (const language of LANGUAGES) {
    for (const [standard, variants] of Object.entries(file.value.spellings[language])) {
      if (!texts.have(standard) && !listed.has(fold(standard))) {
        problems.push(
          file.problem(
            ['spellings', language, standard],
            `"${standard}" occurs in no phrasing, answer or synonym: to read another word as it helps nobody`,
            'Use it in a phrasing, or delete the line.',
            'warning',
          ),
        );
      }
      for (const [index, variant] of variants.entries()) {
        const other = standards.get(fold(variant));
        standards.set(fold(variant), standard);
        const fault = faultOf(variant, standard, language, texts, other);
        if (fault) problems.push(file.problem(['spellings', language, standard, index], ...fault, 'warning'));
      }
    }
  }
  return problems;
}

const OTHER: Readonly<Record<Language, Language>> = { de: 'en', en: 'de' };
const NAMES: Readonly<Record<Language, string>> = { de: 'German', en: 'English' };

/** What is wrong with reading `variant` as `standard`, and the remedy. */
function faultOf(
  variant: string,
  standard: string,
  language: Language,
  texts: Texts,
  other: string | undefined,
): [what: string, remedy: string] | undefined {
  const folded = fold(variant);
  if (tokensOf(variant).length !== 1) {
    return [
      `"${variant}" is never met: messages are read word by word, and this is several`,
      'Delete it; to give several words the meaning of one, put both among the synonyms.',
    ];
  }
  if (folded === fold(standard)) {
    return [
      `"${variant}" is read as "${standard}" anyway`,
      'Delete it: ä and ae, ß and ss, e and é are the same here.',
    ];
  }
  if (other !== undefined && fold(other) !== fold(standard)) {
    return [
      `"${variant}" is read as "${folded}", which already stands for "${other}"`,
      'Keep it in one place, or drop it in both if it can mean either.',
    ];
  }
  // A wrong spelling is rarer than the word it stands for, and stays in its language.
  for (const spoken of [language, OTHER[language]]) {
    const count = texts.count(folded, spoken);
    const rightly = texts.count(spoken === language ? standard : folded, language);
    if (count < ORDINARY || count <= rightly) continue;
    return [
      `"${variant}" is read as "${folded}", an ordinary ${NAMES[spoken]} word (in ${count} texts), which now means "${standard}" wherever it is said`,
      'Delete it: whoever says that word means that word.',
    ];
  }
  return undefined;
}

/** The folded words of names and synonyms: what is spelt like them is understood too. */
function wordsInLists({ names, synonyms }: WordsContent): string[] {
  return [
    ...names.flatMap(({ name, variants }) => [name, ...variants]),
    ...LANGUAGES.flatMap((language) => synonyms[language].flat()),
  ].flatMap(foldedWords);
}
