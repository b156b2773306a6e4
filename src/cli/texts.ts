import type { Language } from '../knowledge/knowledge.ts';

const de = {
  learning:
    'Ich lerne gerade alle Fragen und Antworten. Das dauert bis zu einer halben Minute; der nächste Start geht schneller …',
  greeting: (subject: string, source: string) =>
    `Hallo! Ich beantworte Fragen zu ${subject}, auf Deutsch und Englisch, aus einem einzigen Artikel (Quelle: ${source}).`,
  noToken:
    'Es ist kein DISCORD_TOKEN gesetzt, darum läuft der Bot hier im Terminal. Für Discord: .env.example nach .env kopieren, das Token des Bots eintragen und npm start aufrufen.',
  help: 'Schreib eine Frage oder die Nummer eines Vorschlags. „themen“ zeigt alle Themen, „hilfe“ diesen Hinweis, „ende“ beendet das Gespräch.',
  topics: 'Themen:',
  noSuchNumber: 'Es gibt keinen Vorschlag mit dieser Nummer.',
  bye: 'Tschüss!',
};

const en: typeof de = {
  learning: 'Learning all questions and answers. This takes up to half a minute; the next start will be quicker …',
  greeting: (subject, source) =>
    `Hello! I answer questions about ${subject}, in German and English, from a single article (source: ${source}).`,
  noToken:
    'No DISCORD_TOKEN is set, so the bot runs here in the terminal. For Discord: copy .env.example to .env, enter the bot’s token there and run npm start.',
  help: 'Type a question or the number of a suggestion. “topics” lists all topics, “help” shows this hint, “exit” ends the conversation.',
  topics: 'Topics:',
  noSuchNumber: 'No suggestion has this number.',
  bye: 'Bye!',
};

/** What the chat in the terminal says besides the replies that every front end gives. */
export const CHAT_TEXTS: Readonly<Record<Language, typeof de>> = { de, en };

/** Said to thanks and to "ok". */
export const ACKNOWLEDGEMENT = '👍';

/** What can be typed, as a word or after a slash. */
export const CHAT_COMMANDS: Readonly<Record<string, 'help' | 'topics' | 'exit'>> = {
  ...{ help: 'help', hilfe: 'help', '?': 'help', topics: 'topics', themen: 'topics' },
  ...{ exit: 'exit', quit: 'exit', bye: 'exit', ende: 'exit', beenden: 'exit', tschüss: 'exit', ciao: 'exit' },
};

/** Words that may stand beside a command, as in "show me the topics, please". */
export const WORDS_BESIDE_COMMANDS = ['show', 'me', 'the', 'please', 'zeig', 'mir', 'die', 'bitte'];
