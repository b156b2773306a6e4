import { ButtonStyle, ComponentType } from 'discord.js';
import { explanationOf } from '../answering/explanation.ts';
import { fromCustomId } from '../discord/custom-id.ts';
import { reactionTo } from '../discord/reaction.ts';
import { type ReplyMessage, replyMessage } from '../discord/reply.ts';
import { DISCORD_TEXTS } from '../discord/texts.ts';
import type { Engine } from '../engine/engine.ts';
import type { Language } from '../knowledge/knowledge.ts';
import type { Asked, ShownControl, ShownMessage, Used } from './views.ts';

/** The one member of the page's channel. */
const MEMBER = '1';

export interface Asking {
  readonly text: string;
  readonly heard: 'addressed' | 'overheard';
  /** The member's, for texts that have none of their own. */
  readonly locale: Language;
}

export interface Using {
  readonly id: string;
  /** In a menu. */
  readonly chosen: string | undefined;
  readonly isPrivate: boolean;
  readonly locale: Language;
}

/** What the bot would do with a message in a channel, and why. */
export function ask({ text, heard, locale }: Asking, engine: Engine): Asked {
  const why = explanationOf({ text, locale }, engine);
  const speaks = heard === 'addressed' || why.reply.interject;
  const audience = { asker: MEMBER, isPrivate: false };
  return { message: speaks ? shown(replyMessage(why.reply, audience, engine.knowledge)) : null, why };
}

/** What the bot would do when the member who asked uses a button or a menu. */
export function use({ id, chosen, isPrivate, locale }: Using, engine: Engine): Used {
  const control = fromCustomId(id);
  const click = { user: MEMBER, isTheirs: control?.asker === MEMBER, isPrivate, chosen, language: locale };
  const known = control?.action === 'page' ? undefined : control;
  const reaction = reactionTo(known, click, engine);
  return reaction.kind === 'remove' ? reaction : { kind: reaction.kind, message: shown(reaction.message) };
}

function shown({ content, components }: ReplyMessage): ShownMessage {
  return {
    content,
    rows: components.map((row) =>
      row.components.flatMap((component): ShownControl[] => {
        if (component.type === ComponentType.StringSelect) {
          const { custom_id: id, options, placeholder = DISCORD_TEXTS.en.chooseTopic } = component;
          return [{ kind: 'menu', id, placeholder, options: options.map(({ label, value }) => ({ label, value })) }];
        }
        if (component.type !== ComponentType.Button || !('custom_id' in component)) return [];
        const { custom_id: id, label = '', style } = component;
        return [{ kind: 'button', id, label, primary: style === ButtonStyle.Primary }];
      }),
    ),
  };
}
