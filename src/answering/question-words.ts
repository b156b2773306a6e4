import { fold } from '../engine/text.ts';

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/).map(fold));
}

/** Words that open a question in German or English, wherever a clause begins. */
export const QUESTION_WORDS = words(`
  was wann wo wohin woher wie wieso weshalb warum wozu womit wofür wovon woran wer wen wem wessen
  welche welcher welches welchen welchem wieviel wat wann'n
  what when where which who whom whose why how whats whens wheres whos hows wats wen wich
`);

/** Before a question word they open a question with it: "ab wann", "bis zu welchem Betrag", "for how long". */
export const PREPOSITIONS = words(`
  ab an auf aus bei bis durch für gegen in mit nach ohne seit über um unter von vor wegen zu
  about at by for from in of on since through to until with
`);

/** Verbs with their subject in them: they open a question whatever follows. */
export const VERBS_WITH_SUBJECT = words(`
  gibts gips gehts kommts kostets stimmts isses läufts funktionierts brauchts
`);

/** Verbs that open a question when their subject follows: "kostet das was". */
export const GERMAN_VERBS = words(`
  ist isn sind war waren wird werden wurde hat haben habt hast hatte gibt gab kann kannst könnt können könnte könnten
  könntest darf dürfen muss müssen soll sollen sollte will wollen würde würdet würden geht gehen kommt kommen kostet kost
  kosten läuft laufen lief liefen funktioniert funktionieren funzt braucht brauche brauch bekommt bekomme kriegt kriegen
  klappt reicht dauert besteht entstehen akzeptiert verlangt stimmt weiß weißt wisst kennt kennst bietet arbeitet startet unterstützt nimmt nehmen taugt lohnt macht heißt
  bringt steht reden sprechen planen verhandeln
`);

/** The same in English: "does it work". */
export const ENGLISH_VERBS = words(`
  is isnt are arent was were will wont would wouldnt can cant could couldnt do dont does doesnt did didnt has hasnt
  have havent had should shouldnt may might must am
`);

/** What ends like a German verb, and is none. */
export const LIKE_VERBS = words(`
  jetzt nicht soweit damit somit womit samt gesagt gehört gedacht bekannt erwartet echt fast erst sonst selbst laut statt seit dort fest bereit leicht vielleicht zuletzt gut nett alt weit
  gegen neben zwischen wegen oben unten hinten morgen guten allen vielen einen keinen meinen deinen denen diesen welchen
  fragt fragte sagte schreibt schrieb meinte
  banken karten leuten daten kosten zeiten achtung insgesamt direkt komplett meist höchst längst
  what that just right left most best least last first next want got get went let but not it at yet about start wait
  admit bet doubt guest expect open then when often seven even listen happen
`);

/** After "does" they tell: "does work for me". */
export const TOLD_WITH_DOES = words('not work matter look sound seem make feel have');

/** What can be a verb's subject, besides a name: "can't wait" and "muss gleich los" ask nothing. */
export const SUBJECTS = words(`
  ich du er sie es wir ihr man das dies dieser diese dieses der die ein eine einer wer jemand irgendwer jeder alle
  mein meine dein deine unser unsere euer eure da ma mer i d n ne
  you u ya yall he she it we they this that these those the a an my your our their there anyone someone anybody
  somebody everyone everybody all
`);

/** Of them, those that nothing but a verb stands before. */
export const PRONOUNS = words('ich du er es wir ihr man da das');

/** German, where it tells rather than asks: "gibt es halt nur in China". */
export const TELLING = words('halt ja doch eh');

/** What follows from a condition that is put like a question: "kommt es nach Deutschland, bin ich dabei". */
export const CONSEQUENCES = words(`
  bin hab habe werd werde kauf kaufe wechsel wechsle zahl zahle nutz nutze
  im ill id
`);

/** Questions of few words end with one of them: "Xiaomi Pay when". */
export const LAST_QUESTION_WORDS = words('wann wo warum wieso when where why');

/** A sentence without a verb that ends with one of them asks: "ohne NFC möglich". */
export const LAST_PREDICATES = words('möglich nutzbar verfügbar erhältlich oder possible available supported');

/** Words before a question that do not change what it is: "leute, weiß einer …", "wait what even is …". */
export const FILLERS = words(`
  hey hi hallo huhu moin servus leute jungs mädels freunde alter digga bro na und aber also sag sagt mal so ok okay
  äh ähm hm hmm hä häh ne kurze dumme doofe blöde kleine frage schön gut cool sorry btw wtf
  guys folks wait lol so and but well um uh yo yeah dude man quick stupid dumb silly serious question ok pls please
  bitte eigentlich denn ja nein no yes oh ah
`);

/** Words that take note of an answer, and ask nothing. */
export const ACKNOWLEDGING = words(`
  ok okay oki okidoki ja jo jep jap joa jupp yes yep yeah yup nein ne nö nope no aha achso ach so ah oh hm hmm mhm soso
  haha hahaha hihi lol lmao rofl xd xdd super toll top nice cool geil klasse prima perfekt perfect great awesome gut good
  alles klar verstehe verstanden schade krass wow interessant interesting check got it i see stimmt genau right sure
  schön fein passt gg rip
`);
