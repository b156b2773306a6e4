import { type ClauseText, type SentenceText, WANTING, wordSet } from './text.ts';

/** Closed-class words and set phrases, folded. What a message is about plays no part in this. */
const NEGATIONS = wordSet(`
  nicht ned net nich nit nix kein keine keinen weder egal weniger not dont doesnt didnt isnt arent wasnt never neither
`);
const ASKING = wordSet(`
  wissen fragen frag frage interessiert interessieren reden rede meine meinte
  ask asking asked interest interested matter matters care tell talking mean
`);
const WANTS_TO_KNOW = /\b(?:to|wanna) know\b/;
const IS_ABOUT = /\bgeht?s? (?:(?:mir|es|uns|nicht) )*um\b/;
/** "Forget the date", "spar dir das Datum". */
const SETS_ASIDE =
  /^(?:forget|skip|spare|ignore|leave (?:out|aside)|leaving|never ?mind|no need|vergiss|vergesst|spart?|erspar|abgesehen) /;
/** "I know", "is clear to me". */
const IS_SETTLED =
  /\b(?:(?<!\b(?:do|can|did|could|will|would|should) )i (?:already )?kn[eo]w|(?:is|are) (?:already )?clear|ich weiss|(?<!\b(?:wie|wo|woher|wann) )weiss ich|ist (?:mir )?(?:ja |schon )?(?:klar|bekannt))\b/;
const IS_INDIFFERENT = /\bmir\b.* (?:egal|wurst|wurscht|schnuppe|schnurz)\b/;
const IS_UNDERSTOOD =
  /^(?:(?:ok|okay|right|yes|yeah|alright|i|ive) )*(?:got (?:it|that)|understood)$|(?<!\b(?:richtig|falsch) )\b(?:verstanden|kapiert)$/;
/** "…, weiß ich", "…, interessiert mich nicht": is about what stands before, as "…, got it" is. */
const REFERS_BACK = /^\S+ (?:ich|mir|mich)\b/;
/** "Kein NFC, kann ich trotzdem zahlen?" is about what stands before. */
const DESPITE = /\b(?:trotzdem|dennoch|can (?:i|we) still)\b|\S anyway\b/;
const RESUMING = wordSet('sondern aber but just simply only nur bloß einfach lediglich rather instead give gib');

/**
 * The clauses that say what the member does *not* ask: "not the price, just the date", "I know who the partner is. I
 * want to know why." None where nothing else would be left.
 */
export function dismissedClauses(sentences: readonly SentenceText[]): ReadonlySet<ClauseText> {
  const all = sentences.flatMap(({ clauses }) => clauses);
  if (all.some((clause) => DESPITE.test(textOf(clause)))) return new Set();
  const dismissed = new Set<ClauseText>();
  for (const sentence of sentences) {
    let isDismissing = false;
    for (const [index, clause] of sentence.clauses.entries()) {
      const begins = dismisses(clause, index, sentence);
      isDismissing = begins || (isDismissing && !resumes(clause, index, sentence));
      if (!isDismissing) continue;
      const text = textOf(clause);
      const from = begins && (REFERS_BACK.test(text) || IS_UNDERSTOOD.test(text)) ? 0 : index;
      for (const each of sentence.clauses.slice(from, index + 1)) dismissed.add(each);
      // "Forget the date, name the price": what follows is what they ask.
      isDismissing = !SETS_ASIDE.test(text);
    }
  }
  return dismissed.size < all.length ? dismissed : new Set();
}

const textOf = ({ tokens }: ClauseText) => tokens.map(({ folded }) => folded).join(' ');
const has = (words: ReadonlySet<string>, { tokens }: ClauseText) => tokens.some(({ folded }) => words.has(folded));
const asks = (clause: ClauseText) =>
  WANTS_TO_KNOW.test(textOf(clause)) || IS_ABOUT.test(textOf(clause)) || has(ASKING, clause);

function dismisses(clause: ClauseText, index: number, { hasQuestionMark, clauses }: SentenceText): boolean {
  const text = textOf(clause);
  const { length } = clause.tokens;
  // "Not in Germany?" asks for just that.
  const isWhole = hasQuestionMark && clauses.length === 1;
  if (IS_INDIFFERENT.test(text)) return true;
  if (SETS_ASIDE.test(text)) return !isWhole;
  if (!has(NEGATIONS, clause)) return IS_UNDERSTOOD.test(text) || (IS_SETTLED.test(text) && !WANTS_TO_KNOW.test(text));
  // "…, not yet", "…, oder nicht" belong to the question.
  if (length <= 2 && index > 0) return false;
  return asks(clause) || (NEGATIONS.has(clause.tokens[0]?.folded ?? '') && length > 1 && !isWhole);
}

/** Does a clause after dismissed ones say what the member does ask? */
function resumes(clause: ClauseText, index: number, { hasQuestionMark, clauses }: SentenceText): boolean {
  const first = clause.tokens[0]?.folded ?? '';
  const wants = /^(?:i|id|ich)$/.test(first) && has(WANTING, clause);
  const isFinalQuestion = hasQuestionMark && index === clauses.length - 1 && clause.opensQuestion;
  return asks(clause) || RESUMING.has(first) || wants || isFinalQuestion;
}
