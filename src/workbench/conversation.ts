import { fromCustomId } from '../discord/custom-id.ts';
import { reactionTo } from '../discord/reaction.ts';
import { type ReplyMessage, replyMessage } from '../discord/reply.ts';
import type { Context } from '../engine/decide.ts';
import type { Engine } from '../engine/engine.ts';
import type { Language } from '../knowledge/knowledge.ts';

/** A message from the bot. */
export interface BotMessage extends Pick<ReplyMessage, 'content' | 'components'> {
  /** Ids of the topics that it answers, if any: what a reply to it continues. */
  readonly topics: readonly string[];
  readonly language: Language;
}

export type Asked = ReturnType<typeof ask>;

/** What a click leads to. */
export type Used =
  | { readonly kind: 'replace' | 'whisper' | 'post'; readonly message: BotMessage }
  | { readonly kind: 'remove' };

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

/** The only member of the page's channel. */
const MEMBER = '1';

/** What the bot would do about a message, and why. */
export function ask({ text, trigger, previous, language }: Asking, engine: Engine) {
  const reading = engine.read(text);
  const addressed = engine.decide(reading, { previous, language });
  const overheard = engine.decide(reading, { trigger: 'overheard', language });
  const [decision, otherwise] = trigger === 'addressed' ? [addressed, overheard] : [overheard, addressed];
  const reply = engine.reply(decision);
  const message: BotMessage | undefined = reply && {
    ...replyMessage(reply, { asker: MEMBER, isPrivate: false }, engine.knowledge),
    topics: decision.kind === 'answer' ? decision.topics : [],
    language: decision.language,
  };
  const why = engine.explain(reading, trigger === 'addressed' ? previous : []);
  return {
    message,
    /** What is done about the message. */
    decision,
    /** What would be done, had it been said the other way. */
    otherwise,
    why: { ...why, languageOfText: reading.language },
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
  const message = { ...reaction.message, topics: isAnswer ? topics : [], language: control?.language ?? language };
  return { kind: reaction.kind, message };
}
