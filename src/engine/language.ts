import { type Knowledge, LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import { trigramsOf } from './model.ts';
import { foldedWords, tokensOf } from './text.ts';

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
  const words = new Map<string, Record<Language, number>>();
  const pieces = new Map<string, Record<Language, number>>();
  const totals: Record<Language, number> = { de: 0, en: 0 };
  const add = (counts: Map<string, Record<Language, number>>, key: string, language: Language, times: number) => {
    const count = counts.get(key) ?? { de: 0, en: 0 };
    count[language] += times;
    counts.set(key, count);
  };
  for (const language of LANGUAGES) {
    for (const { folded } of textsIn(language, knowledge).flatMap(tokensOf)) {
      if (names.has(folded)) continue;
      totals[language]++;
      add(words, folded, language, 1);
    }
  }
  for (const [word, { de, en }] of words) {
    for (const piece of trigramsOf(word)) {
      add(pieces, piece, 'de', de);
      add(pieces, piece, 'en', en);
    }
  }
  const prior = Math.log((totals.de + SMOOTHING) / (totals.en + SMOOTHING));
  const evidence = ({ de, en }: Record<Language, number>) => Math.log((de + SMOOTHING) / (en + SMOOTHING)) - prior;
  const model = new Map(Array.from(pieces, ([piece, counts]) => [piece, PIECE_WEIGHT * evidence(counts)]));
  for (const [word, counts] of words) model.set(word, evidence(counts) + ofPieces(word, model));
  return model;
}

/** The language of these words; `undefined` where nothing in them tells. */
export function languageOf(words: Iterable<string>, model: LanguageModel): Language | undefined {
  let balance = 0;
  for (const word of new Set(words)) balance += model.get(word) ?? ofPieces(word, model);
  if (Math.abs(balance) < MIN_EVIDENCE) return undefined;
  return balance > 0 ? 'de' : 'en';
}

const ofPieces = (word: string, model: LanguageModel) =>
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
