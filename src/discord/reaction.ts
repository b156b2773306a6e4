import type { Engine } from '../engine/engine.ts';
import { type Reply, unknown } from '../engine/replies.ts';
import type { Language, Topic } from '../knowledge/knowledge.ts';
import { type Control, MAX_LENGTH_OF_TWO, type Topics } from './custom-id.ts';
import {
  ALL_TOPICS,
  plainMessage,
  type ReplyMessage,
  replyMessage,
  topicList,
  whichAnswer,
  withTopics,
} from './reply.ts';
import { DISCORD_TEXTS } from './texts.ts';

/** The use of a button or menu. */
export interface Click {
  /** Id of the member who clicked. */
  readonly user: string;
  /** May they change the message, as the member who asked or a moderator? */
  readonly isTheirs: boolean;
  /** Do they alone see the message? */
  readonly isPrivate: boolean;
  /** What they chose in a menu. */
  readonly chosen: string | undefined;
  /** Their own, for texts that only they see. */
  readonly language: Language;
}

/** What a click leads to: another message in place of the clicked one, one for the member alone, or one for everyone. */
export type Reaction =
  | { readonly kind: 'replace' | 'whisper' | 'post'; readonly message: ReplyMessage }
  /** The clicked message goes. */
  | { readonly kind: 'remove' };

/** What a vote says about the answer to one topic. */
export interface Vote {
  readonly topic: string;
  readonly language: Language;
  readonly helpful: boolean;
}

/** @param control `undefined` for one that the bot never made */
export function reactionTo(control: Control | undefined, click: Click, engine: Engine): Reaction {
  const { user, isTheirs, isPrivate } = click;
  const { knowledge } = engine;
  const texts = DISCORD_TEXTS[click.language];
  const whisper = (message: ReplyMessage): Reaction => ({ kind: 'whisper', message });
  const inPlace = (reply: Reply, asker: string): Reaction =>
    isPrivate || isTheirs
      ? { kind: 'replace', message: replyMessage(reply, { asker, isPrivate }, knowledge) }
      : whisper(replyMessage(reply, { asker: user, isPrivate: true }, knowledge));
  const listFrom = (page: number): Reaction => ({
    kind: isPrivate ? 'replace' : 'whisper',
    message: topicList(knowledge, click.language, user, page),
  });
  if (!control) return whisper(plainMessage(texts.topicGone));

  const { language, asker } = control;
  switch (control.action) {
    case 'page':
      return listFrom(control.page);
    case 'none':
      return inPlace(unknown(language, knowledge), asker);
    case 'dismiss':
      return isTheirs ? { kind: 'remove' } : whisper(plainMessage(texts.notYours));
    case 'menu':
      if (click.chosen === ALL_TOPICS) return listFrom(0);
      break;
  }
  const topics = topicsNamed('topics' in control ? control.topics : [click.chosen ?? ''], engine);
  if (!topics) return whisper(plainMessage(texts.topicGone));
  const answer = () =>
    engine.answer(
      topics.map(({ id }) => id),
      language,
    );
  switch (control.action) {
    case 'topic':
    case 'translate':
    case 'menu':
      return inPlace(answer(), asker);
    case 'helpful':
    case 'unhelpful':
      if (topics.length > 1) return whisper(whichAnswer(control.action, topics, language, user));
      return control.action === 'helpful'
        ? whisper(plainMessage(texts.thanks))
        : whisper(withTopics(texts.sorry, click.language, { asker: user, isPrivate: true }, knowledge));
    case 'share': {
      const message = replyMessage(answer(), { asker: user, isPrivate: false }, knowledge);
      const by = DISCORD_TEXTS[language].sharedBy(`<@${user}>`);
      return { kind: 'post', message: { ...message, content: `${message.content}\n-# ${by}` } };
    }
  }
}

/** The vote in a click; none under two answers, where the member is asked which one they mean. */
export function voteIn(control: Control | undefined, engine: Engine): Vote | undefined {
  if (control?.action !== 'helpful' && control?.action !== 'unhelpful') return undefined;
  const [topic, ...others] = topicsNamed(control.topics, engine) ?? [];
  if (!topic || others.length > 0) return undefined;
  return { topic: topic.id, language: control.language, helpful: control.action === 'helpful' };
}

/** The topics that a control names, whose ids may be cut; `undefined` where one doesn't exist or isn't clear. */
export function topicsNamed(names: Topics, { knowledge }: Engine): readonly Topic[] | undefined {
  const topics = names.flatMap((name) => {
    const exact = knowledge.topics.find(({ id }) => id === name);
    if (exact) return [exact];
    const isCut = names.length > 1 && name.length === MAX_LENGTH_OF_TWO;
    const longer = isCut ? knowledge.topics.filter(({ id }) => id.startsWith(name)) : [];
    return longer.length === 1 ? longer : [];
  });
  return topics.length === names.length ? topics : undefined;
}
