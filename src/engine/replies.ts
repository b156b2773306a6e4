import type { Knowledge, Language, Topic } from '../knowledge/knowledge.ts';
import type { Decision } from './decide.ts';
import { FOREIGN_TEXT, TEXTS } from './texts.ts';

/** A topic to go on with: its title is the question. */
export interface Suggestion {
  readonly topic: string;
  readonly title: string;
}

/** What the bot says, in plain values: Discord, the terminal and JSON each show it in their way. */
export type Reply = {
  readonly language: Language;
  readonly text: string;
  /** Questions to go on with, or to choose from; the closest first. */
  readonly suggestions: readonly Suggestion[];
} & (
  | {
      readonly kind: 'answer';
      readonly topics: readonly Topic[];
      /** "Source: KKJ · rumour · undated article from before the launch" */
      readonly sourceLine: string;
    }
  /** "Is it one of these?" */
  | { readonly kind: 'offer' }
  | { readonly kind: 'unknown' }
);

/** Discord's limit for a message, in code points: https://docs.discord.com/developers/resources/message */
export const MAX_CONTENT_LENGTH = 2_000;
/** What a front end may add, like whom an answer is for. */
export const RESERVED_LENGTH = 60;

/** What to say; `undefined` for silence and for what needs a reaction at most. */
export function replyTo(decision: Decision, knowledge: Knowledge): Reply | undefined {
  const { language } = decision;
  switch (decision.kind) {
    case 'answer':
      return answerOn(decision.topics, language, knowledge, decision.alsoLikely);
    case 'offer': {
      const offered = suggestions(decision.topics, language, knowledge);
      return { kind: 'offer', language, text: TEXTS[language].didYouMean(offered.length), suggestions: offered };
    }
    case 'unknown':
      return unknownReply(language, knowledge, decision.isForeign);
    case 'acknowledge':
    case 'silent':
      return undefined;
  }
}

export function unknownReply(language: Language, knowledge: Knowledge, isForeign = false): Reply {
  const text = isForeign ? FOREIGN_TEXT : TEXTS[language].unknown(subjectOf(knowledge));
  return { kind: 'unknown', language, text, suggestions: [] };
}

/**
 * The answer on one topic, or those on several, each under its title. Suggests what does not fit into a message first.
 *
 * @param others to suggest before the related topics
 * @throws {RangeError} where there is no such topic
 */
export function answerOn(
  ids: readonly string[],
  language: Language,
  knowledge: Knowledge,
  others: readonly string[] = [],
): Reply {
  const topics = ids.map((id) => {
    const topic = knowledge.topics.find((known) => known.id === id);
    if (!topic) throw new RangeError(`There is no topic "${id}".`);
    return topic;
  });
  const isMixed = new Set(topics.map(({ status }) => status)).size > 1;
  const sections = topics.map(({ status, [language]: { title, answer } }) => {
    // "(reported)" would read like a yes to the question in the title.
    const label = isMixed && status && status !== 'reported' ? ` (${TEXTS[language].status[status]})` : '';
    return topics.length > 1 ? `**${title}${label}**\n${answer}` : answer;
  });
  const text = sections.join('\n\n');
  const sourceLine = sourceLineOf(topics, language, knowledge);
  const length = [...`${text}\n-# ${sourceLine}`].length + RESERVED_LENGTH;
  if (topics.length > 1 && length > MAX_CONTENT_LENGTH) {
    return answerOn(ids.slice(0, -1), language, knowledge, [...ids.slice(-1), ...others]);
  }
  const related = [...others, ...topics.flatMap((topic) => topic.related)].filter((id) => !ids.includes(id));
  return {
    kind: 'answer',
    language,
    text,
    topics,
    sourceLine,
    suggestions: suggestions([...new Set(related)], language, knowledge),
  };
}

/** The line under a reply: the source, how sure the article is of all answers, and the note on the article. */
export function sourceLineOf(topics: readonly Topic[], language: Language, { article }: Knowledge): string {
  const texts = TEXTS[language];
  const [status, ...others] = new Set(topics.map((topic) => topic.status));
  const isCommon = status !== undefined && others.length === 0;
  const parts = [texts.source(article.source), isCommon && texts.status[status], article.note?.[language]];
  return parts.filter(Boolean).join(' · ');
}

/** What the knowledge is about, by name. */
export function subjectOf({ words: { names }, article }: Pick<Knowledge, 'words' | 'article'>): string {
  return (names.find(({ role }) => role === 'subject') ?? names[0])?.name ?? article.source;
}

export function suggestions(ids: readonly string[], language: Language, { topics }: Knowledge): Suggestion[] {
  return ids.flatMap((id) => {
    const topic = topics.find((known) => known.id === id);
    return topic ? [{ topic: id, title: topic[language].title }] : [];
  });
}
