import { type APIComponentInMessageActionRow, ButtonStyle, ComponentType, MessageFlags } from 'discord.js';
import { MAX_CONTENT_LENGTH, type Reply, type Suggestion, subjectOf, suggestions } from '../engine/replies.ts';
import { TEXTS } from '../engine/texts.ts';
import type { Knowledge, Language } from '../knowledge/knowledge.ts';
import { type Control, toCustomId } from './custom-id.ts';
import { DISCORD_TEXTS } from './texts.ts';

/** https://docs.discord.com/developers/components/reference */
const MAX_OPTIONS = 25;
const TOPICS_PER_PAGE = 20;
/** The option that opens the list of topics; no topic is called so. */
export const ALL_TOPICS = '*';

/** The components of one row. */
type Row = readonly APIComponentInMessageActionRow[];

/** For whom and where a reply is shown. */
export interface Viewer {
  /** The member whose question it is; they may remove the reply. */
  readonly asker: string;
  /** Does only the asker see it? Then it can be shown in the channel, and Discord itself offers to dismiss it. */
  readonly isPrivate: boolean;
}

export type ReplyMessage = ReturnType<typeof plainMessage>;

/**
 * Any text as a message that never pings by accident and never shows link previews. Cut, at the very worst, rather than
 * refused by Discord.
 */
export function plainMessage(content: string, ...rows: readonly Row[]) {
  const points = [...content];
  const isTooLong = points.length > MAX_CONTENT_LENGTH;
  return {
    content: isTooLong ? `${points.slice(0, MAX_CONTENT_LENGTH - 1).join('')}…` : content,
    components: rows
      .filter(({ length }) => length > 0)
      .map((components) => ({ type: ComponentType.ActionRow as const, components })),
    allowedMentions: { parse: [], repliedUser: false },
    flags: MessageFlags.SuppressEmbeds as const,
  };
}

/** A message that only the member who used an interaction sees. */
export function asEphemeral(message: ReplyMessage) {
  return { ...message, flags: [MessageFlags.SuppressEmbeds, MessageFlags.Ephemeral] as const };
}

/** A reply as Discord shows it: the text, a small line with the source, at most a menu and one row of buttons. */
export function replyMessage(reply: Reply, viewer: Viewer, knowledge: Knowledge): ReplyMessage {
  const { language, text } = reply;
  const { asker } = viewer;
  const texts = DISCORD_TEXTS[language];
  switch (reply.kind) {
    case 'answer': {
      const topics = reply.topics.map(({ id }) => id);
      const related = reply.suggestions.map(({ topic }) => topic);
      const others = allTopics(knowledge, language, related).filter(({ topic }) => !topics.includes(topic));
      const hint = related.length > 0 ? `${TEXTS[language].related} …` : undefined;
      const buttons = [
        button({ action: 'helpful', topics, language, asker }, '👍'),
        button({ action: 'unhelpful', topics, language, asker }, '👎'),
        button({ action: 'translate', topics, language: language === 'de' ? 'en' : 'de', asker }, texts.otherLanguage),
        ...(viewer.isPrivate ? [button({ action: 'share', topics, language, asker }, texts.share)] : []),
        ...removal(language, viewer),
      ];
      const menu = menuOf(others, language, asker, hint);
      return plainMessage(`${text}\n-# ${reply.sourceLine}`, menu, buttons);
    }
    case 'offer': {
      const lines = reply.suggestions.map(({ title }, index) => `${index + 1}. ${title}`);
      const buttons = reply.suggestions.map(({ topic }, index) =>
        button({ action: 'topic', topics: [topic], language, asker }, `${index + 1}`),
      );
      const none = button({ action: 'none', language, asker }, texts.none);
      return plainMessage([text, ...lines].join('\n'), [...buttons, none, ...removal(language, viewer)]);
    }
    case 'unknown':
      return withTopics(text, language, viewer, knowledge);
  }
}

/** What a member who mentions the bot without asking anything gets. */
export function greeting(language: Language, viewer: Viewer, knowledge: Knowledge): ReplyMessage {
  const text = DISCORD_TEXTS[language].greeting(subjectOf(knowledge), viewer.isPrivate);
  return withTopics(text, language, viewer, knowledge);
}

export function withTopics(text: string, language: Language, viewer: Viewer, knowledge: Knowledge): ReplyMessage {
  const menu = menuOf(allTopics(knowledge, language), language, viewer.asker);
  return plainMessage(text, menu, removal(language, viewer));
}

/** A page of the list of all topics, from 0, for one member, who can choose one of them. */
export function topicList(knowledge: Knowledge, language: Language, asker: string, wanted: number): ReplyMessage {
  const texts = DISCORD_TEXTS[language];
  const all = allTopics(knowledge, language);
  const pages = Math.max(1, Math.ceil(all.length / TOPICS_PER_PAGE));
  const page = Math.min(wanted, pages - 1);
  const topics = all.slice(page * TOPICS_PER_PAGE, (page + 1) * TOPICS_PER_PAGE);
  const lines = [`**${texts.topicsHeading(page + 1, pages)}**`, ...topics.map(({ title }) => `- ${title}`)];
  const pageButton = (to: number, label: string) => button({ action: 'page', page: to, language, asker }, label);
  const pageButtons = [
    ...(page > 0 ? [pageButton(page - 1, texts.back)] : []),
    ...(page < pages - 1 ? [pageButton(page + 1, texts.next)] : []),
  ];
  return plainMessage(lines.join('\n'), menuOf(topics, language, asker), pageButtons);
}

function allTopics(knowledge: Knowledge, language: Language, first: readonly string[] = []): Suggestion[] {
  return suggestions([...new Set([...first, ...knowledge.topics.map(({ id }) => id)])], language, knowledge);
}

/** Nothing without topics; with too many, the last option opens the list of all. */
function menuOf(topics: readonly Suggestion[], language: Language, asker: string, hint?: string): Row {
  if (topics.length === 0) return [];
  const texts = DISCORD_TEXTS[language];
  const all = topics.map(({ topic, title }) => ({ label: title, value: topic }));
  const list = { label: texts.allTopics, value: ALL_TOPICS };
  const options = all.length <= MAX_OPTIONS ? all : [...all.slice(0, MAX_OPTIONS - 1), list];
  const customId = toCustomId({ action: 'menu', language, asker });
  const placeholder = hint ?? texts.chooseTopic;
  return [{ type: ComponentType.StringSelect, custom_id: customId, placeholder, options }];
}

/** Discord itself offers to dismiss a message that only one member sees. */
function removal(language: Language, { asker, isPrivate }: Viewer): Row {
  return isPrivate ? [] : [button({ action: 'dismiss', language, asker }, '🗑️')];
}

function button(control: Control, label: string): APIComponentInMessageActionRow {
  return { type: ComponentType.Button, style: ButtonStyle.Secondary, label, custom_id: toCustomId(control) };
}
