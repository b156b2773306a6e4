import type { Language } from '../knowledge/knowledge.ts';
import type { ChannelMode } from '../storage/channel-settings.ts';

/** Everything that is said only on Discord. Every language has every text. */
export interface DiscordTexts {
  readonly otherLanguage: string;
  readonly helpful: string;
  readonly unhelpful: string;
  readonly dismiss: string;
  readonly share: string;
  readonly sharedBy: (member: string) => string;
  readonly chooseTopic: string;
  readonly thanks: string;
  readonly sorry: string;
  readonly notYours: string;
  readonly notAllowedHere: string;
  readonly needsManageMessages: string;
  readonly onlyInServers: string;
  readonly onlyWithTheBot: string;
  readonly sharedAlready: string;
  readonly topicGone: string;
  readonly slowDown: (seconds: number) => string;
  readonly failed: string;
  readonly nothingToRead: string;
  readonly noSuchTopic: (typed: string) => string;
  readonly noSuchMessage: string;
  readonly otherChannel: string;
  readonly cannotPost: (permissions: string) => string;
  readonly posted: (url: string) => string;
  readonly modeSet: (channel: string, mode: ChannelMode) => string;
  readonly modes: (subject: string) => Readonly<Record<ChannelMode, string>>;
  readonly languageSet: (language: Language | undefined) => string;
  readonly statusHeading: (channel: string) => string;
  readonly statusDefault: string;
  readonly missing: (permissions: string) => string;
  readonly nothingMissing: string;
  readonly contentOff: string;
  readonly knowledge: (topics: number, version: string, loaded: number) => string;
  readonly knowledgeRefused: (problems: number, first: string) => string;
  readonly recording: (on: boolean) => string;
  readonly gapsHeading: string;
  readonly gap: (rank: number, text: string, count: number, nearest: string | undefined) => string;
  readonly noGaps: string;
  readonly topicsHeading: (page: number, pages: number) => string;
  readonly back: string;
  readonly forth: string;
}

export const DISCORD_TEXTS: Readonly<Record<Language, DiscordTexts>> = {
  de: {
    otherLanguage: 'In English',
    helpful: 'Hilfreich',
    unhelpful: 'Nicht hilfreich',
    dismiss: 'Entfernen',
    share: 'Im Kanal zeigen',
    sharedBy: (member) => `Gezeigt von ${member}`,
    chooseTopic: 'Thema wählen …',
    thanks: 'Danke für die Rückmeldung!',
    sorry: 'Schade. Vielleicht passt eines dieser Themen besser:',
    notYours: 'Das kann nur, wer gefragt hat, oder wer hier Nachrichten verwalten darf.',
    notAllowedHere:
      'In diesem Kanal darfst du nicht schreiben, oder der Bot ist hier ausgeschaltet. Die Antwort bleibt unter uns.',
    needsManageMessages: 'Dafür brauchst du in diesem Kanal die Berechtigung „Nachrichten verwalten“.',
    onlyInServers: 'Das geht nur in einem Server.',
    onlyWithTheBot: 'Das geht nur in einem Server, auf dem der Bot Mitglied ist.',
    sharedAlready: 'Das steht schon im Kanal.',
    topicGone: 'Dieses Thema gibt es nicht mehr. Frag mich gern neu.',
    slowDown: (seconds) => `Das waren viele Fragen auf einmal. In ${seconds} Sekunden antworte ich dir gern wieder.`,
    failed: 'Da ist etwas schiefgegangen. Versuch es bitte noch einmal; der Fehler steht im Protokoll des Bots.',
    nothingToRead: 'In dieser Nachricht steht kein Text, den ich lesen könnte.',
    noSuchTopic: (typed) =>
      `Ein Thema „${typed}“ gibt es nicht. Wähle eines der vorgeschlagenen aus, oder sieh mit /xiaomipay topics nach.`,
    noSuchMessage: 'Diese Nachricht gibt es hier nicht. Kopiere ihren Link oder ihre ID noch einmal.',
    otherChannel: 'Diese Nachricht steht in einem anderen Kanal. Führe den Befehl dort aus.',
    cannotPost: (permissions) =>
      `Mir fehlt hier: ${permissions}. Erteile es der Rolle des Bots in den Einstellungen dieses Kanals.`,
    posted: (url) => `Gesendet: ${url}`,
    modeSet: (channel, mode) => `In ${channel} gilt ab jetzt **${mode}**.`,
    modes: (subject) => ({
      off: 'Ich antworte hier nur auf Befehle.',
      mentions: 'Ich antworte hier, wenn ich erwähnt werde oder mir jemand antwortet.',
      open: `Ich antworte hier auch, wenn jemand ausdrücklich nach ${subject} fragt, ohne mich zu erwähnen.`,
    }),
    languageSet: (language) =>
      language === undefined
        ? 'Nachrichten ohne erkennbare Sprache beantworte ich in der Sprache des Servers.'
        : `Nachrichten ohne erkennbare Sprache beantworte ich auf ${language === 'de' ? 'Deutsch' : 'Englisch'}.`,
    statusHeading: (channel) => `Was in ${channel} gilt`,
    statusDefault: 'voreingestellt, nicht festgelegt',
    missing: (permissions) =>
      `⚠️ Mir fehlt: ${permissions}. Erteile es der Rolle des Bots unter Kanal bearbeiten → Berechtigungen.`,
    nothingMissing: 'Alle nötigen Berechtigungen sind da.',
    contentOff:
      '⚠️ Der Bot darf Nachrichten nicht mitlesen (Message Content Intent ist aus): Er antwortet auf Erwähnungen, Antworten und Befehle, aber nicht ungefragt.',
    knowledge: (topics, version, loaded) => `Wissen: ${topics} Themen, Stand ${version}, geladen <t:${loaded}:R>.`,
    knowledgeRefused: (problems, first) =>
      `⚠️ Der Wissensordner wurde seitdem geändert, hat aber Fehler (${problems}); darum gilt weiter der Stand oben. Der erste: ${first}`,
    recording: (on) =>
      on
        ? 'Fragen ohne gute Antwort werden ohne Namen und ohne Server aufgeschrieben und nach 90 Tagen vergessen (RECORD_QUESTIONS ist an).'
        : 'Fragen ohne gute Antwort werden nicht aufgeschrieben (RECORD_QUESTIONS ist aus).',
    gapsHeading: '**Was am häufigsten ohne gute Antwort blieb, aus allen Servern**',
    gap: (rank, text, count, nearest) =>
      `${rank}. ${text} (${count}×)\n-# ${nearest === undefined ? 'kein Thema ist nah' : `am nächsten: ${nearest}`}`,
    noGaps: 'Es ist keine Frage ohne gute Antwort aufgeschrieben.',
    topicsHeading: (page, pages) => `Alle Themen, Seite ${page} von ${pages}`,
    back: 'Zurück',
    forth: 'Weiter',
  },
  en: {
    otherLanguage: 'Auf Deutsch',
    helpful: 'Helpful',
    unhelpful: 'Not helpful',
    dismiss: 'Dismiss',
    share: 'Show in channel',
    sharedBy: (member) => `Shown by ${member}`,
    chooseTopic: 'Choose a topic …',
    thanks: 'Thanks for the feedback!',
    sorry: 'Sorry about that. Maybe one of these topics is closer:',
    notYours: 'Only whoever asked, or may manage messages here, can do that.',
    notAllowedHere: 'You may not write in this channel, or the bot is switched off here. The answer stays between us.',
    needsManageMessages: 'You need the permission “Manage Messages” in this channel for that.',
    onlyInServers: 'That only works in a server.',
    onlyWithTheBot: 'That only works in a server that the bot is a member of.',
    sharedAlready: 'It is in the channel already.',
    topicGone: 'This topic no longer exists. Feel free to ask again.',
    slowDown: (seconds) => `That was a lot of questions at once. I will gladly answer again in ${seconds} seconds.`,
    failed: 'Something went wrong. Please try again; the error is in the bot’s log.',
    nothingToRead: 'There is no text in this message that I could read.',
    noSuchTopic: (typed) => `There is no topic “${typed}”. Choose one of those offered, or look at /xiaomipay topics.`,
    noSuchMessage: 'There is no such message here. Copy its link or its id once more.',
    otherChannel: 'That message is in another channel. Run the command there.',
    cannotPost: (permissions) =>
      `I lack this here: ${permissions}. Grant it to the bot’s role in this channel’s settings.`,
    posted: (url) => `Sent: ${url}`,
    modeSet: (channel, mode) => `From now on, **${mode}** applies in ${channel}.`,
    modes: (subject) => ({
      off: 'I only answer commands here.',
      mentions: 'I answer here when I am mentioned or replied to.',
      open: `I also answer here when somebody asks about ${subject} by name without mentioning me.`,
    }),
    languageSet: (language) =>
      language === undefined
        ? 'I answer messages without a language of their own in the server’s language.'
        : `I answer messages without a language of their own in ${language === 'de' ? 'German' : 'English'}.`,
    statusHeading: (channel) => `What applies in ${channel}`,
    statusDefault: 'by default, nobody has set it',
    missing: (permissions) => `⚠️ I lack: ${permissions}. Grant it to the bot’s role under Edit Channel → Permissions.`,
    nothingMissing: 'All permissions that I need are there.',
    contentOff:
      '⚠️ The bot may not read along (the Message Content Intent is off): it answers mentions, replies and commands, but never unasked.',
    knowledge: (topics, version, loaded) => `Knowledge: ${topics} topics, version ${version}, loaded <t:${loaded}:R>.`,
    knowledgeRefused: (problems, first) =>
      `⚠️ The knowledge folder has changed since, but has errors (${problems}), so the version above still applies. The first: ${first}`,
    recording: (on) =>
      on
        ? 'Questions without a good answer are recorded, without names or servers, and forgotten after 90 days (RECORD_QUESTIONS is on).'
        : 'Questions without a good answer are not recorded (RECORD_QUESTIONS is off).',
    gapsHeading: '**What most often got no good answer, from all servers**',
    gap: (rank, text, count, nearest) =>
      `${rank}. ${text} (${count}×)\n-# ${nearest === undefined ? 'no topic is near' : `nearest: ${nearest}`}`,
    noGaps: 'No question without a good answer has been recorded.',
    topicsHeading: (page, pages) => `All topics, page ${page} of ${pages}`,
    back: 'Back',
    forth: 'Next',
  },
};
