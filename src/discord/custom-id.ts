import { LANGUAGES, type Language } from '../knowledge/knowledge.ts';

/** One topic, or both of a reply with two answers. */
export type Topics = readonly [string] | readonly [string, string];

/**
 * What a button or menu does. All of it is in its custom id, so that replies keep working after a restart. The asker is the
 * member whose question it is; a custom id can be forged, so every use checks who clicked.
 */
export type Control = { readonly language: Language; readonly asker: string } & (
  | {
      /** Shows an answer, also in the other language; votes; posts a private answer in the channel. */
      readonly action: 'topic' | 'translate' | 'helpful' | 'unhelpful' | 'share';
      readonly topics: Topics;
    }
  /** None of the offered questions; removing a reply; the menu of topics, whose choice comes with the click. */
  | { readonly action: 'none' | 'dismiss' | 'menu' }
  /** A page of the list of topics, from 0. */
  | { readonly action: 'page'; readonly page: number }
);

/** Custom ids of other bots and other versions start with something else. */
const PREFIX = 'xp1';
const SEPARATOR = '|';
const AND = '+';
/** Discord allows a custom id of 100 characters. Two longer ids of topics are cut to this length. */
export const MAX_LENGTH_OF_TWO = 30;

const WITH_TOPICS = ['topic', 'translate', 'helpful', 'unhelpful', 'share'] as const;
const WITHOUT_TOPICS = ['none', 'dismiss', 'menu'] as const;
const isOneOf = <T extends string>(list: readonly T[], value: string): value is T =>
  (list as readonly string[]).includes(value);

/** At most 100 characters. */
export function toCustomId(control: Control): string {
  const detail = 'topics' in control ? joined(control.topics) : 'page' in control ? String(control.page) : '';
  return [PREFIX, control.action, control.language, control.asker, detail].join(SEPARATOR);
}

function joined([first, second]: Topics): string {
  return second === undefined ? first : [first, second].map((id) => id.slice(0, MAX_LENGTH_OF_TWO)).join(AND);
}

/** `undefined` for an id that the bot didn't write. The topics may no longer exist, or be cut. */
export function fromCustomId(customId: string): Control | undefined {
  const [prefix, action, language, asker, detail, ...more] = customId.split(SEPARATOR);
  if (prefix !== PREFIX || action === undefined || language === undefined || asker === undefined) return undefined;
  if (detail === undefined || more.length > 0 || !isOneOf(LANGUAGES, language) || !/^\d{1,20}$/.test(asker))
    return undefined;
  if (isOneOf(WITH_TOPICS, action)) {
    const [first, second, ...others] = detail.split(AND);
    if (!first || second === '' || others.length > 0) return undefined;
    return { action, topics: second === undefined ? [first] : [first, second], language, asker };
  }
  if (isOneOf(WITHOUT_TOPICS, action)) return detail === '' ? { action, language, asker } : undefined;
  if (action === 'page' && /^\d{1,3}$/.test(detail)) return { action, page: Number(detail), language, asker };
  return undefined;
}
