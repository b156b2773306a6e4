import { type Knowledge, LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import { tokensOf } from './text.ts';

/** Below this difference of log-likelihoods a text could be in either language. */
const MIN_EVIDENCE = 1;
/** Half an occurrence of everything everywhere: what was never seen in a language is unlikely there, not impossible. */
const SMOOTHING = 0.5;
/** A word says more than one of its pieces, which overlap. */
const PIECE_WEIGHT = 0.25;
const PIECE_LENGTH = 3;

/** Words and pieces of words, each with how much it speaks for the first language rather than the second. */
export type LanguageModel = ReadonlyMap<string, number>;

/**
 * Learns to tell the languages apart from the knowledge's own texts: naive Bayes over words and pieces of words. Names are the same in
 * every language and count for neither.
 */
export function trainLanguages(knowledge: Knowledge): LanguageModel {
  const names = new Set(
    knowledge.words.names
      .flatMap(({ name, variants }) => [name, ...variants])
      .flatMap((name) => tokensOf(name).map(({ folded }) => folded)),
  );
  const counts = new Map<string, Record<Language, number>>();
  const totals: Record<Language, number> = { de: 0, en: 0 };
  for (const language of LANGUAGES) {
    for (const { folded } of textsIn(language, knowledge).flatMap(tokensOf)) {
      if (names.has(folded)) continue;
      totals[language]++;
      for (const [feature] of featuresOf(folded)) {
        const count = counts.get(feature) ?? { de: 0, en: 0 };
        count[language]++;
        counts.set(feature, count);
      }
    }
  }
  const prior = Math.log((totals.de + SMOOTHING) / (totals.en + SMOOTHING));
  return new Map(
    Array.from(counts, ([feature, { de, en }]) => [feature, Math.log((de + SMOOTHING) / (en + SMOOTHING)) - prior]),
  );
}

/** The language of these words; `undefined` where nothing in them tells. */
export function languageOf(words: Iterable<string>, model: LanguageModel): Language | undefined {
  let balance = 0;
  for (const word of new Set(words)) {
    for (const [feature, weight] of featuresOf(word)) balance += weight * (model.get(feature) ?? 0);
  }
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

/** What a word is recognised by, and how much each counts. */
function featuresOf(word: string): (readonly [feature: string, weight: number])[] {
  const bounded = `^${word}$`;
  const features: (readonly [string, number])[] = [[word, 1]];
  for (let start = 0; start + PIECE_LENGTH <= bounded.length; start++) {
    features.push([`#${bounded.slice(start, start + PIECE_LENGTH)}`, PIECE_WEIGHT]);
  }
  return features;
}
