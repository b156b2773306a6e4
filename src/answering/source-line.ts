import type { Language, Status } from '../knowledge/knowledge.ts';
import { TEXTS } from './texts.ts';

/** What stands under an answer. */
export interface Sourced {
  /** Whom the article credits, in words: "Quelle: KKJ". */
  readonly source: string;
  readonly status: Status | undefined;
  readonly note: string | undefined;
  readonly language: Language;
}

/** "Quelle: KKJ · Gerücht · undatierter Artikel aus der Zeit vor dem Start" */
export function sourceLine({ source, status, note, language }: Sourced): string {
  return [source, status && TEXTS[language].status[status], note].filter(Boolean).join(' · ');
}
