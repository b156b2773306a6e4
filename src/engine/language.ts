import { type Knowledge, LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import { trigramsOf } from './model.ts';
import { foldedWords } from './text.ts';

/** Below this difference of log-likelihoods a text could be in either language. */
const MIN_EVIDENCE = 1;
/** Half an occurrence of everything everywhere: what was never seen in a language is unlikely there, not impossible. */
const SMOOTHING = 0.5;
/** A word says more than one of its pieces, which overlap. */
const PIECE_WEIGHT = 0.25;

/** How much each known word and each piece ("#pay") of one speaks for German rather than English. */
export type LanguageModel = ReadonlyMap<string, number>;

const featuresOf = (word: string) => [word, ...trigramsOf(word)];

/**
 * Learns to tell the languages apart from the knowledge's own texts: naive Bayes over words and pieces of words. Names
 * are the same in every language and count for neither.
 */
export function trainLanguages(knowledge: Knowledge): LanguageModel {
  const written = knowledge.words.names.flatMap(({ name, variants }) => [name, ...variants]);
  const names = new Set(written.flatMap(foldedWords));
  const counts = new Map<string, Record<Language, number>>();
  const totals: Record<Language, number> = { de: 0, en: 0 };
  for (const language of LANGUAGES) {
    for (const word of textsIn(language, knowledge).flatMap(foldedWords)) {
      if (names.has(word)) continue;
      totals[language]++;
      for (const feature of featuresOf(word)) {
        const count = counts.get(feature) ?? { de: 0, en: 0 };
        count[language]++;
        counts.set(feature, count);
      }
    }
  }
  const logRatio = ({ de, en }: Record<Language, number>) => Math.log((de + SMOOTHING) / (en + SMOOTHING));
  const prior = logRatio(totals);
  return new Map(
    Array.from(counts, ([feature, count]) => {
      const weight = feature.startsWith('#') ? PIECE_WEIGHT : 1;
      return [feature, weight * (logRatio(count) - prior)];
    }),
  );
}

/** The language of these words; `undefined` where nothing in them tells. */
export function languageOf(words: Iterable<string>, model: LanguageModel): Language | undefined {
  let balance = 0;
  for (const feature of [...new Set(words)].flatMap(featuresOf)) balance += model.get(feature) ?? 0;
  if (Math.abs(balance) < MIN_EVIDENCE) return undefined;
  return balance > 0 ? 'de' : 'en';
}

function textsIn(language: Language, { topics, outOfScope, followUps, overheard, reactions }: Knowledge): string[] {
  return [
    ...topics.flatMap((topic) => [topic[language].answer, ...topic[language].phrasings]),
    ...outOfScope[language],
    ...reactions[language],
    ...followUps.flatMap((followUp) => followUp[language]),
    ...overheard.filter((message) => message.language === language).map(({ text }) => text),
  ];
}
