import type { Explanation } from '../answering/explanation.ts';
import type { ChangedReply } from '../evaluation/changes.ts';
import type { LeadingWord } from '../evaluation/cross-validation.ts';
import type { ReviewedGap } from '../gaps/review.ts';
import type { Language, Status } from '../knowledge/knowledge.ts';
import type { Problem } from '../knowledge/problem.ts';

/*
 * All that the server tells the page and the page shows: plain values, nothing of Node or of Discord's client.
 */

/** What is the case right now. Each change of it reaches the page by itself. */
export interface State {
  /** The folder, as one would type it. */
  readonly folder: string;
  /** What answers now; `null` as long as the folder has not once been free of errors. */
  readonly knowledge: {
    readonly version: string;
    readonly subject: string;
    readonly topics: readonly TopicName[];
    /** Milliseconds since 1970. */
    readonly loadedAt: number;
  } | null;
  /** Of the folder as it is now, errors first. With errors among them, what was known before goes on answering. */
  readonly problems: readonly Problem[];
  /** Cross-validation follows the cheap judges, and takes seconds. */
  readonly crossValidation: 'running' | 'done' | 'not possible';
  /** How many messages get another reply than when the workbench was opened. */
  readonly changedReplies: number;
}

/** What has changed since the workbench was opened, or since the folder was first free of errors. */
export interface ChangesView {
  /** Milliseconds since 1970. */
  readonly since: number;
  /** How many messages are compared. */
  readonly judged: number;
  readonly changes: readonly ChangedReply[];
}

export interface TopicName {
  readonly id: string;
  readonly title: string;
}

/** A button, or a menu to choose from, as Discord would show it under a message. */
export type ShownControl =
  | { readonly kind: 'button'; readonly id: string; readonly label: string; readonly primary: boolean }
  | {
      readonly kind: 'menu';
      readonly id: string;
      readonly placeholder: string;
      readonly options: readonly { readonly label: string; readonly value: string }[];
    };

/** A message of the bot's. */
export interface ShownMessage {
  /** In Discord's markdown. */
  readonly content: string;
  readonly rows: readonly (readonly ShownControl[])[];
}

/** What comes of a message: a reply, or silence to one that was overheard; and why. */
export interface Asked {
  readonly message: ShownMessage | null;
  readonly why: Explanation;
}

/** What comes of a click. */
export type Used =
  | { readonly kind: 'replace' | 'whisper' | 'post'; readonly message: ShownMessage }
  | { readonly kind: 'remove' };

/** A stretch of the article on which the same topics rest. */
export interface ArticlePiece {
  readonly text: string;
  /** Ids. */
  readonly topics: readonly string[];
  /** Does it say something that no topic tells? */
  readonly uncovered: boolean;
}

/** The article: its paragraphs, their sentences, the pieces of each. */
export type ArticleView = readonly (readonly (readonly ArticlePiece[])[])[];

/** A text of the knowledge and the line of the file where it stands, from 1. */
export interface Line {
  readonly text: string;
  readonly line: number;
}

/** A topic as its file has it. */
export interface TopicView
  extends Readonly<
    Record<Language, { readonly title: Line; readonly answer: Line; readonly phrasings: readonly Line[] }>
  > {
  readonly id: string;
  readonly status: Status | 'small talk';
  readonly file: string;
  readonly passages: readonly Line[];
  readonly related: readonly string[];
}

/** A phrasing or a message that led to a wrong topic. */
export interface ConfusedText {
  readonly text: string;
  /** Of what it was taken for, 0 to 1. */
  readonly confidence: number;
  /** That spoke for the wrong topic rather than for the right one, the strongest first. */
  readonly words: readonly LeadingWord[];
  /** Where it can be changed: `file:line`. */
  readonly place: string | null;
}

/** Texts of one topic that were taken for another; `null` is no topic at all. */
export interface ConfusionCell {
  readonly expected: string | null;
  readonly got: string | null;
  readonly texts: readonly ConfusedText[];
}

/** Which topics are confused with which. */
export interface Confusions {
  readonly judged: number;
  readonly right: number;
  /** The most frequent confusion first. */
  readonly cells: readonly ConfusionCell[];
}

/** By cross-validating the phrasings, and on the evaluation set; `null` as long as, or where, there is none. */
export interface ConfusionsView {
  readonly check: Confusions | null;
  readonly evaluation: Confusions | null;
}

/** Questions asked in vain, the most asked first. */
export interface GapsView {
  /** Does the bot with the settings here record any? */
  readonly isRecording: boolean;
  readonly gaps: readonly ReviewedGap[];
}

/** Lines for a topic's file. */
export interface AdditionView {
  readonly file: string;
  /** The line after which they belong, from 1. */
  readonly after: number;
  /** Indented as the lines around them. */
  readonly lines: readonly string[];
}

/** What an addition would do. */
export interface TrialView {
  /** Would the question be answered with the topic? */
  readonly answers: boolean;
  /** Messages that get the right reply now, and would no more. */
  readonly broken: readonly string[];
  /** How many of them would get the right one that do not now. */
  readonly mended: number;
}
