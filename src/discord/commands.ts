import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import { CHANNEL_MODES } from '../storage/channel-settings.ts';

export const COMMAND = 'xiaomipay';
export const CONTEXT_COMMAND = 'Xiaomi Pay: answer';
/** In UTF-16 units. Discord would allow 6,000. */
const MAX_QUESTION_LENGTH = 1_000;

/** In servers, in direct messages with the bot, and for members who installed the bot for themselves everywhere else. */
const EVERYWHERE = {
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
};

const LANGUAGE_CHOICES = [
  { name: 'Deutsch', value: 'de' },
  { name: 'English', value: 'en' },
];

/** Resets the language of a channel. */
export const SERVERS_LANGUAGE = {
  name: 'the server’s',
  name_localizations: { de: 'die des Servers' },
  value: 'server',
};

const english = <T extends string>(text: T, de: string) => ({
  description: text,
  description_localizations: { de },
});

/** Subcommands can't have permissions of their own: those for moderators check them when they run. */
export const COMMANDS = [
  {
    ...EVERYWHERE,
    type: ApplicationCommandType.ChatInput,
    name: COMMAND,
    ...english('Questions and answers about Xiaomi Pay', 'Fragen und Antworten zu Xiaomi Pay'),
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'ask',
        name_localizations: { de: 'fragen' },
        ...english('Ask a question; only you see the answer', 'Stell eine Frage; die Antwort siehst nur du'),
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'question',
            name_localizations: { de: 'frage' },
            ...english('Choose one or write your own', 'Wähle eine aus oder schreib deine eigene'),
            required: true,
            autocomplete: true,
            max_length: MAX_QUESTION_LENGTH,
          },
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'post',
        name_localizations: { de: 'posten' },
        ...english('Moderators: post an answer for everyone', 'Moderation: eine Antwort für alle posten'),
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'topic',
            name_localizations: { de: 'thema' },
            ...english('The topic to post', 'Das Thema'),
            required: true,
            autocomplete: true,
          },
          {
            type: ApplicationCommandOptionType.User,
            name: 'member',
            name_localizations: { de: 'mitglied' },
            ...english('The member it is for; they are notified', 'Für wen sie ist; wird benachrichtigt'),
          },
          {
            type: ApplicationCommandOptionType.String,
            name: 'language',
            name_localizations: { de: 'sprache' },
            ...english('The language of the answer', 'Die Sprache der Antwort'),
            choices: LANGUAGE_CHOICES,
          },
          {
            type: ApplicationCommandOptionType.String,
            name: 'reply-to',
            name_localizations: { de: 'antwort-auf' },
            ...english('Link or id of the message to reply to', 'Link oder ID der Nachricht, auf die geantwortet wird'),
          },
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'channel',
        name_localizations: { de: 'kanal' },
        ...english('Moderators: where and when I answer here', 'Moderation: wann ich hier antworte'),
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'mode',
            name_localizations: { de: 'modus' },
            ...english('When I answer in this channel or forum', 'Wann ich in diesem Kanal oder Forum antworte'),
            required: true,
            choices: CHANNEL_MODES.map((mode) => ({ ...modeNames()[mode], value: mode })),
          },
          {
            type: ApplicationCommandOptionType.String,
            name: 'language',
            name_localizations: { de: 'sprache' },
            ...english('For messages without a language of their own', 'Für Nachrichten ohne erkennbare Sprache'),
            choices: [...LANGUAGE_CHOICES, SERVERS_LANGUAGE],
          },
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'status',
        ...english(
          'Moderators: settings, permissions and votes',
          'Moderation: Einstellungen, Berechtigungen, Bewertungen',
        ),
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'topics',
        name_localizations: { de: 'themen' },
        ...english('Everything that I have an answer to', 'Alles, worauf ich eine Antwort habe'),
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'help',
        name_localizations: { de: 'hilfe' },
        ...english('How to ask me', 'Wie du mich fragen kannst'),
      },
    ],
  },
  {
    ...EVERYWHERE,
    type: ApplicationCommandType.Message,
    name: CONTEXT_COMMAND,
    name_localizations: { de: 'Xiaomi Pay: beantworten' },
  },
] satisfies (RESTPostAPIApplicationCommandsJSONBody | RESTPostAPIContextMenuApplicationCommandsJSONBody)[];

function modeNames() {
  return {
    off: { name: 'off: only commands', name_localizations: { de: 'off: nur Befehle' } },
    mentions: { name: 'mentions: when I’m mentioned', name_localizations: { de: 'mentions: wenn ich erwähnt werde' } },
    open: { name: 'open: also unprompted', name_localizations: { de: 'open: auch von mir aus' } },
  } as const;
}
