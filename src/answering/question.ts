import { fold, wordsOf } from '../matching/text.ts';
import type { ReadWord } from '../matching/vocabulary.ts';

/** Words that open a question in German or English, wherever a clause begins. */
const QUESTION_WORDS = words(`
  was wann wo wohin woher wie wieso weshalb warum wozu womit wofür wovon woran wer wen wem wessen
  welche welcher welches welchen welchem wieviel wat wann'n
  what when where which who whom whose why how whats whens wheres whos hows wats wen wich
`);

/** Verbs that open a question when the clause begins with them: "kostet das was", "does it work". */
const OPENING_VERBS = words(`
  ist isn sind war waren wird werden wurde hat haben habt hast hatte gibt gibts kann kannst könnt können könnte könnten
  könntest darf dürfen muss müssen soll sollen sollte will wollen würde würdet würden geht gehts kommt kostet läuft
  funktioniert funzt braucht brauche brauch bekommt bekomme kriegt kriegen klappt stimmt stimmts weiß weißt wisst
  kennt kennst bietet arbeitet startet unterstützt nimmt taugt lohnt macht heißt bringt steht
  is isnt are arent was were will wont would wouldnt can cant could couldnt do dont does doesnt did didnt has hasnt
  have havent had should shouldnt may might must need am any anyone anybody someone
`);

/** Words before a question that do not change what it is: "leute, weiß einer …", "wait what even is …". */
const FILLERS = words(`
  hey hi hallo huhu moin servus leute jungs mädels freunde alter digga bro na und aber also sag sagt mal so ok okay
  äh ähm hm hmm ne kurze frage btw guys folks wait lol so and but well um uh yo dude man quick question ok pls please
  bitte eigentlich denn ja nein no yes oh ah
`);

/** Turns of phrase that ask without asking: "ich frag mich, ob …", "does anyone know …". */
const ASKING =
  /\b(?:wei(?:ss|sz) (?:jemand|wer|einer|irgendwer|man|einer von euch)|hat (?:jemand|wer|einer|irgendwer)|jemand (?:ne |eine )?(?:ahnung|idee)|keine ahnung (?:ob|wann|wie|was|wo)|(?:ich )?frage? mich|wuesste gern|wuerde gern|wissen ob|(?:any|some)(?:one|body) (?:\w+ )?know|i ?wonder|wondering|curious (?:if|whether|how|what|when)|no idea (?:if|when|how|what)|tell me|sagt mir|kann mir (?:jemand|wer|einer))\b/;

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/).map(fold));
}

/**
 * Does somebody ask something here? A question mark, a question word or an opening verb where a clause begins, or a
 * turn of phrase that asks.
 *
 * @param text a message without markup
 * @param words the same message as it was read, its typos mended
 */
export function isQuestion(text: string, words: readonly ReadWord[]): boolean {
  return /[?？؟]/.test(text) || text.split(CLAUSE_ENDS).some(opensAQuestion) || ASKING.test(mended(words));
}

/** Is it a question word and nothing more, like "why?" or "und wann?": a question about whatever was said before? */
export function isBareQuestion(text: string): boolean {
  const typed = wordsOf(text).map(({ folded }) => folded);
  return (
    typed.some((word) => QUESTION_WORDS.has(word)) &&
    typed.every((word) => QUESTION_WORDS.has(word) || FILLERS.has(word))
  );
}

/** Words that take note of an answer, and ask nothing. */
const ACKNOWLEDGING = words(`
  ok okay oki okidoki ja jo jep jap joa jupp yes yep yeah yup nein ne nö nope no aha achso ach so ah oh hm hmm mhm soso
  haha hahaha hihi lol lmao rofl xd xdd super toll top nice cool geil klasse prima perfekt perfect great awesome gut good
  alles klar verstehe verstanden schade krass wow interessant interesting check got it i see stimmt genau right sure
  schön fein passt gg rip
`);

/** Is it an "ok", a "haha", a "👍" and nothing more? */
export function isAcknowledgement(text: string): boolean {
  if (text.trim() === '' || /[?？؟]/.test(text)) return false;
  return wordsOf(text).every(({ folded }) => ACKNOWLEDGING.has(folded));
}

const CLAUSE_ENDS = /[.!,;:\n…–—]+/;

function opensAQuestion(clause: string): boolean {
  const opening = wordsOf(clause).find(({ folded }) => !FILLERS.has(folded))?.folded;
  return opening !== undefined && (QUESTION_WORDS.has(opening) || OPENING_VERBS.has(opening));
}

const mended = (words: readonly ReadWord[]) => words.map(({ readings }) => readings[0].term).join(' ');
