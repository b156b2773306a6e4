import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandStringOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  DiscordAPIError,
  InteractionContextType,
  type REST,
  RESTJSONErrorCodes,
  type RESTPostAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Storage } from '../storage/storage.ts';

export const COMMAND = 'xiaomipay';
export const CONTEXT_COMMAND = 'Xiaomi Pay: answer';
/** In UTF-16 units. Discord would allow 6,000. */
const MAX_QUESTION_LENGTH = 1_000;
export const SERVERS_LANGUAGE = 'server';

/** In servers, in direct messages with the bot, and anywhere else for members who installed it for themselves. */
const EVERYWHERE = {
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
};

type Words = readonly [name: string, nameDe: string, description: string, descriptionDe: string];

const named = (name: string, de: string) => ({ name, name_localizations: { de } });
const worded = ([name, nameDe, description, de]: Words) => ({
  ...named(name, nameDe),
  description,
  description_localizations: { de },
});
const choice = (value: string, name: string, de: string) => ({ value, ...named(name, de) });
const option = (words: Words, more: Partial<APIApplicationCommandStringOption> = {}) => ({
  type: ApplicationCommandOptionType.String as const,
  ...worded(words),
  ...more,
});
const subcommand = (words: Words, ...options: APIApplicationCommandBasicOption[]) => ({
  type: ApplicationCommandOptionType.Subcommand as const,
  ...worded(words),
  options,
});

const LANGUAGE_CHOICES = [choice('de', 'Deutsch', 'Deutsch'), choice('en', 'English', 'English')];

/** Subcommands can't have permissions of their own: those for moderators check them when they run. */
export const COMMANDS = [
  {
    ...EVERYWHERE,
    type: ApplicationCommandType.ChatInput,
    ...worded([COMMAND, COMMAND, 'Questions and answers about Xiaomi Pay', 'Fragen und Antworten zu Xiaomi Pay']),
    options: [
      subcommand(
        ['ask', 'fragen', 'Ask a question; only you see the answer', 'Stell eine Frage; die Antwort siehst nur du'],
        option(['question', 'frage', 'Pick one or write your own', 'Wähl eine aus oder schreib deine eigene'], {
          required: true,
          autocomplete: true,
          max_length: MAX_QUESTION_LENGTH,
        }),
      ),
      subcommand(
        ['post', 'posten', 'Moderators: post an answer for everyone', 'Moderation: eine Antwort für alle posten'],
        option(['topic', 'thema', 'The topic to post', 'Das Thema'], { required: true, autocomplete: true }),
        {
          type: ApplicationCommandOptionType.User,
          ...worded(['member', 'mitglied', 'The member it’s for (gets pinged)', 'Für wen die Antwort ist (mit Ping)']),
        },
        option(['language', 'sprache', 'The language of the answer', 'Die Sprache der Antwort'], {
          choices: LANGUAGE_CHOICES,
        }),
        option([
          'reply-to',
          'antwort-auf',
          'The message to reply to: link or ID',
          'Auf welche Nachricht ich antworten soll: Link oder ID',
        ]),
      ),
      subcommand(
        ['channel', 'kanal', 'Moderators: set when I answer here', 'Moderation: einstellen, wann ich hier antworte'],
        option(['mode', 'modus', 'When I answer here', 'Wann ich hier antworte'], {
          required: true,
          choices: [
            choice('off', 'off: only commands', 'off: nur Befehle'),
            choice('mentions', 'mentions: when I’m mentioned', 'mentions: wenn ich erwähnt werde'),
            choice('open', 'open: also unprompted', 'open: auch unaufgefordert'),
          ],
        }),
        option(
          [
            'language',
            'sprache',
            'Language of my replies if the message’s isn’t clear',
            'Sprache meiner Antwort, wenn die der Nachricht unklar ist',
          ],
          {
            choices: [...LANGUAGE_CHOICES, choice(SERVERS_LANGUAGE, 'the server’s', 'die des Servers')],
          },
        ),
      ),
      subcommand([
        'status',
        'status',
        'Moderators: settings, permissions, votes',
        'Moderation: Einstellungen, Berechtigungen, Bewertungen',
      ]),
      subcommand(['topics', 'themen', 'Everything I can answer', 'Alles, worauf ich eine Antwort habe']),
      subcommand(['help', 'hilfe', 'How to ask me', 'Wie du mich fragen kannst']),
    ],
  },
  { ...EVERYWHERE, type: ApplicationCommandType.Message, ...named(CONTEXT_COMMAND, 'Xiaomi Pay: beantworten') },
] satisfies RESTPostAPIApplicationCommandsJSONBody[];

/** The server that the commands were registered in last: empty for all servers, absent before the first start. */
const LAST_GUILD = 'commands-guild';

/** Registers the commands for all servers or only in one, and removes them from where an earlier start did. */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  guildId: string | undefined,
  notes: Storage['notes'],
  log: Logger,
): Promise<void> {
  const guild = guildId ?? '';
  const routeOf = (id: string) =>
    id === '' ? Routes.applicationCommands(applicationId) : Routes.applicationGuildCommands(applicationId, id);
  if (!(await succeeds(rest.put(routeOf(guild), { body: COMMANDS })))) {
    log.warn(
      { guild },
      'registering the commands: the bot is not in the server that DISCORD_GUILD_ID names → invite it with the link above and start again, or leave DISCORD_GUILD_ID out',
    );
    return;
  }
  log.info({ commands: COMMANDS.length, guild: guildId }, 'commands: registered');
  const before = await notes.get(LAST_GUILD);
  if (before === guild) return;
  if (before !== undefined && (await succeeds(rest.put(routeOf(before), { body: [] }))))
    log.info({ guild: before || undefined }, 'commands: removed from where they were registered before');
  await notes.set(LAST_GUILD, guild);
}

async function succeeds(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.MissingAccess) return false;
    throw error;
  }
}
