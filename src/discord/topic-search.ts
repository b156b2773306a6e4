import { tokensOf } from '../engine/text.ts';
import { type Knowledge, LANGUAGES, type Language, type Topic } from '../knowledge/knowledge.ts';
import type { LiveKnowledge } from '../operation/live-knowledge.ts';

/** https://docs.discord.com/developers/interactions/application-commands#autocomplete */
const MAX_CHOICES = 25;
const MAX_NAME_LENGTH = 100;
/** Before the id of a chosen topic, which can't be confused with a typed question then. */
const CHOSEN = 'topic:';

/** The words of a topic's title and of each of its phrasings. */
type Texts = Readonly<Record<Language, readonly (readonly string[])[]>>;

/** Finds topics by what a member has typed so far, for autocomplete. Follows the knowledge when it is replaced. */
export class TopicSearch {
  readonly #live: LiveKnowledge;
  #indexed: { readonly knowledge: Knowledge; readonly texts: ReadonlyMap<Topic, Texts> } | undefined;

  constructor(live: LiveKnowledge) {
    this.#live = live;
  }

  /** The topics that match, the best first, in a member's language; all of them before anything is typed. */
  choices(typed: string, language: Language): { readonly name: string; readonly value: string }[] {
    const query = typed.trim().slice(0, MAX_NAME_LENGTH);
    const { topics } = this.#live.engine.knowledge;
    const other = language === 'de' ? 'en' : 'de';
    const found = new Set([
      ...this.#beginning(query, language),
      ...this.#answered(query),
      ...this.#beginning(query, other),
    ]);
    return [...(query === '' ? topics : found)]
      .slice(0, MAX_CHOICES)
      .map((topic) => ({ name: topic[language].title.slice(0, MAX_NAME_LENGTH), value: CHOSEN + topic.id }));
  }

  /** The topic that was chosen; `undefined` for typed text. */
  chosen(value: string): string | undefined {
    return this.#live.engine.knowledge.topics.find(({ id }) => CHOSEN + id === value)?.id;
  }

  /** The topic that was chosen, or typed so that exactly one matches: its id or title, the beginnings of its words, or a question. */
  named(value: string): string | undefined {
    const typed = value.trim().slice(0, MAX_NAME_LENGTH);
    const isName = (name: string) => name.toLowerCase() === typed.toLowerCase();
    const { topics } = this.#live.engine.knowledge;
    const found = [
      topics.filter(({ id, de, en }) => CHOSEN + id === value || [id, de.title, en.title].some(isName)),
      LANGUAGES.flatMap((language) => this.#beginning(typed, language)),
      this.#answered(typed),
    ];
    return found.map((each) => [...new Set(each)]).find(({ length }) => length === 1)?.[0]?.id;
  }

  /** The topics with a text in which each typed word begins a word; a title counts more than all phrasings together. */
  #beginning(query: string, language: Language): Topic[] {
    const typed = wordsOf(query);
    if (typed.length === 0) return [];
    const matches = (words: readonly string[]) => typed.every((start) => words.some((word) => word.startsWith(start)));
    return [...this.#texts]
      .map(
        ([
          topic,
          {
            [language]: [title = [], ...phrasings],
          },
        ]) => {
          const isBeginning = topic[language].title.toLowerCase().startsWith(query.toLowerCase());
          const share = phrasings.filter(matches).length / (phrasings.length + 1);
          return { topic, score: Number(isBeginning) + Number(matches(title)) + share };
        },
      )
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .map(({ topic }) => topic);
  }

  /** The topics that the bot would answer or offer. */
  #answered(query: string): Topic[] {
    const { engine } = this.#live;
    const decision = engine.decide(engine.read(query));
    const ids = decision.kind === 'answer' || decision.kind === 'offer' ? decision.topics : [];
    return ids.flatMap((id) => engine.knowledge.topics.find((topic) => topic.id === id) ?? []);
  }

  get #texts(): ReadonlyMap<Topic, Texts> {
    const { knowledge } = this.#live.engine;
    if (this.#indexed?.knowledge !== knowledge) {
      const textsOf = ({ title, phrasings }: Topic[Language]) => [title, ...phrasings].map(wordsOf);
      const texts = new Map(knowledge.topics.map((topic) => [topic, { de: textsOf(topic.de), en: textsOf(topic.en) }]));
      this.#indexed = { knowledge, texts };
    }
    return this.#indexed.texts;
  }
}

const wordsOf = (text: string) => tokensOf(text).map(({ folded }) => folded);
