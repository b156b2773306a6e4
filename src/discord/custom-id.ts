import { LANGUAGES, type Language } from '../knowledge/knowledge.ts';

/**
 * What a button or menu does. All of it is in its custom id, so that replies keep working after a restart. The asker is the
 * member whose question it is; a custom id can be forged, so every use checks who clicked.
 */
export type Control = { readonly language: Language; readonly asker: string } & (
  | {
      /** Shows an answer, also in the other language; votes; posts a private answer in the channel. */
      readonly action: 'topic' | 'translate' | 'helpful' | 'unhelpful' | 'share';
      /** One topic, or both of a reply with two answers. */
      readonly topics: readonly string[];
    }
  /** None of the offered questions; removing a reply; the menu of topics, whose choice comes with the click. */
  | { readonly action: 'none' | 'dismiss' | 'menu' }
  | { readonly action: 'page'; readonly page: number }
);

/** Custom ids of other bots and other versions look different. */
const FORMAT = /^xp1\|(?<action>[a-z]+)\|(?<language>[a-z]+)\|(?<asker>\d{1,20})\|(?<detail>[^|]*)$/;
/** Discord allows a custom id of 100 characters. The ids of two topics are cut to this length. */
export const MAX_LENGTH_OF_TWO = 30;

export function toCustomId(control: Control): string {
  const { action, language, asker } = control;
  const topics = 'topics' in control ? control.topics : [];
  const detail = topics.map((id) => (topics.length > 1 ? id.slice(0, MAX_LENGTH_OF_TWO) : id)).join('+');
  return `xp1|${action}|${language}|${asker}|${'page' in control ? control.page : detail}`;
}

/** `undefined` for an id that the bot didn't write. The topics may no longer exist, or be cut. */
export function fromCustomId(customId: string): Control | undefined {
  const { action, asker = '', detail = '', ...groups } = FORMAT.exec(customId)?.groups ?? {};
  const language = LANGUAGES.find((each) => each === groups['language']);
  if (!language) return undefined;
  switch (action) {
    case 'topic':
    case 'translate':
    case 'helpful':
    case 'unhelpful':
    case 'share': {
      const topics = detail.split('+');
      return topics.length <= 2 && topics.every(Boolean) ? { action, topics, language, asker } : undefined;
    }
    case 'none':
    case 'dismiss':
    case 'menu':
      return detail === '' ? { action, language, asker } : undefined;
    case 'page':
      return /^\d{1,3}$/.test(detail) ? { action, page: Number(detail), language, asker } : undefined;
    default:
      return undefined;
  }
}
