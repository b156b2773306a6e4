import type { Language } from '../knowledge/knowledge.ts';
import type { ChannelMode } from '../storage/channel-settings.ts';

const inSekunden = (count: number) => (count === 1 ? 'einer Sekunde' : `${count} Sekunden`);
const inSeconds = (count: number) => (count === 1 ? 'a second' : `${count} seconds`);

/** Everything that the bot says only on Discord. The compiler insists on each text in each language. */
const DE = {
  otherLanguage: 'English',
  share: 'Teilen',
  sharedBy: (member: string) => `Geteilt von ${member}`,
  chooseTopic: 'Thema wählen …',
  allTopics: 'Alle Themen …',
  none: 'Etwas anderes',
  // Members can't reply to a private message.
  greeting: (subject: string, isPrivate: boolean) =>
    `Hi! ${isPrivate ? 'Frag mich etwas' : 'Antworte hierauf mit einer Frage'} zu ${subject} oder such dir ein Thema aus:`,
  cannotRead:
    'Diese Nachricht darf ich nicht lesen. So geht’s trotzdem: Rechtsklick darauf (am Handy lange drücken) → **Apps** → **Xiaomi Pay: beantworten**.',
  thanks: 'Danke für die Rückmeldung!',
  sorry: 'Schade. Vielleicht hilft dir eins dieser Themen weiter:',
  notYours: 'Das geht nur, wenn du selbst gefragt hast oder hier Nachrichten verwalten darfst.',
  notAllowedHere: 'Du darfst hier nicht schreiben, oder ich bin hier ausgeschaltet. Die Antwort siehst nur du.',
  needsManageMessages: 'Dafür brauchst du in diesem Kanal die Berechtigung „Nachrichten verwalten“.',
  onlyOnServers: 'Das geht nur auf Servern, auf denen ich auch bin.',
  sharedAlready: 'Das steht schon im Kanal.',
  sharedPrivately: 'Das konntest nur du sehen: Auf diesem Server fehlt dir die Berechtigung „Externe Apps verwenden“.',
  topicGone: 'Dieses Thema gibt es nicht mehr. Frag mich gern noch einmal.',
  slowDown: {
    member: (seconds: number) => `Das waren viele Fragen auf einmal. Frag mich in ${inSekunden(seconds)} wieder.`,
    channel: (seconds: number) =>
      `Hier ist gerade viel los. In ${inSekunden(seconds)} antworte ich wieder; mit \`/xiaomipay fragen\` geht es sofort.`,
  },
  failed: 'Da ist etwas schiefgegangen. Versuch es bitte noch einmal.',
  noSuchTopic: 'Dazu finde ich kein Thema. Wähl einen der Vorschläge oder sieh in `/xiaomipay themen` nach.',
  noSuchMessage: 'Diese Nachricht finde ich hier nicht. Kopier ihren Link oder ihre ID noch einmal.',
  otherChannel: 'Diese Nachricht steht in einem anderen Kanal. Nutze den Befehl dort.',
  posted: (url: string) => `Gepostet: ${url}`,
  setting: (channel: string, mode: ChannelMode) => `Einstellung für ${channel}: **${mode}**`,
  modes: (subject: string): Readonly<Record<ChannelMode, string>> => ({
    off: 'Ich antworte hier nur auf Befehle.',
    mentions: 'Ich antworte hier, wenn mich jemand erwähnt oder auf meine Nachrichten antwortet.',
    open: `Ich antworte hier auch, ohne erwähnt zu werden, wenn jemand nach ${subject} oder einem anderen Namen aus dem Artikel fragt.`,
  }),
  languageSet: (language: Language | undefined) =>
    language === undefined
      ? 'Ist bei einer Nachricht die Sprache unklar, antworte ich in der Sprache des Servers.'
      : `Ist bei einer Nachricht die Sprache unklar, antworte ich auf ${language === 'de' ? 'Deutsch' : 'Englisch'}.`,
  missing: (permissions: string) =>
    `⚠️ Mir fehlen diese Berechtigungen: ${permissions} (Kanal bearbeiten → Berechtigungen → meine Rolle).`,
  nothingMissing: 'Alle nötigen Berechtigungen sind da.',
  contentOff:
    '⚠️ Ich darf nicht mitlesen, weil der Message Content Intent aus ist: Ich antworte auf Erwähnungen, Antworten, Direktnachrichten und Befehle, aber nicht unaufgefordert. Der Betreiber des Bots kann ihn im Developer Portal einschalten.',
  knowledge: (topics: number, version: string, loaded: number) =>
    `Wissen: ${topics} Themen, Version ${version}, geladen <t:${loaded}:R>.`,
  knowledgeRefused: (problems: number, first: string) =>
    `⚠️ Der Wissensordner wurde seitdem geändert, enthält aber Fehler (${problems}). Deshalb gilt noch die Version oben. Der erste Fehler: ${first}`,
  recording: (on: boolean): string =>
    on
      ? 'Fragen ohne gute Antwort werden anonym gespeichert und gelöscht, wenn sie 90 Tage lang niemand gestellt hat (RECORD_QUESTIONS ist an).'
      : 'Fragen ohne gute Antwort werden nicht gespeichert (RECORD_QUESTIONS ist aus).',
  votes: (helpful: number, unhelpful: number) => `Bewertungen auf allen Servern: 👍 ${helpful} · 👎 ${unhelpful}`,
  lowestRated: 'Am schlechtesten bewertet:',
  topicsHeading: (page: number, pages: number) =>
    pages === 1 ? 'Alle Themen' : `Alle Themen, Seite ${page} von ${pages}`,
  back: 'Zurück',
  next: 'Weiter',
  help: (subject: string, mention: string) =>
    [
      `Ich beantworte Fragen zu ${subject}, auf Deutsch und Englisch. So fragst du mich:`,
      `- Erwähne mich: ${mention} und dahinter deine Frage.`,
      '- Antworte auf eine meiner Nachrichten, wenn du mehr wissen willst.',
      '- Schreib mir eine Direktnachricht.',
      '- `/xiaomipay fragen`: Nur du siehst die Antwort. Mit **Teilen** zeigst du sie im Kanal.',
      '- Rechtsklick auf eine Nachricht (am Handy lange drücken) → **Apps** → **Xiaomi Pay: beantworten**.',
      '- `/xiaomipay themen` zeigt alles, worauf ich eine Antwort habe.',
      '',
      'Mit der Berechtigung „Nachrichten verwalten“: `/xiaomipay posten` postet eine Antwort im Kanal, `/xiaomipay kanal` legt fest, wann ich hier antworte, `/xiaomipay status` zeigt die aktuellen Einstellungen.',
    ].join('\n'),
};

const EN: typeof DE = {
  otherLanguage: 'Deutsch',
  share: 'Share',
  sharedBy: (member) => `Shared by ${member}`,
  chooseTopic: 'Choose a topic …',
  allTopics: 'All topics …',
  none: 'Something else',
  greeting: (subject, isPrivate) =>
    `Hi! ${isPrivate ? 'Ask me something' : 'Reply with a question'} about ${subject}, or pick a topic:`,
  cannotRead:
    'I’m not allowed to read that message. You can still ask: right-click it (long-press on a phone) → **Apps** → **Xiaomi Pay: answer**.',
  thanks: 'Thanks for the feedback!',
  sorry: 'Sorry about that. Maybe one of these topics helps:',
  notYours: 'Only the member who asked and members who can manage messages can do that.',
  notAllowedHere: 'You can’t write here, or I’m switched off in this channel. Only you can see the answer.',
  needsManageMessages: 'You need the “Manage Messages” permission in this channel for that.',
  onlyOnServers: 'That only works in servers that I’m in.',
  sharedAlready: 'It’s already in the channel.',
  sharedPrivately: 'Only you could see that: you don’t have the “Use External Apps” permission in this server.',
  topicGone: 'This topic no longer exists. Feel free to ask again.',
  slowDown: {
    member: (seconds) => `That was a lot of questions at once. Ask me again in ${inSeconds(seconds)}.`,
    channel: (seconds) =>
      `It’s busy in here. I’ll be back in ${inSeconds(seconds)}; \`/xiaomipay ask\` works right away.`,
  },
  failed: 'Something went wrong. Please try again.',
  noSuchTopic: 'I can’t find that topic. Pick a suggestion or look in `/xiaomipay topics`.',
  noSuchMessage: 'I can’t find that message here. Copy its link or ID again.',
  otherChannel: 'That message is in another channel. Use the command there.',
  posted: (url) => `Posted: ${url}`,
  setting: (channel, mode) => `Setting for ${channel}: **${mode}**`,
  modes: (subject) => ({
    off: 'I only answer commands here.',
    mentions: 'I answer here when someone mentions me or replies to me.',
    open: `I also answer here without a mention when someone asks about ${subject} or another name from the article.`,
  }),
  languageSet: (language) =>
    language === undefined
      ? 'When a message’s language isn’t clear, I answer in the server’s language.'
      : `When a message’s language isn’t clear, I answer in ${language === 'de' ? 'German' : 'English'}.`,
  missing: (permissions) => `⚠️ I’m missing these permissions: ${permissions} (Edit Channel → Permissions → my role).`,
  nothingMissing: 'I have all the permissions I need.',
  contentOff:
    '⚠️ I can’t see other messages because the Message Content Intent is off: I answer mentions, replies, direct messages and commands, but never unprompted. The bot’s operator can turn it on in the Developer Portal.',
  knowledge: (topics, version, loaded) => `Knowledge: ${topics} topics, version ${version}, loaded <t:${loaded}:R>.`,
  knowledgeRefused: (problems, first) =>
    `⚠️ The knowledge folder has changed since, but has errors (${problems}), so the version above still applies. The first error: ${first}`,
  recording: (on) =>
    on
      ? 'Questions without a good answer are recorded anonymously, and deleted once nobody has asked them for 90 days (RECORD_QUESTIONS is on).'
      : 'Questions without a good answer are not recorded (RECORD_QUESTIONS is off).',
  votes: (helpful, unhelpful) => `Votes from all servers: 👍 ${helpful} · 👎 ${unhelpful}`,
  lowestRated: 'Lowest rated:',
  topicsHeading: (page, pages) => (pages === 1 ? 'All topics' : `All topics, page ${page} of ${pages}`),
  back: 'Back',
  next: 'Next',
  help: (subject, mention) =>
    [
      `I answer questions about ${subject}, in English and German. Here’s how to ask:`,
      `- Mention me: ${mention}, followed by your question.`,
      '- Reply to one of my messages to find out more.',
      '- Send me a direct message.',
      '- `/xiaomipay ask`: only you see the answer. **Share** shows it in the channel.',
      '- Right-click a message (long-press on a phone) → **Apps** → **Xiaomi Pay: answer**.',
      '- `/xiaomipay topics` lists everything I can answer.',
      '',
      'With the “Manage Messages” permission: `/xiaomipay post` posts an answer in the channel, `/xiaomipay channel` sets when I answer here, `/xiaomipay status` shows the current settings.',
    ].join('\n'),
};

export const DISCORD_TEXTS: Readonly<Record<Language, typeof DE>> = { de: DE, en: EN };
