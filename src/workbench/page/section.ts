import { html, type TemplateResult } from 'lit';
import type { State } from '../workbench.ts';

/** Why the latest request failed, if it did. */
export let failure = '';

/** The response to a GET below `/api/`, or to a POST if there is a body; `undefined` if it failed. Redraws the page. */
export async function request<T>(path: string, body?: unknown): Promise<T | undefined> {
  try {
    const options = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`/api/${path}`, options);
    const value = await response.json();
    failure = response.ok ? '' : value.error;
    return response.ok ? value : undefined;
  } catch (error) {
    failure = `The workbench can’t be reached (${error}).`;
    return undefined;
  } finally {
    dispatchEvent(new Event('response'));
  }
}

/** A place in a file, to be opened in an editor or copied. */
export function placeLink(state: State, file: string, line = 1, column = 1): TemplateResult {
  const place = `${file}:${line}`;
  return html`<span class="place"><a href=${addressOf(state, file, line, column)} title="Open in Visual Studio Code">${place}</a>
    <button type="button" class="link" aria-label="Copy ${place}" @click=${() => navigator.clipboard.writeText(place)}>copy</button></span>`;
}

/** A topic, whose file opens in an editor when it is clicked. */
export function topicLink(state: State, id: string): TemplateResult {
  const { title = id, file } = state.knowledge?.topics.find((topic) => topic.id === id) ?? {};
  if (file === undefined) return html`<span class="chip">${title}</span>`;
  return html`<a class="chip" href=${addressOf(state, file)} title="Open ${file} in Visual Studio Code">${title}</a>`;
}

export function titleOf({ knowledge }: State, id: string): string {
  return knowledge?.topics.find((topic) => topic.id === id)?.title ?? id;
}

function addressOf({ root }: State, file: string, line = 1, column = 1): string {
  const path = /^(?:\/|[A-Z]:)/i.test(file) ? file : `${root}/${file}`;
  return `vscode://file/${encodeURI(path.replaceAll('\\', '/').replace(/^\//, ''))}:${line}:${column}`;
}

export const LANGUAGE_NAMES = { de: 'German', en: 'English' } as const;
export const timeOf = (milliseconds: number) =>
  new Date(milliseconds).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
export const percent = (share: number, digits = 0) => `${(100 * share).toFixed(digits)}\u00a0%`;
