import { ButtonStyle, ComponentType } from 'discord.js';
import { fromCustomId } from '../discord/custom-id.ts';
import { reactionTo } from '../discord/reaction.ts';
import { type ReplyMessage, replyMessage } from '../discord/reply.ts';
import { DISCORD_TEXTS } from '../discord/texts.ts';
import type { Context } from '../engine/decide.ts';
import type { Engine } from '../engine/engine.ts';
import type { Language } from '../knowledge/knowledge.ts';

/** The only member of the page's channel. */
const MEMBER = '1';

/** A button, or a menu to choose from, as Discord would show it under a message. */
export type ShownControl =
  | { readonly kind: 'button'; readonly id: string; readonly label: string; readonly isPrimary: boolean }
  | {
      readonly kind: 'menu';
      readonly id: string;
      readonly placeholder: string;
      readonly options: readonly { readonly label: string; readonly value: string }[];
    };

/** A message from the bot. */
export interface ShownMessage {
  /** In Discord's Markdown. */
  readonly content: string;
  readonly rows: readonly (readonly ShownControl[])[];
  /** Ids of the topics that it answers, if any: what a reply to it continues. */
  readonly topics: readonly string[];
  readonly language: Language;
}

/** What a click leads to. */
export type Used =
  | { readonly kind: 'replace' | 'whisper' | 'post'; readonly message: ShownMessage }
  | { readonly kind: 'remove' };

export type Asked = ReturnType<typeof ask>;

/** A message in the page's channel, and the context that it is decided in. */
export interface Asking extends Context {
  readonly text: string;
}

export interface Using {
  readonly id: string;
  /** In a menu. */
  readonly chosen: string | undefined;
  readonly isPrivate: boolean;
  readonly language: Language;
}

/** What the bot would do about a message, and why. */
export function ask({ text, trigger, previous, language }: Asking, engine: Engine) {
  const reading = engine.read(text);
  const addressed = engine.decide(reading, { previous, language });
  const overheard = engine.decide(reading, { trigger: 'overheard', language });
  const [decision, otherwise] = trigger === 'addressed' ? [addressed, overheard] : [overheard, addressed];
  const reply = engine.reply(decision);
  const message = reply && replyMessage(reply, { asker: MEMBER, isPrivate: false }, engine.knowledge);
  const why = engine.explain(reading, trigger === 'addressed' ? previous : []);
  const topics = decision.kind === 'answer' ? decision.topics : [];
  return {
    message: message ? shown(message, topics, decision.language) : null,
    /** What is done about the message. */
    decision,
    /** What would be done, had it been said the other way. */
    otherwise,
    why: { ...why, languageOfText: reading.language ?? null },
  };
}

/** What the bot would do when the member who asked uses a button or a menu. */
export function use({ id, chosen, isPrivate, language }: Using, engine: Engine): Used {
  const control = fromCustomId(id);
  const click = { user: MEMBER, isTheirs: control?.asker === MEMBER, isPrivate, chosen, language };
  const reaction = reactionTo(control, click, engine);
  if (reaction.kind === 'remove') return reaction;
  const topics = control && 'topics' in control ? control.topics : [chosen ?? ''];
  const isAnswer =
    reaction.kind !== 'whisper' && topics.every((id) => engine.knowledge.topics.some((topic) => topic.id === id));
  return {
    kind: reaction.kind,
    message: shown(reaction.message, isAnswer ? topics : [], control?.language ?? language),
  };
}

function shown({ content, components }: ReplyMessage, topics: readonly string[], language: Language): ShownMessage {
  return {
    content,
    topics,
    language,
    rows: components.map((row) =>
      row.components.flatMap((component): ShownControl[] => {
        if (component.type === ComponentType.StringSelect) {
          const { custom_id: id, options, placeholder = DISCORD_TEXTS.en.chooseTopic } = component;
          return [{ kind: 'menu', id, placeholder, options: options.map(({ label, value }) => ({ label, value })) }];
        }
        if (component.type !== ComponentType.Button || !('custom_id' in component)) return [];
        const { custom_id: id, label = '', style } = component;
        return [{ kind: 'button', id, label, isPrimary: style === ButtonStyle.Primary }];
      }),
    ),
  };
}
