/** The languages that every topic is written in. */
export const LANGUAGES = ['de', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** How sure the article is: it states a thing (or who said it), repeats a rumour, voices an opinion, or is silent. */
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
  readonly status?: Status | undefined;
  /** Greetings, thanks, "who are you": answered when addressed, never when overheard. */
  readonly smallTalk: boolean;
  /** Sentences of the article that the answer rests on, word for word. */
  readonly passages: readonly string[];
  /** Ids of the topics to go on with, the nearest first. */
  readonly related: readonly string[];
}

/** A topic's phrasings, the German ones first. */
export const phrasingsOf = ({ de, en }: Topic): string[] => [...de.phrasings, ...en.phrasings];

export interface Article {
  readonly text: string;
  /** Whom the article credits in its last line: "KKJ" in "Quelle: KKJ". */
  readonly source: string;
  /** What to know of the article as a whole, in a few words, shown beside the source. */
  readonly note: Readonly<Record<Language, string>> | undefined;
}

/** A name of the subject, of something the article mentions, or of another thing that people confuse with it. */
export type NameRole = 'subject' | 'mentioned' | 'other';

/** What an editor says about words, beside the phrasings. */
export interface WordLists {
  /** Names, each with the other ways of writing it, and what it stands for. */
  readonly names: readonly { readonly name: string; readonly variants: readonly string[]; readonly role: NameRole }[];
  /** Abbreviations, dialect and frequent misspellings: `variant` is read as `standard`. */
  readonly spellings: readonly { readonly variant: string; readonly standard: string }[];
  /** Words and short expressions that mean the same here. */
  readonly synonyms: readonly (readonly string[])[];
}

/** What members say right after an answer, and what only makes sense after it. */
export interface FollowUp extends Readonly<Record<Language, readonly string[]>> {
  /** Id of the topic that was answered. */
  readonly after: string;
  /** Id of the topic that answers the follow-up, or `SAME_TOPIC`. */
  readonly asks: string;
}

/** For a follow-up that stays with its topic and means something else by itself: "sure?", "why not?". */
export const SAME_TOPIC = 'same';

/** What a member does with a message in an open channel. Only a question to the channel is for the bot. */
export const OVERHEARD_KINDS = [
  'asks-channel',
  'asks-someone',
  'states',
  'jokes',
  'answers-itself',
  'quotes',
  'asks-elsewhere',
] as const;
export type OverheardKind = (typeof OVERHEARD_KINDS)[number];

/** A labelled message that was said in an open channel, not to the bot. */
export interface OverheardMessage {
  readonly text: string;
  readonly language: Language;
  /** Who wrote it: messages of one voice resemble each other. */
  readonly voice: string;
  readonly kind: OverheardKind;
  /** Id of the topic that answers it; only for `asks-channel`. */
  readonly topic: string | undefined;
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
  /** Messages that no topic answers: they teach the bot what to leave alone. */
  readonly outOfScope: Readonly<Record<Language, readonly string[]>>;
  /** Thanks, "ok", laughter: what needs no answer. */
  readonly reactions: Readonly<Record<Language, readonly string[]>>;
  readonly followUps: readonly FollowUp[];
  readonly overheard: readonly OverheardMessage[];
}
