import type { TemplateResult } from 'lit';
import type { State } from '../views.ts';

/** What every section can do with the page around it. */
export interface Page {
  readonly state: State;
  /** Shows what has changed. */
  redraw(): void;
  /** Opens a topic beside the section. */
  openTopic(ids: readonly string[]): void;
}

/** A part of the page, one of which is seen at a time. */
export interface Section {
  /** As it stands in the address. */
  readonly id: string;
  readonly name: string;
  /** How much there is to look at; nothing is shown for 0. */
  count?(state: State): number;
  /** What it shows has changed, or it comes into sight: loads what it needs. */
  refresh?(page: Page): void;
  template(page: Page): TemplateResult;
}
