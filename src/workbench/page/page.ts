import { html, nothing, render, type TemplateResult } from 'lit';
import type { State } from '../views.ts';
import { Article } from './article.ts';
import { Changes } from './changes.ts';
import { Confusions } from './confusions.ts';
import { Conversation } from './conversation.ts';
import { Gaps } from './gaps.ts';
import { Problems } from './problems.ts';
import type { Page, Section } from './section.ts';
import { TopicDialog } from './topic-dialog.ts';

const SECTIONS: readonly Section[] = [
  new Conversation(),
  new Article(),
  new Confusions(),
  new Problems(),
  new Changes(),
  new Gaps(),
];

let state: State | undefined;
let connected = false;
const topicDialog = new TopicDialog(redraw);

function redraw(): void {
  render(template(), document.body);
}

function template(): TemplateResult {
  if (!state) return html`<p class="loading">Opening the knowledge …</p>`;
  const page = pageOf(state);
  const current = currentSection();
  return html`
    <header>
      <h1>Workbench${state.knowledge ? html` <span>${state.knowledge.subject}</span>` : nothing}</h1>
      ${standing(state)}
      <nav aria-label="Sections">
        ${SECTIONS.map((section, index) => {
          const count = section.count?.(page.state) ?? 0;
          return html`<a href="#${section.id}" aria-current=${section === current ? 'page' : nothing}
            >${section.name}${count > 0 ? html` <span class="count">${count}</span>` : nothing}<kbd aria-hidden="true">${index + 1}</kbd></a>`;
        })}
      </nav>
    </header>
    ${alarm(state)}
    <main>${current.template(page)}</main>
    <footer><kbd>1</kbd>–<kbd>${SECTIONS.length}</kbd> sections · <kbd>/</kbd> message · <kbd>Tab</kbd> and arrow keys move · <kbd>Esc</kbd> closes</footer>
    ${topicDialog.template()}
  `;
}

/** What answers now. */
function standing({ knowledge }: State): TemplateResult {
  const loaded = knowledge && new Date(knowledge.loadedAt).toLocaleTimeString('en-GB');
  return html`<p class="standing ${connected ? 'connected' : 'lost'}" role="status">${
    connected
      ? knowledge
        ? html`<span>${knowledge.topics.length} topics</span> <span>version <code>${knowledge.version}</code></span> <span>since ${loaded}</span>`
        : 'Nothing answers yet'
      : 'The workbench no longer runs; waiting for it …'
  }</p>`;
}

function alarm({ problems, knowledge }: State): TemplateResult | typeof nothing {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors === 0) return nothing;
  return html`<p class="alarm" role="alert">
    <a href="#problems">${errors} ${errors === 1 ? 'error' : 'errors'} in the folder.</a>
    ${knowledge ? 'Until they are mended, what was known before goes on answering.' : 'Nothing answers until they are mended.'}
  </p>`;
}

function currentSection(): Section {
  const [first, ...others] = SECTIONS;
  return others.find(({ id }) => location.hash === `#${id}`) ?? (first as Section);
}

function pageOf(now: State): Page {
  return { state: now, redraw, openTopic: (ids) => void topicDialog.open(ids) };
}

function refresh(): void {
  if (state) currentSection().refresh?.(pageOf(state));
  redraw();
}

function followServer(): void {
  const events = new EventSource('/events');
  events.onmessage = ({ data }: MessageEvent<string>) => {
    connected = true;
    state = JSON.parse(data);
    refresh();
    void topicDialog.refresh();
  };
  events.onerror = () => {
    connected = false;
    redraw();
  };
}

function followKeys(event: KeyboardEvent): void {
  const { target, key } = event;
  const isTyping = target instanceof HTMLElement && target.matches('input:not([type=radio]), select, textarea');
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  const section = SECTIONS[Number(key) - 1];
  if (section) location.hash = section.id;
  if (key !== '/') return;
  event.preventDefault();
  location.hash = 'conversation';
  redraw();
  document.querySelector<HTMLInputElement>('#message')?.focus();
}

addEventListener('hashchange', refresh);
addEventListener('keydown', followKeys);
matchMedia('(prefers-color-scheme: light)').addEventListener('change', redraw);
followServer();
redraw();
