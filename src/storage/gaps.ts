import type { Language } from '../knowledge/knowledge.ts';

/** A question that got no good answer, as it is kept: nothing in it tells who asked, or where. */
export interface Gap {
  /** Of this row; another one after it was forgotten and asked again. */
  readonly id: number;
  /** Lower-case words without punctuation, names, mentions, links, numbers or addresses. */
  readonly text: string;
  readonly language: Language;
  /** The topic that was offered and did not help; `undefined` where none was. */
  readonly topic: string | undefined;
  /** How often it was asked. */
  readonly count: number;
  /** Like 2026-11-23, by universal time. */
  readonly firstDay: string;
  readonly lastDay: string;
}

/** A question to be kept. */
export interface RecordedQuestion extends Pick<Gap, 'text' | 'language' | 'topic'> {
  /** Questions of a language with the same meaning are one: only the first one's text is kept. */
  readonly meaning: string;
}

/** More questions than anybody reads; beyond it, what was asked least and longest ago goes. */
export const MAX_GAPS = 2_000;
/** But not the latest: what was asked for the first time has to have a chance to be asked again. */
export const LATEST_KEPT = 500;

export interface GapStore {
  /** @param day today, like 2026-11-23, by universal time */
  record(question: RecordedQuestion, day: string): Promise<void>;
  /** The most asked first. */
  all(): Promise<readonly Gap[]>;
  /** Forgets some, by their ids; returns how many there were. */
  forget(ids: readonly number[]): Promise<number>;
  /** Forgets all that nobody has asked since the day before this one. */
  forgetBefore(day: string): Promise<void>;
}
