import { createInterface } from 'node:readline';
import type { Engine } from '../engine/engine.ts';
import type { Reply, Suggestion } from '../engine/replies.ts';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { LANGUAGES } from '../knowledge/knowledge.ts';
import type { CommandIo } from '../operation/command.ts';
import { screenOn } from './screen.ts';
import { ACKNOWLEDGEMENT, CHAT_COMMANDS, CHAT_TEXTS, WORDS_BESIDE_COMMANDS } from './texts.ts';

interface ChatOptions extends Pick<CommandIo, 'input' | 'output'> {
  readonly engine: Engine;
  /** Is a person typing? Without one there is neither greeting nor prompt. */
  readonly interactive: boolean;
}

/**
 * Talks with the person at the terminal until they leave, press Ctrl-C, or the input ends.
 *
 * @throws {ExpectedError} if there is neither a person nor any input
 */
export async function chat({ engine, input, output, interactive }: ChatOptions): Promise<void> {
  const screen = screenOn(output);
  let language = engine.defaultLanguage;
  let previous: readonly string[] = [];
  /** The latest numbered list on the screen. */
  let listed: readonly Suggestion[] = [];

  const say = (text: string) => output.write(`${text}\n\n`);
  const show = (reply: Reply) => {
    if (reply.kind === 'answer') previous = reply.topics.map(({ id }) => id);
    if (reply.suggestions.length > 0) listed = reply.suggestions;
    say(screen.reply(reply));
  };

  const prompt = interactive ? screen.styled('cyan', '› ') : '';
  const lines = createInterface({ input, output, terminal: interactive, prompt });
  // Lines typed before the end are still answered, but without a prompt.
  let prompts = interactive;
  lines.once('close', () => {
    prompts = false;
  });
  if (interactive) {
    say(greeting(engine, screen));
    lines.prompt();
  }
  let isEmpty = true;
  for await (const line of lines) {
    isEmpty = false;
    const text = line.trim();
    const command = commandIn(text);
    const texts = CHAT_TEXTS[language];
    if (command === 'exit') break;
    if (command === 'help') say(screen.wrapped(texts.help));
    else if (command === 'topics') {
      listed = engine.knowledge.topics.map((topic) => ({ topic: topic.id, title: topic[language].title }));
      say(screen.numbered(texts.topics, listed));
    } else if (/^\d{1,2}[.)]?$/.test(text) && !listed[Number.parseInt(text, 10) - 1]) say(texts.noSuchNumber);
    else if (text !== '') {
      const offered = listed.map(({ topic }) => topic);
      const decision = engine.decide(engine.read(text), { previous, offered, language });
      language = decision.language;
      const reply = engine.reply(decision);
      if (reply) show(reply);
      else say(ACKNOWLEDGEMENT);
    }
    if (prompts) lines.prompt();
  }
  lines.close();
  if (interactive) say(`\n${CHAT_TEXTS[language].bye}`);
  else if (isEmpty) {
    throw new ExpectedError(
      'There is nothing to do: DISCORD_TOKEN is not set, so the bot would chat in a terminal, but there is none. Set DISCORD_TOKEN in the environment or in .env; .env.example explains every setting.',
    );
  }
}

function commandIn(text: string) {
  const words = text.toLowerCase().match(/[^\s/,.!]+/g) ?? [];
  return CHAT_COMMANDS[words.filter((word) => !WORDS_BESIDE_COMMANDS.includes(word)).join(' ')];
}

/** In both languages, the default one first. */
function greeting({ defaultLanguage, knowledge, subject }: Engine, screen: ReturnType<typeof screenOn>): string {
  const greetings = Array.from(new Set([defaultLanguage, ...LANGUAGES]), (language) => {
    const { greeting, noToken, help } = CHAT_TEXTS[language];
    const first = screen.styled('bold', screen.wrapped(greeting(subject, knowledge.article.source)));
    return [first, screen.styled('dim', screen.wrapped(noToken)), screen.wrapped(help)].join('\n');
  });
  return greetings.join('\n\n');
}
