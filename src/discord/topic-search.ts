import Fuse from 'fuse.js';
import type { Engine } from '../engine/engine.ts';
import { tokensOf } from '../engine/text.ts';
import { type Knowledge, LANGUAGES, type Language, type Topic } from '../knowledge/knowledge.ts';
import type { LiveKnowledge } from '../operation/live-knowledge.ts';

/** https://docs.discord.com/developers/interactions/application-commands#autocomplete */
const MAX_CHOICES = 25;
const MAX_NAME_LENGTH = 100;
/** Before the id of a chosen topic, which can't be confused with a typed question then. */
const CHOSEN = 'topic:';

export interface TopicChoice {
  readonly name: string;
  readonly value: string;
}

interface Index {
  readonly titles: Fuse<Topic>;
  /** For each word of a title or phrasing, in how many of the topic's texts it is, from 0 to 1 each. */
  readonly words: ReadonlyMap<string, ReadonlyMap<Topic, number>>;
}

/** Finds topics by what a member has typed so far, for autocomplete. Follows the knowledge when it is replaced. */
export class TopicSearch {
  readonly #live: LiveKnowledge;
  #indexed: { readonly knowledge: Knowledge; readonly by: Readonly<Record<Language, Index>> } | undefined;

  constructor(live: LiveKnowledge) {
    this.#live = live;
  }

  /** The topics that match, the best first, in a member's language; all of them before anything is typed. */
  choices(typed: string, language: Language): TopicChoice[] {
    const query = typed.trim().slice(0, MAX_NAME_LENGTH);
    const topics = query === '' ? this.#engine.knowledge.topics : this.#find(query, language);
    return topics
      .slice(0, MAX_CHOICES)
      .map((topic) => ({ name: topic[language].title.slice(0, MAX_NAME_LENGTH), value: CHOSEN + topic.id }));
  }

  /** What begins with the typed words comes first, then what the bot would answer, then similar titles. */
  #find(query: string, language: Language): Topic[] {
    const { topics } = this.#engine.knowledge;
    const own = this.#index[language];
    const begins = topics.filter((topic) => topic[language].title.toLowerCase().startsWith(query.toLowerCase()));
    const answered = this.#answered(query);
    const other = this.#index[language === 'de' ? 'en' : 'de'];
    return [
      ...new Set([
        ...begins,
        ...withPrefixes(query, own),
        ...topics.filter(({ id }) => answered.includes(id)),
        ...own.titles.search(query).map(({ item }) => item),
        ...withPrefixes(query, other),
      ]),
    ];
  }

  /** The topics that the bot would answer or offer. */
  #answered(query: string): readonly string[] {
    const decision = this.#engine.decide(this.#engine.read(query));
    return decision.kind === 'answer' || decision.kind === 'offer' ? decision.topics : [];
  }

  /** The topic that was chosen; `undefined` for typed text. */
  chosen(value: string): string | undefined {
    if (!value.startsWith(CHOSEN)) return undefined;
    return this.#engine.knowledge.topics.find(({ id }) => id === value.slice(CHOSEN.length))?.id;
  }

  /** The topic that was chosen, or typed so that exactly one matches: by id or title, by its beginning, or as a question. */
  named(value: string): string | undefined {
    const chosen = this.chosen(value);
    if (chosen !== undefined) return chosen;
    const typed = value.trim().toLowerCase();
    const { topics } = this.#engine.knowledge;
    const namesOf = ({ id, de, en }: Topic) => [id, de.title, en.title].map((name) => name.toLowerCase());
    const same = topics.filter((topic) => namesOf(topic).includes(typed));
    const beginning = topics.filter((topic) => namesOf(topic).some((name) => name.startsWith(typed)));
    const matching = LANGUAGES.flatMap((language) => withPrefixes(value, this.#index[language]));
    const decision = value.length <= MAX_NAME_LENGTH ? this.#engine.decide(this.#engine.read(value)) : undefined;
    const answered = decision?.kind === 'answer' ? decision.topics : [];
    for (const found of [same, beginning, matching].map((each) => each.map(({ id }) => id)).concat([[...answered]])) {
      const [only, ...others] = new Set(found);
      if (only !== undefined && others.length === 0) return only;
    }
    return undefined;
  }

  get #engine(): Engine {
    return this.#live.engine;
  }

  get #index(): Readonly<Record<Language, Index>> {
    const { knowledge } = this.#engine;
    if (this.#indexed?.knowledge !== knowledge) {
      this.#indexed = { knowledge, by: { de: indexOf(knowledge, 'de'), en: indexOf(knowledge, 'en') } };
    }
    return this.#indexed.by;
  }
}

/** The topics with texts in which each typed word begins a word, those with the most such texts first. */
function withPrefixes(query: string, { words }: Index): Topic[] {
  const typed = wordsOf(query);
  const shares = typed.map((prefix) => {
    const byTopic = new Map<Topic, number>();
    for (const [word, topics] of words) {
      if (!word.startsWith(prefix)) continue;
      for (const [topic, share] of topics) byTopic.set(topic, Math.max(share, byTopic.get(topic) ?? 0));
    }
    return byTopic;
  });
  const [first, ...others] = shares;
  const all = [...(first?.keys() ?? [])].filter((topic) => others.every((each) => each.has(topic)));
  const scoreOf = (topic: Topic) => shares.reduce((sum, each) => sum + (each.get(topic) ?? 0), 0);
  return all.sort((a, b) => scoreOf(b) - scoreOf(a));
}

function indexOf({ topics }: Knowledge, language: Language): Index {
  const words = new Map<string, Map<Topic, number>>();
  const add = (topic: Topic, text: string, weight: number) => {
    for (const word of new Set(wordsOf(text))) {
      const shares = words.get(word) ?? new Map<Topic, number>();
      words.set(word, shares.set(topic, (shares.get(topic) ?? 0) + weight));
    }
  };
  for (const topic of topics) {
    const { title, phrasings } = topic[language];
    add(topic, title, 1);
    for (const phrasing of phrasings) add(topic, phrasing, 1 / phrasings.length);
  }
  const options = { ignoreLocation: true, ignoreDiacritics: true, threshold: 0.3, minMatchCharLength: 2 };
  return { titles: new Fuse(topics, { ...options, keys: [`${language}.title`] }), words };
}

const wordsOf = (text: string) => tokensOf(text).map(({ folded }) => folded);
