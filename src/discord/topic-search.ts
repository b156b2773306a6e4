import Fuse from 'fuse.js';
import { ANSWER_FROM, OFFER_FROM } from '../engine/gates.ts';
import { type Knowledge, LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import type { LiveKnowledge } from '../operation/live-knowledge.ts';

/** Discord's limits of autocomplete: https://docs.discord.com/developers/interactions/application-commands */
const MAX_CHOICES = 25;
const MAX_NAME_LENGTH = 100;
/** What a chosen question is sent as, so that it is never taken for one typed by hand. */
const CHOSEN = 'topic:';

export interface TopicChoice {
  readonly name: string;
  readonly value: string;
}

type Index = Fuse<{ readonly topic: string; readonly title: string }>;

/** Finds topics by what somebody has typed so far, for autocomplete. Follows the knowledge when it is replaced. */
export class TopicSearch {
  readonly #live: LiveKnowledge;
  #indexed: { readonly knowledge: Knowledge; readonly by: ReadonlyMap<Language, Index> };

  constructor(live: LiveKnowledge) {
    this.#live = live;
    this.#indexed = index(live.engine.knowledge);
  }

  /**
   * The questions that fit what was typed, the best first, in a member's language; all of them for nothing typed. Fuse.js
   * searches the titles alone: to search thousands of phrasings with each key would make everybody else wait. By how people
   * ask, the bot finds topics as it does for any message.
   */
  choices(typed: string, language: Language): TopicChoice[] {
    const { topics } = this.#knowledge;
    const query = typed.trim().slice(0, MAX_NAME_LENGTH);
    const found = query === '' ? topics.map(({ id }) => id) : this.#find(query, language);
    return [...new Set(found)].slice(0, MAX_CHOICES).flatMap((id) => {
      const title = topics.find((topic) => topic.id === id)?.[language].title;
      return title === undefined ? [] : [{ name: title.slice(0, MAX_NAME_LENGTH), value: CHOSEN + id }];
    });
  }

  #find(query: string, language: Language): string[] {
    if (this.#indexed.knowledge !== this.#knowledge) this.#indexed = index(this.#knowledge);
    const titled = this.#indexed.by.get(language)?.search(query) ?? [];
    const { topics } = this.#live.engine.match(query);
    const from = (least: number) => topics.filter(({ confidence }) => confidence >= least).map(({ id }) => id);
    return [...from(ANSWER_FROM), ...titled.map(({ item }) => item.topic), ...from(OFFER_FROM)];
  }

  /** The id of the topic that was chosen; `undefined` for text typed by hand. */
  chosen(value: string): string | undefined {
    if (!value.startsWith(CHOSEN)) return undefined;
    return this.#knowledge.topics.find(({ id }) => id === value.slice(CHOSEN.length))?.id;
  }

  /** The topic that was chosen, or whose id or title was typed out. */
  named(value: string): string | undefined {
    const typed = value.trim().toLowerCase();
    return (
      this.chosen(value) ??
      this.#knowledge.topics.find(({ id, de, en }) =>
        [id, de.title, en.title].some((name) => name.toLowerCase() === typed),
      )?.id
    );
  }

  get #knowledge(): Knowledge {
    return this.#live.engine.knowledge;
  }
}

function index(knowledge: Knowledge) {
  const by = new Map<Language, Index>();
  for (const language of LANGUAGES) {
    const titles = knowledge.topics.map(({ id, [language]: { title } }) => ({ topic: id, title }));
    const options = { keys: ['title'], ignoreLocation: true, ignoreDiacritics: true, threshold: 0.3 };
    by.set(language, new Fuse(titles, { ...options, minMatchCharLength: 2 }));
  }
  return { knowledge, by };
}
