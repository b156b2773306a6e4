import { LANGUAGES, type Language } from '../knowledge/knowledge.ts';

/**
 * What a button or a menu of ours does, all of it in its custom id: replies stay usable after a restart, and nothing
 * has to be remembered. Who clicks is checked at the click; an id can be forged.
 */
export type Control =
  /** A related question, or one of "did you mean". */
  | { readonly action: 'topic'; readonly topic: string; readonly language: Language; readonly asker: string }
  /** The same answer in the other language. */
  | { readonly action: 'translate'; readonly topic: string; readonly language: Language; readonly asker: string }
  | {
      readonly action: 'helpful' | 'unhelpful';
      readonly topic: string;
      readonly language: Language;
      readonly asker: string;
    }
  /** Posts a private answer for everybody to see. */
  | { readonly action: 'share'; readonly topic: string; readonly language: Language; readonly asker: string }
  /** "None of these". */
  | { readonly action: 'none'; readonly language: Language; readonly asker: string }
  | { readonly action: 'dismiss'; readonly language: Language; readonly asker: string }
  /** The menu of topics; what was chosen comes with the click. */
  | { readonly action: 'menu'; readonly language: Language; readonly asker: string }
  /** A page of the list of topics, from 0. */
  | { readonly action: 'page'; readonly page: number; readonly language: Language; readonly asker: string };

/** Ids of other forms, of other bots or of later versions, start otherwise. */
const PREFIX = 'xp1';
const SEPARATOR = '|';

const WITH_TOPIC = ['topic', 'translate', 'helpful', 'unhelpful', 'share'] as const;
const WITHOUT_TOPIC = ['none', 'dismiss', 'menu'] as const;
const isOneOf = <T extends string>(list: readonly T[], value: string): value is T =>
  (list as readonly string[]).includes(value);

/** At most 100 characters, as Discord demands: ids of topics have at most 50. */
export function toCustomId(control: Control): string {
  const detail = 'topic' in control ? control.topic : 'page' in control ? String(control.page) : '';
  return [PREFIX, control.action, control.language, control.asker, detail].join(SEPARATOR);
}

/** `undefined` for what we never wrote. The topic may not exist, and the asker may be anybody. */
export function fromCustomId(customId: string): Control | undefined {
  const [prefix, action, language, asker, detail, ...more] = customId.split(SEPARATOR);
  if (prefix !== PREFIX || action === undefined || language === undefined || asker === undefined) return undefined;
  if (detail === undefined || more.length > 0 || !isOneOf(LANGUAGES, language) || !/^\d{1,20}$/.test(asker))
    return undefined;
  if (isOneOf(WITH_TOPIC, action)) return detail === '' ? undefined : { action, topic: detail, language, asker };
  if (isOneOf(WITHOUT_TOPIC, action)) return detail === '' ? { action, language, asker } : undefined;
  if (action === 'page' && /^\d{1,3}$/.test(detail)) return { action, page: Number(detail), language, asker };
  return undefined;
}
