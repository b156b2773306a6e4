import { html, type TemplateResult } from 'lit';
import type { State } from '../workbench.ts';

/** What every section can do with the page around it. */
export interface Page {
  readonly state: State;
  /** Draws what has changed, once for all changes of a moment. */
  redraw(): Promise<void>;
  /** Opens topics beside the section. */
  openTopics(ids: readonly string[]): void;
  /** Asks the bot in the conversation. */
  ask(text: string): void;
}

/** A part of the page; one of them is shown at a time. */
export interface Section {
  /** As in the address. */
  readonly id: string;
  readonly name: string;
  /** How many things there are to look at, and what they are; nothing is shown for 0. */
  count?(state: State): { readonly count: number; readonly of: string };
  /** Loads what it shows: called when that has changed, and when the section is opened. */
  refresh?(page: Page): void;
  template(page: Page): TemplateResult;
}

/**
 * The response to a GET below `/api/`, or to a POST if there is a body.
 *
 * @throws {Error} with the server's message
 */
export async function request<T>(path: string, body?: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  const options = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(`/api/${path}`, options);
  const value = await response.json();
  if (!response.ok) throw new Error(value.error);
  return value;
}

export const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** A place in a file, to be opened in an editor or copied. */
export function placeLink({ state }: Page, file: string, line = 1, column = 1): TemplateResult {
  const path = /^(?:\/|[A-Z]:)/i.test(file) ? file : `${state.root}/${file}`;
  const address = `vscode://file/${encodeURI(path.replaceAll('\\', '/').replace(/^\//, ''))}:${line}:${column}`;
  const place = `${file}:${line}`;
  return html`<span class="place"><a href=${address} title="Open in Visual Studio Code">${place}</a>
    <button type="button" class="link" aria-label="Copy ${place}" @click=${() => navigator.clipboard.writeText(place)}>copy</button></span>`;
}

/** A topic that opens when clicked; `null` is no topic. */
export function topicLink(page: Page, id: string | null): TemplateResult {
  if (id === null) return html`<span class="quiet">no topic</span>`;
  return html`<button type="button" class="chip" @click=${() => page.openTopics([id])}>${titleOf(page, id)}</button>`;
}

export function titleOf({ state }: Page, id: string): string {
  return state.knowledge?.topics.find((topic) => topic.id === id)?.title ?? id;
}

export const LANGUAGE_NAMES = { de: 'German', en: 'English' } as const;
export const timeOf = (milliseconds: number) =>
  new Date(milliseconds).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
export const percent = (share: number) => `${Math.round(100 * share)}\u00a0%`;
