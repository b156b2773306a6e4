import Fuse from 'fuse.js';
import { type Knowledge, LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import type { Library } from '../library.ts';

/** Discord's limits of autocomplete: https://docs.discord.com/developers/interactions/application-commands */
const MOST_CHOICES = 25;
const LONGEST_NAME = 100;
/** What a chosen question is sent as, so that it is never taken for one typed by hand. */
const CHOSEN = 'topic:';

export interface TopicChoice {
  readonly name: string;
  readonly value: string;
}

type Index = Fuse<{ topic: string; text: string }>;

/** Finds topics by what somebody has typed so far, for autocomplete. Follows the knowledge when it is replaced. */
export class TopicSearch {
  readonly #library: Library;
  #indexed: { readonly knowledge: Knowledge; readonly by: ReadonlyMap<Language, Index> };

  constructor(library: Library) {
    this.#library = library;
    this.#indexed = index(library.answerer.knowledge);
  }

  /** The questions that fit what was typed, the best first, in a member's language; all of them for nothing typed. */
  choices(typed: string, language: Language): TopicChoice[] {
    const { topics } = this.#knowledge;
    if (this.#indexed.knowledge !== this.#knowledge) this.#indexed = index(this.#knowledge);
    const query = typed.trim().slice(0, LONGEST_NAME);
    const found =
      query === ''
        ? topics.map(({ id }) => id)
        : (this.#indexed.by.get(language)?.search(query) ?? []).map(({ item }) => item.topic);
    return [...new Set(found)].slice(0, MOST_CHOICES).flatMap((id) => {
      const title = topics.find((topic) => topic.id === id)?.[language].title;
      return title === undefined ? [] : [{ name: title.slice(0, LONGEST_NAME), value: CHOSEN + id }];
    });
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
    return this.#library.answerer.knowledge;
  }
}

function index(knowledge: Knowledge) {
  const by = new Map<Language, Index>();
  for (const language of LANGUAGES) {
    const entries = knowledge.topics.flatMap(({ id, [language]: { title, phrasings } }) =>
      [title, ...phrasings].map((text) => ({ topic: id, text })),
    );
    by.set(
      language,
      new Fuse(entries, {
        keys: ['text'],
        ignoreLocation: true,
        ignoreDiacritics: true,
        threshold: 0.3,
        minMatchCharLength: 2,
      }),
    );
  }
  return { knowledge, by };
}
