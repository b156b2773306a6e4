import Fuse from 'fuse.js';
import { type Knowledge, LANGUAGES, type Language } from '../knowledge/knowledge.ts';

/** Discord's limits of autocomplete: https://docs.discord.com/developers/interactions/application-commands */
const MOST_CHOICES = 25;
const LONGEST_NAME = 100;
/** What a chosen question is sent as, so that it is never taken for one typed by hand. */
const CHOSEN = 'topic:';

export interface TopicChoice {
  readonly name: string;
  readonly value: string;
}

/** Finds topics by what somebody has typed so far, for autocomplete. */
export class TopicSearch {
  readonly #knowledge: Knowledge;
  readonly #byLanguage: Readonly<Record<Language, Fuse<{ topic: string; text: string }>>>;

  constructor(knowledge: Knowledge) {
    this.#knowledge = knowledge;
    const searchIn = (language: Language) =>
      new Fuse(
        knowledge.topics.flatMap(({ id, [language]: { title, phrasings } }) =>
          [title, ...phrasings].map((text) => ({ topic: id, text })),
        ),
        { keys: ['text'], ignoreLocation: true, ignoreDiacritics: true, threshold: 0.3, minMatchCharLength: 2 },
      );
    this.#byLanguage = Object.fromEntries(LANGUAGES.map((language) => [language, searchIn(language)])) as Record<
      Language,
      Fuse<{ topic: string; text: string }>
    >;
  }

  /** The questions that fit what was typed, the best first, in a member's language; all of them for nothing typed. */
  choices(typed: string, language: Language): TopicChoice[] {
    const { topics } = this.#knowledge;
    const query = typed.trim().slice(0, LONGEST_NAME);
    const found =
      query === ''
        ? topics.map(({ id }) => id)
        : this.#byLanguage[language].search(query).map(({ item }) => item.topic);
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
}
