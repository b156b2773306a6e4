import type { Engine, Reply } from '../engine/engine.ts';
import { TEXTS } from '../engine/texts.ts';
import type { Language } from '../knowledge/knowledge.ts';
import type { Control } from './custom-id.ts';
import { plainMessage, type ReplyMessage, replyMessage, topicMenu } from './reply.ts';
import { DISCORD_TEXTS } from './texts.ts';

/** The use of a button or a menu of ours. */
export interface Click {
  /** Who clicked. */
  readonly user: string;
  /** May they change the message: is it whoever asked, or who moderates? */
  readonly isTheirs: boolean;
  /** Do they alone see the message? */
  readonly isPrivate: boolean;
  /** What they chose, in a menu. */
  readonly chosen: string | undefined;
  /** Theirs: for what is said to them alone. */
  readonly language: Language;
}

/** What a click leads to. */
export type Reaction =
  /** Another message in place of the clicked one. */
  | { readonly kind: 'replace'; readonly message: ReplyMessage }
  /** A message for whoever clicked alone. */
  | { readonly kind: 'whisper'; readonly message: ReplyMessage }
  /** A message for everybody. */
  | { readonly kind: 'post'; readonly message: ReplyMessage }
  /** The clicked message goes. */
  | { readonly kind: 'remove' };

/**
 * What a control of a reply leads to, wherever it is shown.
 *
 * @param control `undefined` for one that we never made, or of a form that is no more
 */
export function reactionTo(
  control: Exclude<Control, { action: 'page' }> | undefined,
  click: Click,
  engine: Engine,
): Reaction {
  const texts = DISCORD_TEXTS[click.language];
  const whisper = (message: ReplyMessage): Reaction => ({ kind: 'whisper', message });
  if (!control) return whisper(plainMessage(texts.topicGone));
  const { language } = control;
  switch (control.action) {
    case 'topic':
    case 'translate':
    case 'menu': {
      const topic = control.action === 'menu' ? (click.chosen ?? '') : control.topic;
      if (!isTopic(topic, engine)) return whisper(plainMessage(texts.topicGone));
      return inPlace(engine.answerOn(topic, language), control.asker, click, engine);
    }
    case 'none': {
      const text = TEXTS[language].unknown(engine.subject);
      const unknown = { outcome: 'unknown', text, language, confidence: 0, interject: false } as const;
      return inPlace(unknown, control.asker, click, engine);
    }
    case 'helpful':
      return whisper(plainMessage(texts.thanks));
    case 'unhelpful': {
      const menu = topicMenu(engine.knowledge, click.language, { asker: click.user, isPrivate: true });
      return whisper(plainMessage(texts.sorry, [menu]));
    }
    case 'share': {
      if (!isTopic(control.topic, engine)) return whisper(plainMessage(texts.topicGone));
      const audience = { asker: click.user, isPrivate: false };
      const message = replyMessage(engine.answerOn(control.topic, language), audience, engine.knowledge);
      const by = DISCORD_TEXTS[language].sharedBy(`<@${click.user}>`);
      return { kind: 'post', message: { ...message, content: `${message.content}\n-# ${by}` } };
    }
    case 'dismiss':
      return click.isTheirs ? { kind: 'remove' } : whisper(plainMessage(texts.notYours));
  }
}

/** In place for whoever may change the message, or alone sees it; privately for everybody else. */
function inPlace(reply: Reply, asker: string, { user, isTheirs, isPrivate }: Click, { knowledge }: Engine): Reaction {
  if (isPrivate || isTheirs) return { kind: 'replace', message: replyMessage(reply, { asker, isPrivate }, knowledge) };
  return { kind: 'whisper', message: replyMessage(reply, { asker: user, isPrivate: true }, knowledge) };
}

function isTopic(id: string, { knowledge }: Engine): boolean {
  return knowledge.topics.some((topic) => topic.id === id);
}
