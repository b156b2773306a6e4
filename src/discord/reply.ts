import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord.js';
import { MAX_CONTENT_LENGTH, type Reply, subjectOf, suggestions } from '../engine/replies.ts';
import { TEXTS } from '../engine/texts.ts';
import type { Knowledge, Language, Topic } from '../knowledge/knowledge.ts';
import { type Control, type Topics, toCustomId } from './custom-id.ts';
import { DISCORD_TEXTS } from './texts.ts';

/** https://docs.discord.com/developers/components/reference */
const MAX_LABEL_LENGTH = 80;
const MAX_OPTIONS = 25;
/** This many titles of 80 characters fit into a message, and into a menu. */
const TOPICS_PER_PAGE = 20;
/** The option that opens the list of topics; no topic is called so. */
export const ALL_TOPICS = '*';

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** What all messages of the bot have in common: they never ping by accident and never show link previews. */
export interface ReplyMessage {
  content: string;
  components: Row[];
  allowedMentions: { parse: []; users?: string[]; repliedUser: false };
  flags: MessageFlags.SuppressEmbeds;
}

/** For whom and where a reply is shown. */
export interface Audience {
  /** The member whose question it is; they may remove the reply. */
  readonly asker: string;
  /** Does only the asker see it? Then it can be shown in the channel, and Discord itself offers to dismiss it. */
  readonly isPrivate: boolean;
}

/** Any text as a message. Cut, at the very worst, rather than refused by Discord. */
export function plainMessage(content: string, components: Row[] = []): ReplyMessage {
  return {
    content: cut(content, MAX_CONTENT_LENGTH),
    components,
    allowedMentions: { parse: [], repliedUser: false },
    flags: MessageFlags.SuppressEmbeds,
  };
}

/** A message that only the member who used an interaction sees. */
export function asEphemeral(message: ReplyMessage) {
  return { ...message, flags: [MessageFlags.SuppressEmbeds, MessageFlags.Ephemeral] as const };
}

/** A reply as Discord shows it: the text, a small line with the source, and at most a menu and one row of short buttons. */
export function replyMessage(reply: Reply, audience: Audience, knowledge: Knowledge): ReplyMessage {
  const { language, text } = reply;
  switch (reply.kind) {
    case 'answer': {
      const related = reply.related.map(({ topic }) => topic);
      const menu = topicMenu(knowledge, language, audience, { first: related, without: reply.topics });
      return plainMessage(`${text}\n-# ${reply.sourceLine}`, [...menu, buttonsUnder(reply, audience)]);
    }
    case 'offer': {
      const lines = reply.suggestions.map(({ title }, index) => `${index + 1}. ${title}`);
      const { asker } = audience;
      const buttons = reply.suggestions.map(({ topic }, index) =>
        button({ action: 'topic', topics: [topic], language, asker }, `${index + 1}`),
      );
      const none = button({ action: 'none', language, asker }, DISCORD_TEXTS[language].none);
      return plainMessage([text, ...lines].join('\n'), rowOf([...buttons, none, ...removal(language, audience)]));
    }
    case 'unknown':
      return withTopics(text, language, audience, knowledge);
  }
}

/** What a member who mentions the bot without asking anything gets. */
export function greeting(language: Language, audience: Audience, knowledge: Knowledge): ReplyMessage {
  return withTopics(DISCORD_TEXTS[language].greeting(subjectOf(knowledge)), language, audience, knowledge);
}

/** A text with all topics to choose from. */
export function withTopics(text: string, language: Language, audience: Audience, knowledge: Knowledge): ReplyMessage {
  return plainMessage(text, [...topicMenu(knowledge, language, audience), ...rowOf(removal(language, audience))]);
}

/** A page of the list of all topics, from 0, for one member, who can choose one of them. */
export function topicList(knowledge: Knowledge, language: Language, asker: string, wanted: number): ReplyMessage {
  const texts = DISCORD_TEXTS[language];
  const pages = Math.max(1, Math.ceil(knowledge.topics.length / TOPICS_PER_PAGE));
  const page = Math.min(wanted, pages - 1);
  const topics = knowledge.topics.slice(page * TOPICS_PER_PAGE, (page + 1) * TOPICS_PER_PAGE);
  const lines = topics.map((topic) => `- ${topic[language].title}`);
  const turn = (to: number, label: string) => button({ action: 'page', page: to, language, asker }, label);
  const turns = [
    ...(page > 0 ? [turn(page - 1, texts.back)] : []),
    ...(page < pages - 1 ? [turn(page + 1, texts.next)] : []),
  ];
  return plainMessage([`**${texts.topicsHeading(page + 1, pages)}**`, ...lines].join('\n'), [
    ...topicMenu({ topics }, language, { asker }),
    ...rowOf(turns),
  ]);
}

/** After a vote under two answers: which of them is it for? */
export function whichAnswer(
  action: 'helpful' | 'unhelpful',
  topics: readonly Topic[],
  language: Language,
  asker: string,
): ReplyMessage {
  const buttons = topics.map((topic) => button({ action, topics: [topic.id], language, asker }, topic[language].title));
  return plainMessage(DISCORD_TEXTS[language].whichAnswer, rowOf(buttons));
}

/** A menu of topics; where they are too many, the last option opens the list of all. No row where there are none. */
function topicMenu(
  { topics }: Pick<Knowledge, 'topics'>,
  language: Language,
  { asker }: Pick<Audience, 'asker'>,
  { first = [], without = [] }: { readonly first?: readonly string[]; readonly without?: readonly Topic[] } = {},
): Row[] {
  const ids = new Set([...first, ...topics.map(({ id }) => id)]);
  for (const { id } of without) ids.delete(id);
  const all = suggestions([...ids], language, { topics }).map(({ topic, title }) => ({ label: title, value: topic }));
  if (all.length === 0) return [];
  const texts = DISCORD_TEXTS[language];
  const options =
    all.length <= MAX_OPTIONS ? all : [...all.slice(0, MAX_OPTIONS - 1), { label: texts.allTopics, value: ALL_TOPICS }];
  const placeholder = first.length > 0 ? `${TEXTS[language].related} …` : texts.chooseTopic;
  const customId = toCustomId({ action: 'menu', language, asker });
  return [row([{ type: ComponentType.StringSelect, custom_id: customId, placeholder, options }])];
}

function buttonsUnder({ topics, language }: Extract<Reply, { kind: 'answer' }>, audience: Audience): Row {
  const texts = DISCORD_TEXTS[language];
  const { asker, isPrivate } = audience;
  const [first = '', second] = topics.map(({ id }) => id);
  const about: Topics = second === undefined ? [first] : [first, second];
  const other: Language = language === 'de' ? 'en' : 'de';
  return row([
    button({ action: 'helpful', topics: about, language, asker }, '👍'),
    button({ action: 'unhelpful', topics: about, language, asker }, '👎'),
    button({ action: 'translate', topics: about, language: other, asker }, texts.otherLanguage),
    ...(isPrivate
      ? [button({ action: 'share', topics: about, language, asker }, texts.share)]
      : removal(language, audience)),
  ]);
}

/** Discord itself offers to dismiss a message that only one member sees. */
function removal(language: Language, { asker, isPrivate }: Audience): APIButtonComponent[] {
  return isPrivate ? [] : [button({ action: 'dismiss', language, asker }, '🗑️')];
}

function button(control: Control, label: string): APIButtonComponent {
  const style = ButtonStyle.Secondary;
  return { type: ComponentType.Button, style, label: cut(label, MAX_LABEL_LENGTH), custom_id: toCustomId(control) };
}

function row(components: APIComponentInMessageActionRow[]): Row {
  return { type: ComponentType.ActionRow, components };
}

function rowOf(buttons: APIButtonComponent[]): Row[] {
  return buttons.length > 0 ? [row(buttons)] : [];
}

/** A text of at most so many code points. */
export function cut(text: string, maxLength: number): string {
  const points = [...text];
  return points.length <= maxLength ? text : `${points.slice(0, maxLength - 1).join('')}…`;
}
