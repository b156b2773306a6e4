import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Engine, Reply, Suggestion } from '../engine/engine.ts';
import { ExpectedError } from '../knowledge/expected-error.ts';
import type { Language } from '../knowledge/knowledge.ts';
import { layOut, wrapped } from './layout.ts';

export interface ChatOptions {
  readonly engine: Engine;
  readonly input: Readable;
  readonly output: Writable;
  /** Is there a person at the other end? Without one there is neither greeting nor prompt. */
  readonly interactive: boolean;
}

const CHAT_TEXTS = {
  de: {
    greeting: (subject: string, source: string) =>
      `Hallo! Ich beantworte Fragen zu ${subject}, auf Deutsch oder Englisch, aus einem einzigen Artikel (Quelle: ${source}).`,
    noToken:
      'Es ist kein DISCORD_TOKEN gesetzt, darum läuft der Bot hier im Terminal. Für Discord: .env.example nach .env kopieren, das Token des Bots eintragen, npm start.',
    help: 'Schreib eine Frage, oder die Nummer eines Vorschlags. /topics zeigt alle Themen, /quit beendet das Gespräch.',
    topics: 'Themen:',
    noSuchNumber: (most: number) =>
      most === 0 ? 'Gerade gibt es keine Vorschläge mit Nummern.' : `Vorschläge gibt es von 1 bis ${most}.`,
    noSuchCommand: (command: string) => `${command} kenne ich nicht. Es gibt /help, /topics und /quit.`,
    bye: 'Tschüss!',
  },
  en: {
    greeting: (subject: string, source: string) =>
      `Hello! I answer questions about ${subject}, in German or English, from a single article (source: ${source}).`,
    noToken:
      'No DISCORD_TOKEN is set, so the bot runs here in the terminal. For Discord: copy .env.example to .env, put the bot’s token there, npm start.',
    help: 'Type a question, or the number of a suggestion. /topics shows all topics, /quit ends the conversation.',
    topics: 'Topics:',
    noSuchNumber: (most: number) =>
      most === 0 ? 'There are no numbered suggestions right now.' : `There are suggestions from 1 to ${most}.`,
    noSuchCommand: (command: string) => `I don’t know ${command}. There are /help, /topics and /quit.`,
    bye: 'Bye!',
  },
} as const;

/** The bot was started as if for a terminal, but there is none: somebody has forgotten the token. */
export class NobodyThere extends ExpectedError {
  override readonly name = 'NobodyThere';

  constructor() {
    super(
      'There is nothing to do: DISCORD_TOKEN is not set, so the bot would chat in a terminal, and there is none. Set DISCORD_TOKEN in the environment or in .env; .env.example explains every setting.',
    );
  }
}

/**
 * Talks with the person at the terminal until `/quit`, Ctrl-C or the end of input.
 *
 * @throws {NobodyThere} where there is neither a person nor any input
 */
export async function chat({ engine, input, output, interactive }: ChatOptions): Promise<void> {
  const say = (text: string) => output.write(`${text}\n\n`);
  let language = engine.defaultLanguage;
  let suggestions: readonly Suggestion[] = [];
  const show = (reply: Reply) => {
    language = reply.language;
    suggestions = suggestionsOf(reply);
    say(layOut(reply));
  };

  const lines = createInterface({ input, output, terminal: interactive, prompt: interactive ? '› ' : '' });
  // Ctrl-C ends the conversation as the end of input does.
  lines.on('SIGINT', () => lines.close());
  // Lines that were typed before the end are still answered, but there is nobody left to prompt.
  let open = true;
  lines.once('close', () => {
    open = false;
  });
  if (interactive) {
    say(greeting(engine));
    lines.prompt();
  }
  let isEmpty = true;
  for await (const line of lines) {
    isEmpty = false;
    const text = line.trim();
    const command = /^\/[\p{L}\p{N}_-]+$/u.test(text) ? text.toLowerCase() : undefined;
    if (command === '/quit') break;
    const texts = CHAT_TEXTS[language];
    if (command === '/help') say(wrapped(texts.help));
    else if (command === '/topics') {
      suggestions = engine.knowledge.topics.map((topic) => ({ topic: topic.id, title: topic[language].title }));
      say(
        [texts.topics, ...suggestions.map(({ title }, index) => `${String(index + 1).padStart(4)}  ${title}`)].join(
          '\n',
        ),
      );
    } else if (command !== undefined) say(wrapped(texts.noSuchCommand(text)));
    else if (/^\d{1,2}$/.test(text)) {
      const chosen = suggestions[Number(text) - 1];
      if (chosen) show(engine.answerOn(chosen.topic, language));
      else say(texts.noSuchNumber(suggestions.length));
    } else if (text !== '') show(engine.reply({ text, locale: language }));
    if (interactive && open) lines.prompt();
  }
  lines.close();
  if (isEmpty && !interactive) throw new NobodyThere();
  if (interactive) say(`\n${CHAT_TEXTS[language].bye}`);
}

function suggestionsOf(reply: Reply): readonly Suggestion[] {
  if (reply.outcome === 'answer') return reply.related;
  return reply.outcome === 'suggest' ? reply.suggestions : [];
}

/** In the default language first; who reads the other one must not be left out. */
function greeting({ defaultLanguage, knowledge, subject }: Engine): string {
  const languages: readonly Language[] = defaultLanguage === 'de' ? ['de', 'en'] : ['en', 'de'];
  return languages
    .map((language) => {
      const texts = CHAT_TEXTS[language];
      return [texts.greeting(subject, knowledge.article.source), texts.noToken, texts.help]
        .map((text) => wrapped(text))
        .join('\n');
    })
    .join('\n\n');
}
