import { html, type TemplateResult } from 'lit';
import type { State } from '../workbench.ts';

/** What every section can do with the page around it. */
export interface Page {
  readonly state: State;
  /** Draws what has changed, once for all changes of a moment. */
  redraw(): void;
  /** Asks the bot in the conversation. */
  ask(text: string): void;
}

/**
 * The response to a GET below `/api/`, or to a POST if there is a body.
 *
 * @throws {Error} with the server's message
 */
export async function request<T>(path: string, body?: unknown): Promise<T> {
  const options = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`/api/${path}`, options);
  const value = await response.json();
  if (!response.ok) throw new Error(value.error);
  return value;
}

export const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** A place in a file, to be opened in an editor or copied. */
export function placeLink(page: Page, file: string, line = 1, column = 1): TemplateResult {
  const place = `${file}:${line}`;
  return html`<span class="place"><a href=${addressOf(page, file, line, column)} title="Open in Visual Studio Code">${place}</a>
    <button type="button" class="link" aria-label="Copy ${place}" @click=${() => navigator.clipboard.writeText(place)}>copy</button></span>`;
}

/** A topic, whose file opens in an editor when it is clicked. */
export function topicLink(page: Page, id: string): TemplateResult {
  const { title = id, file } = page.state.knowledge?.topics.find((topic) => topic.id === id) ?? {};
  if (file === undefined) return html`<span class="chip">${title}</span>`;
  return html`<a class="chip" href=${addressOf(page, file)} title="Open ${file} in Visual Studio Code">${title}</a>`;
}

/** A message that is asked in the conversation when it is clicked. */
export function askButton(text: string, page: Page): TemplateResult {
  return html`<button type="button" class="text" title="Ask in the conversation" @click=${() => page.ask(text)}>${text}</button>`;
}

export function titleOf({ state }: Page, id: string): string {
  return state.knowledge?.topics.find((topic) => topic.id === id)?.title ?? id;
}

function addressOf({ state }: Page, file: string, line = 1, column = 1): string {
  const path = /^(?:\/|[A-Z]:)/i.test(file) ? file : `${state.root}/${file}`;
  return `vscode://file/${encodeURI(path.replaceAll('\\', '/').replace(/^\//, ''))}:${line}:${column}`;
}

export const LANGUAGE_NAMES = { de: 'German', en: 'English' } as const;
export const timeOf = (milliseconds: number) =>
  new Date(milliseconds).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
export const percent = (share: number, digits = 0) => `${(100 * share).toFixed(digits)}\u00a0%`;
