import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Context } from '../engine/decide.ts';
import type { Engine } from '../engine/engine.ts';
import type { Reply, Suggestion } from '../engine/replies.ts';
import { ExpectedError } from '../knowledge/expected-error.ts';
import type { Language } from '../knowledge/knowledge.ts';
import { type Clock, systemClock } from '../operation/clock.ts';
import { type Output, Screen, suggestionsOf } from './screen.ts';
import { ACKNOWLEDGEMENT, CHAT_COMMANDS, CHAT_TEXTS, type ChatCommand } from './texts.ts';

/** A message that comes later than this after an answer no longer continues it. */
const REMEMBERED_MS = 5 * 60_000;

export interface ChatOptions {
  readonly engine: Engine;
  readonly input: Readable;
  readonly output: Output;
  /** Is a person typing? Without one there is neither greeting nor prompt. */
  readonly interactive: boolean;
  readonly clock?: Pick<Clock, 'now'>;
}

/**
 * Talks with the person at the terminal until they leave, press Ctrl-C, or the input ends.
 *
 * @throws {ExpectedError} if there is neither a person nor any input
 */
export async function chat({ engine, input, output, interactive, clock = systemClock }: ChatOptions): Promise<void> {
  const screen = new Screen(output);
  const conversation = new Conversation(engine, clock);
  const say = (text: string) => output.write(`${text}\n\n`);
  const prompt = interactive ? screen.styled('cyan', '› ') : '';
  const lines = createInterface({ input, output, terminal: interactive, prompt });
  // Ctrl-C ends the conversation like the end of input.
  lines.on('SIGINT', () => lines.close());
  // Lines typed before the end are still answered, but nobody is left to prompt.
  let isOpen = true;
  lines.once('close', () => {
    isOpen = false;
  });
  if (interactive) {
    say(greeting(engine, screen));
    lines.prompt();
  }
  let isEmpty = true;
  for await (const line of lines) {
    isEmpty = false;
    const text = line.trim();
    const texts = CHAT_TEXTS[conversation.language];
    const command = commandOf(text);
    if (command === 'exit') break;
    if (command === 'help') say(screen.wrapped(texts.help));
    else if (command === 'topics') say(screen.numbered(texts.topics, conversation.listTopics()));
    else if (text.startsWith('/') && !text.includes(' ')) say(screen.wrapped(texts.noSuchCommand(text)));
    else if (/^\d{1,2}$/.test(text)) {
      const reply = conversation.choose(Number(text));
      say(reply ? screen.reply(reply) : texts.noSuchNumber(conversation.suggestions.length));
    } else if (text !== '') {
      const reply = conversation.ask(text);
      say(reply ? screen.reply(reply) : ACKNOWLEDGEMENT);
    }
    if (interactive && isOpen) lines.prompt();
  }
  lines.close();
  if (isEmpty && !interactive) {
    throw new ExpectedError(
      'There is nothing to do: DISCORD_TOKEN is not set, so the bot would chat in a terminal, but there is none. Set DISCORD_TOKEN in the environment or in .env; .env.example explains every setting.',
    );
  }
  if (interactive) say(`\n${CHAT_TEXTS[conversation.language].bye}`);
}

/** What was said so far, as far as it matters for the next message. */
class Conversation {
  readonly #engine: Engine;
  readonly #clock: Pick<Clock, 'now'>;
  #language: Language;
  #suggestions: readonly Suggestion[] = [];
  #answered: { readonly topics: readonly string[]; readonly at: number } | undefined;

  constructor(engine: Engine, clock: Pick<Clock, 'now'>) {
    this.#engine = engine;
    this.#clock = clock;
    this.#language = engine.defaultLanguage;
  }

  get language(): Language {
    return this.#language;
  }

  /** The latest numbered list on the screen. */
  get suggestions(): readonly Suggestion[] {
    return this.#suggestions;
  }

  /** @returns `undefined` if the message needs no reply */
  ask(text: string): Reply | undefined {
    const decision = this.#engine.decide(this.#engine.read(text), this.#context());
    this.#language = decision.language;
    return this.#remember(this.#engine.reply(decision));
  }

  /** The answer to the suggestion with this number; `undefined` if there is none. */
  choose(number: number): Reply | undefined {
    const chosen = this.#suggestions[number - 1];
    return chosen && this.#remember(this.#engine.answer([chosen.topic], this.#language));
  }

  listTopics(): readonly Suggestion[] {
    this.#suggestions = this.#engine.knowledge.topics.map((topic) => {
      return { topic: topic.id, title: topic[this.#language].title };
    });
    return this.#suggestions;
  }

  #context(): Pick<Context, 'previous' | 'language'> {
    const { topics = [], at = 0 } = this.#answered ?? {};
    return { previous: this.#clock.now() - at <= REMEMBERED_MS ? topics : [], language: this.#language };
  }

  #remember(reply: Reply | undefined): Reply | undefined {
    if (reply?.kind === 'answer') {
      this.#answered = { topics: reply.topics.map(({ id }) => id), at: this.#clock.now() };
    }
    const suggestions = reply ? suggestionsOf(reply) : [];
    if (suggestions.length > 0) this.#suggestions = suggestions;
    return reply;
  }
}

const COMMANDS: ReadonlyMap<string, ChatCommand> = new Map(
  (Object.keys(CHAT_COMMANDS) as ChatCommand[]).flatMap((command) =>
    CHAT_COMMANDS[command].flatMap((word) => [[word, command] as const, [`/${word}`, command] as const]),
  ),
);

const commandOf = (text: string) => COMMANDS.get(text.toLowerCase());

/** In both languages, the default one first. */
function greeting({ defaultLanguage, knowledge, subject }: Engine, screen: Screen): string {
  const languages: readonly Language[] = defaultLanguage === 'de' ? ['de', 'en'] : ['en', 'de'];
  return languages
    .map((language) => {
      const texts = CHAT_TEXTS[language];
      return [
        screen.wrapped(texts.greeting(subject, knowledge.article.source), 'bold'),
        screen.wrapped(texts.noToken, 'dim'),
        screen.wrapped(texts.help),
      ].join('\n');
    })
    .join('\n\n');
}
