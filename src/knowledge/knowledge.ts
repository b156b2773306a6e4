/** The languages that every topic is written in. */
export const LANGUAGES = ['de', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * How sure the article is: it states a thing (or who said it), repeats a rumour, voices its author's opinion, or is
 * silent on it.
 */
export const STATUSES = ['reported', 'rumour', 'opinion', 'not-stated'] as const;
export type Status = (typeof STATUSES)[number];

export interface TopicText {
  /** The topic as a question; the label of its button. */
  readonly title: string;
  readonly answer: string;
  /** How people ask for it. */
  readonly phrasings: readonly string[];
}

export interface Topic extends Readonly<Record<Language, TopicText>> {
  readonly id: string;
  /** `undefined` for small talk, of which no article says anything. */
  readonly status: Status | undefined;
  /** Greetings, thanks, "who are you": answered when addressed, never when overheard. */
  readonly smallTalk: boolean;
  /** Sentences of the article that the answer rests on, word for word. */
  readonly passages: readonly string[];
  /** Ids of the topics to go on with, the nearest first. */
  readonly related: readonly string[];
}

export interface Article {
  readonly text: string;
  /** Whom the article credits in its last line: "KKJ" in "Quelle: KKJ". */
  readonly source: string;
  /** What to know of the article as a whole, as a few words for beside the source. */
  readonly note: Readonly<Record<Language, string>> | undefined;
}

/** What an editor says about words, beside the phrasings. */
export interface WordLists {
  /** Names, each with the other ways of writing it; `subject` marks what the knowledge is about. */
  readonly names: readonly { readonly name: string; readonly variants: readonly string[]; readonly subject: boolean }[];
  /** Abbreviations, dialect and frequent misspellings: `variant` is read as `standard`. */
  readonly spellings: readonly { readonly variant: string; readonly standard: string }[];
  /** Words and short expressions that mean the same here. */
  readonly synonyms: readonly (readonly string[])[];
}

/** A knowledge folder, loaded and found free of errors. */
export interface Knowledge {
  readonly directory: string;
  /** Of the content: the same for the same knowledge, wherever it is loaded. */
  readonly version: string;
  readonly article: Article;
  /** In the order of their ids. */
  readonly topics: readonly Topic[];
  readonly words: WordLists;
  /** Messages that no topic answers: they teach the matcher what to leave alone. */
  readonly elsewhere: Readonly<Record<Language, readonly string[]>>;
}
