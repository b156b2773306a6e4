import { MAX_ANSWERS } from '../engine/decide.ts';
import { LANGUAGES, type Language } from '../knowledge/knowledge.ts';

/** Shows an answer, also in the other language; votes; posts a private answer in the channel. */
const OF_TOPICS = ['topic', 'translate', 'helpful', 'unhelpful', 'share'] as const;
/** Rejects all offered questions; removes a reply; is the menu of topics, whose choice comes with the click. */
const PLAIN = ['none', 'dismiss', 'menu'] as const;

/**
 * What a button or menu does. All of it is in its custom id, so that replies keep working after a restart. The asker is
 * the member whose question it is; a custom id can be forged, so every use checks who clicked.
 */
export type Control = { readonly language: Language; readonly asker: string } & (
  | {
      readonly action: (typeof OF_TOPICS)[number];
      /** All that the reply answers. */
      readonly topics: readonly string[];
    }
  | { readonly action: (typeof PLAIN)[number] }
  | { readonly action: 'page'; readonly page: number }
);

/** Custom ids of other bots and other versions look different. */
const FORMAT = /^xp1\|(?<action>[a-z]+)\|(?<language>[a-z]+)\|(?<asker>\d{1,20})\|(?<detail>[^|]*)$/;
/** Discord allows 100 characters in a custom id; this many are left for topic ids. */
const ROOM_FOR_TOPICS = 62;
/** Each id is cut to this many characters if there are this many topics. */
export const maxTopicLength = (topics: number) => Math.floor((ROOM_FOR_TOPICS + 1) / topics) - 1;

export function toCustomId(control: Control): string {
  const { action, language, asker } = control;
  const topics = 'topics' in control ? control.topics : [];
  const detail = topics.map((id) => id.slice(0, maxTopicLength(topics.length))).join('+');
  return `xp1|${action}|${language}|${asker}|${'page' in control ? control.page : detail}`;
}

/** `undefined` for an id that the bot didn't write. The topics may no longer exist, or be cut. */
export function fromCustomId(customId: string): Control | undefined {
  const { action, asker = '', detail = '', ...groups } = FORMAT.exec(customId)?.groups ?? {};
  const language = LANGUAGES.find((each) => each === groups['language']);
  if (!language) return undefined;
  const ofTopics = OF_TOPICS.find((each) => each === action);
  const topics = detail.split('+');
  if (ofTopics && topics.length <= MAX_ANSWERS && topics.every(Boolean))
    return { action: ofTopics, topics, language, asker };
  const plain = PLAIN.find((each) => each === action);
  if (plain && detail === '') return { action: plain, language, asker };
  const isPage = action === 'page' && /^\d{1,3}$/.test(detail);
  return isPage ? { action, page: Number(detail), language, asker } : undefined;
}
