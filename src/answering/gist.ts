import type { Language } from '../knowledge/knowledge.ts';
import type { Reply } from './engine.ts';

/** What a reply comes down to: two with the same gist say the same. */
export interface Gist {
  readonly outcome: Reply['outcome'];
  /** The one that is answered, or those that are offered. */
  readonly topics: readonly string[];
  readonly language: Language;
}

export function gistOf(reply: Reply): Gist {
  const { outcome, language } = reply;
  return { outcome, topics: topicsOf(reply), language };
}

function topicsOf(reply: Reply): readonly string[] {
  switch (reply.outcome) {
    case 'answer':
      return [reply.topic];
    case 'suggest':
      return reply.suggestions.map(({ topic }) => topic);
    case 'unknown':
      return [];
  }
}
