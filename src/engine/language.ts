import { type Knowledge, LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import { trigramsOf } from './model.ts';
import { foldedWords } from './text.ts';

/** Below this difference of log-likelihoods a text could be in either language. */
const MIN_EVIDENCE = 1;
/** Half an occurrence of everything everywhere: what was never seen in a language is unlikely there, not impossible. */
const SMOOTHING = 0.5;
/** A word says more than one of its pieces, which overlap. */
const PIECE_WEIGHT = 0.25;

/** How much each known word, with its pieces, and each piece ("#pay") speaks for German rather than English. */
export type LanguageModel = ReadonlyMap<string, number>;

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
      for (const feature of [word, ...trigramsOf(word)]) {
        const count = counts.get(feature) ?? { de: 0, en: 0 };
        count[language]++;
        counts.set(feature, count);
      }
    }
  }
  const logRatio = ({ de, en }: Record<Language, number>) => Math.log((de + SMOOTHING) / (en + SMOOTHING));
  const prior = logRatio(totals);
  const weights = Array.from(counts, ([feature, count]): [string, number] => {
    const weight = feature.startsWith('#') ? PIECE_WEIGHT : 1;
    return [feature, weight * (logRatio(count) - prior)];
  });
  const model = new Map(weights);
  for (const [feature, weight] of weights) {
    if (!feature.startsWith('#')) model.set(feature, weight + weightOfPieces(feature, model));
  }
  return model;
}

/** The language of these words; `undefined` where nothing in them tells. */
export function languageOf(words: Iterable<string>, model: LanguageModel): Language | undefined {
  let balance = 0;
  for (const word of new Set(words)) balance += model.get(word) ?? weightOfPieces(word, model);
  if (Math.abs(balance) < MIN_EVIDENCE) return undefined;
  return balance > 0 ? 'de' : 'en';
}

/** What the pieces of a word say, all that is known about one that was never seen. */
const weightOfPieces = (word: string, model: LanguageModel) =>
  trigramsOf(word).reduce((sum, piece) => sum + (model.get(piece) ?? 0), 0);

function textsIn(language: Language, { topics, outOfScope, followUps, overheard, reactions }: Knowledge): string[] {
  return [
    ...topics.flatMap((topic) => [topic[language].answer, ...topic[language].phrasings]),
    ...outOfScope[language],
    ...reactions[language],
    ...followUps.flatMap((followUp) => followUp[language]),
    ...overheard.filter((message) => message.language === language).map(({ text }) => text),
  ];
}
