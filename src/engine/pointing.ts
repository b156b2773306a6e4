import type { Reading } from './read.ts';
import { wordSet } from './text.ts';

/** Closed-class words, and what people say when they pass somebody else's question on. Folded. */
const POINTING = wordSet(`
  das dies dieses diese es ihm ihr ihnen er sie seine ihre dazu hierzu darauf drauf darüber was hier jemand du kannst kann könntest
  könnte magst weißt weiß beantworten antworten antworte beantworte antwort sagen helfen hilf mal bitte vielleicht denn doch auch
  schon noch ja stimmt wahr ist richtig eine die den der frage uns mir und so ne na
  can could would you do does know any idea answer this that these those it its the please pls plz help is true right question
  his her their him them what about and us me so yes thoughts
`);
const MAX_WORDS = 8;

/** Has a message no question of its own ("?", "kannst du das beantworten?")? Then it is about another message. */
export function pointsElsewhere({ words }: Reading): boolean {
  return words.length <= MAX_WORDS && words.every(({ folded }) => POINTING.has(folded));
}

/** How members name each entry of a numbered list, in lower case: folding makes all numbers alike. */
const ENTRY_NAMES = [
  '1 1st one eins erste erster erstes ersten first',
  '2 2nd two zwei zweite zweiter zweites zweiten second',
  '3 3rd three drei dritte dritter drittes dritten third',
].map((words) => new Set(words.split(' ')));
const CHOOSING = wordSet('das die der den the number nummer no nr option bitte please');

/** The entry of a list that a message chooses: "2", "the second one", "Nummer 2". */
export function chosenFrom<T>(list: readonly T[], { words }: Reading): T | undefined {
  const [chosen, ...others] = words.filter(({ folded }) => !CHOOSING.has(folded));
  // "The second one" and "number one".
  if (!chosen || others.some(({ folded }) => folded !== 'one')) return undefined;
  return list[ENTRY_NAMES.findIndex((set) => set.has(chosen.typed.toLowerCase()))];
}
