import type { Engine } from '../engine/engine.ts';
import { type Reply, unknownReply } from '../engine/replies.ts';
import type { Language, Topic } from '../knowledge/knowledge.ts';
import { type Control, maxTopicLength } from './custom-id.ts';
import { ALL_TOPICS, plainMessage, type ReplyMessage, replyMessage, topicList, withTopics } from './reply.ts';
import { DISCORD_TEXTS } from './texts.ts';

/** The use of a button or menu. */
export interface Click {
  readonly user: string;
  /** May they change the message, as the member who asked or a moderator? */
  readonly isTheirs: boolean;
  /** Do they alone see the message? */
  readonly isPrivate: boolean;
  readonly chosen: string | undefined;
  /** Their own, for texts that only they see. */
  readonly language: Language;
}

/** Replaces the clicked message, answers the member alone, posts to everyone, or removes the clicked message. */
export type ClickResponse =
  | { readonly kind: 'replace' | 'post'; readonly message: ReplyMessage }
  | { readonly kind: 'whisper'; readonly message: ReplyMessage; readonly vote?: Vote }
  | { readonly kind: 'remove' };

/** Under several answers, a vote is for all. */
export interface Vote {
  readonly topics: readonly string[];
  readonly language: Language;
  readonly helpful: boolean;
}

export function responseTo(control: Control | undefined, click: Click, engine: Engine): ClickResponse {
  const { user, isTheirs, isPrivate, chosen } = click;
  const { knowledge } = engine;
  const texts = DISCORD_TEXTS[click.language];
  const whisper = (message: ReplyMessage): ClickResponse => ({ kind: 'whisper', message });
  if (!control) return whisper(plainMessage(texts.topicGone));
  const { action, language, asker } = control;
  const inPlace = (reply: Reply): ClickResponse =>
    isPrivate || isTheirs
      ? { kind: 'replace', message: replyMessage(reply, { asker, isPrivate }, knowledge) }
      : whisper(replyMessage(reply, { asker: user, isPrivate: true }, knowledge));

  if (action === 'none') return inPlace(unknownReply(language, knowledge));
  if (action === 'dismiss') return isTheirs ? { kind: 'remove' } : whisper(plainMessage(texts.notYours));
  if (action === 'page' || (action === 'menu' && chosen === ALL_TOPICS)) {
    const message = topicList(knowledge, click.language, user, action === 'page' ? control.page : 0);
    return { kind: isPrivate ? 'replace' : 'whisper', message };
  }
  const topics = topicsNamed('topics' in control ? control.topics : [chosen ?? ''], engine);
  if (!topics) return whisper(plainMessage(texts.topicGone));
  const ids = topics.map(({ id }) => id);
  if (action === 'helpful' || action === 'unhelpful') {
    const helpful = action === 'helpful';
    const message = helpful
      ? plainMessage(texts.thanks)
      : withTopics(texts.sorry, click.language, { asker: user, isPrivate: true }, knowledge);
    return { kind: 'whisper', message, vote: { topics: ids, language, helpful } };
  }
  const answer = engine.answer(ids, language);
  if (action !== 'share') return inPlace(answer);
  const message = replyMessage(answer, { asker: user, isPrivate: false }, knowledge);
  const by = DISCORD_TEXTS[language].sharedBy(`<@${user}>`);
  return { kind: 'post', message: { ...message, content: `${message.content}\n-# ${by}` } };
}

/** The topics that a control names, whose ids may be cut; `undefined` where one doesn't exist or isn't clear. */
export function topicsNamed(names: readonly string[], { knowledge }: Engine): readonly Topic[] | undefined {
  const topics = names.flatMap((name) => {
    const exact = knowledge.topics.filter(({ id }) => id === name);
    const isCut = name.length === maxTopicLength(names.length);
    const found = exact.length === 0 && isCut ? knowledge.topics.filter(({ id }) => id.startsWith(name)) : exact;
    return found.length === 1 ? found : [];
  });
  return topics.length === names.length ? topics : undefined;
}
