import type { Language } from '../knowledge/knowledge.ts';

/** What the chat in the terminal says besides the replies that every front end gives. */
interface ChatTexts {
  readonly greeting: (subject: string, source: string) => string;
  readonly noToken: string;
  readonly help: string;
  readonly topics: string;
  readonly noSuchNumber: (count: number) => string;
  readonly noSuchCommand: (command: string) => string;
  readonly bye: string;
}

export const CHAT_TEXTS: Readonly<Record<Language, ChatTexts>> = {
  de: {
    greeting: (subject, source) =>
      `Hallo! Ich beantworte Fragen zu ${subject}, auf Deutsch und Englisch, aus einem einzigen Artikel (Quelle: ${source}).`,
    noToken:
      'Es ist kein DISCORD_TOKEN gesetzt, darum läuft der Bot hier im Terminal. Für Discord: .env.example nach .env kopieren, das Token des Bots eintragen und npm start aufrufen.',
    help: 'Schreib eine Frage oder die Nummer eines Vorschlags. „themen“ zeigt alle Themen, „hilfe“ diesen Hinweis, „ende“ beendet das Gespräch.',
    topics: 'Themen:',
    noSuchNumber: (count) =>
      count === 0 ? 'Gerade gibt es keine Vorschläge mit Nummern.' : `Vorschläge gibt es von 1 bis ${count}.`,
    noSuchCommand: (command) => `${command} kenne ich nicht. Es gibt /themen, /hilfe und /ende.`,
    bye: 'Tschüss!',
  },
  en: {
    greeting: (subject, source) =>
      `Hello! I answer questions about ${subject}, in German and English, from a single article (source: ${source}).`,
    noToken:
      'No DISCORD_TOKEN is set, so the bot runs here in the terminal. For Discord: copy .env.example to .env, enter the bot’s token there and run npm start.',
    help: 'Type a question or the number of a suggestion. “topics” lists all topics, “help” shows this hint, “exit” ends the conversation.',
    topics: 'Topics:',
    noSuchNumber: (count) =>
      count === 0 ? 'There are no numbered suggestions right now.' : `There are suggestions from 1 to ${count}.`,
    noSuchCommand: (command) => `I don’t know ${command}. There are /topics, /help and /exit.`,
    bye: 'Bye!',
  },
};

/** Said to thanks and to "ok". */
export const ACKNOWLEDGEMENT = '👍';

export type ChatCommand = 'help' | 'topics' | 'exit';

/** What is typed for each command, as a word or after a slash. */
export const CHAT_COMMANDS: Readonly<Record<ChatCommand, readonly string[]>> = {
  help: ['help', 'hilfe', '?'],
  topics: ['topics', 'themen'],
  exit: ['exit', 'quit', 'bye', 'ende', 'beenden', 'tschüss'],
};
