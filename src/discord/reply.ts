import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord.js';
import type { Answer, Reply, Suggestion } from '../engine/engine.ts';
import { sourceLine } from '../engine/replies.ts';
import { TEXTS } from '../engine/texts.ts';
import type { Knowledge, Language } from '../knowledge/knowledge.ts';
import { type Control, toCustomId } from './custom-id.ts';
import { DISCORD_TEXTS } from './texts.ts';

/** https://docs.discord.com/developers/components/reference */
const MAX_LABEL_LENGTH = 80;
const MAX_OPTION_LENGTH = 100;
const MAX_OPTIONS = 25;
/** https://docs.discord.com/developers/resources/message, in code points */
export const MAX_CONTENT_LENGTH = 2_000;

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

/** What every message of ours has: never a ping by accident, never a link preview. */
export interface ReplyMessage {
  content: string;
  components: Row[];
  allowedMentions: { parse: []; users?: string[]; repliedUser: false };
  flags: MessageFlags.SuppressEmbeds;
}

/** For whom and where a reply is shown. */
export interface Audience {
  /** The member whose question it is: who may dismiss it. */
  readonly asker: string;
  /** Seen by the asker alone? Then it can be shown to all, and Discord itself offers to dismiss it. */
  readonly isPrivate: boolean;
}

/** Any text as a message that pings nobody. Cut, at the very worst, rather than refused by Discord. */
export function plainMessage(content: string, components: Row[] = []): ReplyMessage {
  return {
    content: cut(content, MAX_CONTENT_LENGTH),
    components,
    allowedMentions: { parse: [], repliedUser: false },
    flags: MessageFlags.SuppressEmbeds,
  };
}

/** A reply as Discord shows it: the text, a small line with the source, buttons. */
export function replyMessage(reply: Reply, audience: Audience, knowledge: Knowledge): ReplyMessage {
  const { language } = reply;
  switch (reply.outcome) {
    case 'answer':
      return plainMessage(`${reply.text}\n-# ${sourceLine(reply)}`, answerRows(reply, audience));
    case 'suggest':
      return plainMessage(reply.text, [
        row([
          ...reply.suggestions.map((suggestion) => topicButton(suggestion, language, audience, ButtonStyle.Primary)),
          button({ action: 'none', language, asker: audience.asker }, TEXTS[language].noneOfThese),
          ...dismissal(language, audience),
        ]),
      ]);
    case 'unknown': {
      const dismiss = dismissal(language, audience);
      return plainMessage(reply.text, [
        topicMenu(knowledge, language, audience),
        ...(dismiss.length > 0 ? [row(dismiss)] : []),
      ]);
    }
  }
}

/** Every topic to choose from; Discord shows at most 25. */
export function topicMenu(knowledge: Knowledge, language: Language, { asker }: Audience): Row {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: toCustomId({ action: 'menu', language, asker }),
        placeholder: DISCORD_TEXTS[language].chooseTopic,
        options: knowledge.topics
          .slice(0, MAX_OPTIONS)
          .map((topic) => ({ label: cut(topic[language].title, MAX_OPTION_LENGTH), value: topic.id })),
      },
    ],
  };
}

function answerRows({ topic, language, related }: Answer, audience: Audience): Row[] {
  const texts = DISCORD_TEXTS[language];
  const other: Language = language === 'de' ? 'en' : 'de';
  const { asker, isPrivate } = audience;
  const rows: Row[] = [];
  if (related.length > 0) rows.push(row(related.map((suggestion) => topicButton(suggestion, language, audience))));
  rows.push(
    row([
      button({ action: 'translate', topic, language: other, asker }, texts.otherLanguage),
      button({ action: 'helpful', topic, language, asker }, texts.helpful),
      button({ action: 'unhelpful', topic, language, asker }, texts.unhelpful),
      ...(isPrivate
        ? [button({ action: 'share', topic, language, asker }, texts.share, ButtonStyle.Primary)]
        : dismissal(language, audience)),
    ]),
  );
  return rows;
}

/** Discord itself offers to dismiss what only one member sees. */
function dismissal(language: Language, { asker, isPrivate }: Audience): APIButtonComponent[] {
  return isPrivate ? [] : [button({ action: 'dismiss', language, asker }, DISCORD_TEXTS[language].dismiss)];
}

function topicButton(
  { topic, title }: Suggestion,
  language: Language,
  { asker }: Audience,
  style?: ButtonStyle.Primary,
) {
  return button({ action: 'topic', topic, language, asker }, title, style);
}

export function button(
  control: Control,
  label: string,
  style: ButtonStyle.Primary | ButtonStyle.Secondary = ButtonStyle.Secondary,
): APIButtonComponent {
  return { type: ComponentType.Button, style, label: cut(label, MAX_LABEL_LENGTH), custom_id: toCustomId(control) };
}

export function row(components: APIComponentInMessageActionRow[]): Row {
  return { type: ComponentType.ActionRow, components };
}

/** A text of at most so many code points. */
export function cut(text: string, longest: number): string {
  const points = [...text];
  return points.length <= longest ? text : `${points.slice(0, longest - 1).join('')}…`;
}
