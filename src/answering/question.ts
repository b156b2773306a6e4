import { fold, wordsOf } from '../matching/text.ts';
import type { ReadWord } from '../matching/vocabulary.ts';

/** Words that open a question in German or English, wherever a clause begins. */
const QUESTION_WORDS = words(`
  was wann wo wohin woher wie wieso weshalb warum wozu womit wofür wovon woran wer wen wem wessen
  welche welcher welches welchen welchem wieviel wat wann'n
  what when where which who whom whose why how whats whens wheres whos hows wats wen wich
`);

/** Before a question word they open a question with it: "ab wann", "auf welchem", "for how long". */
const PREPOSITIONS = words(`
  ab an auf aus bei bis durch für gegen in mit nach ohne seit über um unter von vor wegen zu
  about at by for from in of on since through to until with
`);

/** Words that open a question whatever follows: the subject is in them, or no statement begins so. */
const OPENINGS = words(`
  gibts gehts kommts kostets stimmts isses läufts funktionierts brauchts
  any anyone anybody someone werden do does are
`);

/** Verbs that open a question when their subject follows: "kostet das was". */
const GERMAN_VERBS = words(`
  ist isn sind war waren wird wurde hat haben habt hast hatte gibt kann kannst könnt können könnte könnten
  könntest darf dürfen muss müssen soll sollen sollte will wollen würde würdet würden geht kommt kostet kost läuft
  funktioniert funzt braucht brauche brauch bekommt bekomme kriegt kriegen klappt stimmt weiß weißt wisst
  kennt kennst bietet arbeitet startet unterstützt nimmt taugt lohnt macht heißt bringt steht
`);

/** The same in English: "does it work". */
const ENGLISH_VERBS = words(`
  is isnt arent was were will wont would wouldnt can cant could couldnt dont doesnt did didnt has hasnt
  have havent had should shouldnt may might must am
`);

/** What can be a verb's subject, besides a name: "can't wait" and "muss gleich los" ask nothing. */
const SUBJECTS = words(`
  ich du er sie es wir ihr man das dies dieser diese dieses der die ein eine einer wer jemand irgendwer jeder alle
  mein meine dein deine unser unsere euer eure da ma mer i d n ne
  you u ya yall he she it we they this that these those the a an my your our their there anyone someone anybody
  somebody everyone everybody all
`);

/** Words before a question that do not change what it is: "leute, weiß einer …", "wait what even is …". */
const FILLERS = words(`
  hey hi hallo huhu moin servus leute jungs mädels freunde alter digga bro na und aber also sag sagt mal so ok okay
  äh ähm hm hmm ne kurze frage btw guys folks wait lol so and but well um uh yo dude man quick question ok pls please
  bitte eigentlich denn ja nein no yes oh ah
`);

/** Turns of phrase that ask without asking: "ich frag mich, ob …", "does anyone know …". */
const ASKING =
  /\b(?:wei(?:ss|sz) (?:jemand|wer|einer|irgendwer|man|einer von euch)|hat (?:jemand|wer|einer|irgendwer)|jemand (?:ne |eine )?(?:ahnung|idee)|keine ahnung (?:ob|wann|wie|was|wo)|(?:ich )?frage? mich|wuesste gern|wuerde gern|wissen ob|(?:any|some)(?:one|body) (?:\w+ )?know|(?<!no )wonder(?:ing)?|curious (?:if|whether|how|what|when)|no idea (?:if|when|how|what)|tell me|sagt mir|kann mir (?:jemand|wer|einer))\b/;

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/).map(fold));
}

/** What somebody else said, or a title. */
const QUOTED = /"[^"\n]*"|“[^”\n]*”|„[^“”\n]*[“”]|»[^«\n]*«|«[^»\n]*»/g;

/**
 * Does somebody ask something here? A question mark, a question word or an opening verb where a clause begins, or a
 * turn of phrase that asks.
 *
 * @param text a message without markup
 * @param words the same message as it was read, its typos mended
 */
export function isQuestion(text: string, words: readonly ReadWord[]): boolean {
  const said = text.replace(QUOTED, ' ');
  if (/[?？؟]/.test(said) || ASKING.test(mended(words))) return true;
  const names = namesIn(words);
  return said.split(SENTENCE_ENDS).some((sentence) => {
    const clauses = sentence.split(CLAUSE_ENDS).map(openingOf);
    const [main = [], ...others] = clauses.filter((clause) => clause.length > 0);
    return (
      opensAQuestion(main, names) || others.some((clause) => opensAQuestion(clause, names) && !isSubordinate(clause))
    );
  });
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

const SENTENCE_ENDS = /[.!;\n…–—]+/;
const CLAUSE_ENDS = /[,:]+/;

/** The words of a clause from where it matters how it begins. */
function openingOf(clause: string): readonly string[] {
  const typed = wordsOf(clause).map(({ folded }) => folded);
  const start = typed.findIndex((word) => !FILLERS.has(word));
  return start < 0 ? [] : typed.slice(start);
}

function opensAQuestion([first = '', second = '']: readonly string[], names: ReadonlySet<string>): boolean {
  if (QUESTION_WORDS.has(first) || OPENINGS.has(first)) return true;
  if (PREPOSITIONS.has(first)) return QUESTION_WORDS.has(second);
  if (!GERMAN_VERBS.has(first) && !ENGLISH_VERBS.has(first)) return false;
  return SUBJECTS.has(second) || names.has(second);
}

/** After a comma, German has the verb at the end of what is not asked: "mir egal, wann das kommt". */
function isSubordinate(clause: readonly string[]): boolean {
  const [first = '', second] = clause;
  return QUESTION_WORDS.has(first) && second !== clause.at(-1) && GERMAN_VERBS.has(clause.at(-1) ?? '');
}

function namesIn(words: readonly ReadWord[]): ReadonlySet<string> {
  const names = words.filter(({ readings: [{ kind }] }) => kind === 'name');
  return new Set(names.flatMap(({ typed }) => wordsOf(typed).map(({ folded }) => folded)));
}

const mended = (words: readonly ReadWord[]) => words.map(({ readings }) => readings[0].term).join(' ');
