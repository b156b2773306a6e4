import { z } from 'zod';
import { responseTo, topicsNamed } from '../discord/click.ts';
import { fromCustomId } from '../discord/custom-id.ts';
import { greeting, type ReplyMessage, replyMessage } from '../discord/reply.ts';
import type { Engine } from '../engine/engine.ts';
import { LANGUAGES, type Language } from '../knowledge/knowledge.ts';

/** A message from the bot. */
export interface BotMessage extends Pick<ReplyMessage, 'content' | 'components'> {
  /** Ids of the topics that it answers, if any: what a reply to it continues. */
  readonly topics: readonly string[];
  readonly language: Language;
}

export type AskRequest = z.output<typeof askSchema>;
export type Asked = ReturnType<typeof ask>;
export type Used = ReturnType<typeof use>;

/** A message in the page's channel, and the context that it is decided in. */
export const askSchema = z.strictObject({
  /** Discord allows subscribers 4,000 characters. */
  text: z.string().max(4_000),
  trigger: z.enum(['addressed', 'overheard']),
  /** Ids of the topics of the answer that it replies to. */
  previous: z.array(z.string()).readonly(),
  language: z.enum(LANGUAGES),
});

/** The use of a button, or of a menu in which something was chosen. */
export const useSchema = z.strictObject({
  id: z.string(),
  chosen: z.string().optional(),
  isPrivate: z.boolean(),
  language: z.enum(LANGUAGES),
});

/** The only member of the page's channel. */
const MEMBER = '1';

/** What the bot would do about a message and why, and what it would do had it been said the other way. */
export function ask({ text, trigger, previous, language }: AskRequest, engine: Engine) {
  const reading = engine.read(text);
  const addressed = engine.decide(reading, { previous, language });
  const overheard = engine.decide(reading, { trigger: 'overheard', language });
  const [decision, otherwise] = trigger === 'addressed' ? [addressed, overheard] : [overheard, addressed];
  const reply = engine.reply(decision);
  const viewer = { asker: MEMBER, isPrivate: false };
  const isBareMention = trigger === 'addressed' && previous.length === 0 && reading.words.length === 0;
  const said = reply
    ? replyMessage(reply, viewer, engine.knowledge)
    : isBareMention
      ? greeting(decision.language, viewer, engine.knowledge)
      : undefined;
  const message: BotMessage | undefined = said && {
    ...said,
    topics: decision.kind === 'answer' ? decision.topics : [],
    language: decision.language,
  };
  const why = { ...engine.explain(reading, previous), languageOfText: reading.language };
  return { message, decision, otherwise, why };
}

/** What the use of a control leads to. */
export function use({ id, chosen, isPrivate, language }: z.output<typeof useSchema>, engine: Engine) {
  const control = fromCustomId(id);
  const click = { user: MEMBER, isTheirs: control?.asker === MEMBER, isPrivate, chosen, language };
  const response = responseTo(control, click, engine);
  if (response.kind === 'remove') return response;
  const named = topicsNamed(control && 'topics' in control ? control.topics : [chosen ?? ''], engine) ?? [];
  const topics = response.kind === 'whisper' ? [] : named.map(({ id }) => id);
  return { kind: response.kind, message: { ...response.message, topics, language: control?.language ?? language } };
}
