import { html, nothing, render, type TemplateResult } from 'lit';
import type { State } from '../workbench.ts';
import { Article } from './article.ts';
import { Changes } from './changes.ts';
import { Confusions } from './confusions.ts';
import { Conversation } from './conversation.ts';
import { Gaps } from './gaps.ts';
import { Problems } from './problems.ts';
import { type Page, type Section, timeOf } from './section.ts';
import { TopicDialog } from './topic-dialog.ts';

const conversation = new Conversation();
const SECTIONS: readonly Section[] = [
  conversation,
  new Article(),
  new Confusions(),
  new Problems(),
  new Changes(),
  new Gaps(),
];
const topicDialog = new TopicDialog();

let state: State | undefined;
let isConnected = false;
let drawing: Promise<void> | undefined;

/** Drawing can remove a focused element, which then may ask to draw again: not before this drawing is done. */
function redraw(): Promise<void> {
  drawing ??= Promise.resolve().then(() => {
    drawing = undefined;
    render(template(), document.body);
  });
  return drawing;
}

function template(): TemplateResult {
  if (!state) return html`<p class="loading">Opening the knowledge …</p>`;
  const page = pageOf(state);
  const current = currentSection();
  return html`
    <header>
      <h1>Workbench${state.knowledge ? html` <span>${state.knowledge.subject}</span>` : nothing}</h1>
      ${status(state)}
      <nav aria-label="Sections">
        ${SECTIONS.map((section, index) => {
          const { count, of } = section.count?.(page.state) ?? { count: 0, of: '' };
          return html`<a href="#${section.id}" aria-current=${section === current ? 'page' : nothing} title="Key ${index + 1}"
            >${section.name}${count > 0 ? html` <span class="count" title="${count} ${of}">${count}<span class="unseen"> ${of}</span></span>` : nothing}</a>`;
        })}
      </nav>
    </header>
    ${alarm(state)}
    <main>${current.template(page)}</main>
    <footer><kbd>1</kbd>–<kbd>${SECTIONS.length}</kbd> sections · <kbd>/</kbd> write a message · <kbd>Esc</kbd> close</footer>
    ${topicDialog.template(page)}
  `;
}

function status({ knowledge, isLearning }: State): TemplateResult {
  if (!isConnected)
    return html`<p class="status lost" role="status">The workbench has been closed; waiting for it to open again …</p>`;
  return html`<p class="status ${isLearning ? 'busy' : ''}" role="status">
    ${knowledge ? html`<span title="Version ${knowledge.version}">${knowledge.topics.length} topics</span> <span>saved ${timeOf(knowledge.loadedAt)}</span>` : nothing}
    ${isLearning ? html`<span>learning from the latest texts …</span>` : nothing}
  </p>`;
}

function alarm({ problems, knowledge }: State): TemplateResult | typeof nothing {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors === 0) return nothing;
  return html`<p class="alarm" role="alert">
    <a href="#problems">${errors} ${errors === 1 ? 'error' : 'errors'} in the files.</a>
    ${knowledge ? 'Until they are fixed, the bot answers from the last version without errors.' : 'The bot can’t answer until they are fixed.'}
  </p>`;
}

function currentSection(): Section {
  return SECTIONS.find(({ id }) => location.hash === `#${id}`) ?? conversation;
}

function pageOf(state: State): Page {
  const page: Page = {
    state,
    redraw,
    openTopics: (ids) => void topicDialog.open(ids, page),
    ask: (text) => {
      location.hash = conversation.id;
      void conversation.send(text, page);
    },
  };
  return page;
}

function refresh(): void {
  if (state) currentSection().refresh?.(pageOf(state));
  void redraw();
}

function followServer(): void {
  const events = new EventSource('/events');
  events.onmessage = ({ data }: MessageEvent<string>) => {
    isConnected = true;
    state = JSON.parse(data) as State;
    refresh();
    void topicDialog.refresh(pageOf(state));
  };
  events.onerror = () => {
    isConnected = false;
    void redraw();
  };
}

async function followKeys(event: KeyboardEvent): Promise<void> {
  const { target, key } = event;
  const isTyping = target instanceof HTMLElement && target.matches('input:not([type=radio]), select, textarea');
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  const section = SECTIONS[Number(key) - 1];
  if (section) location.hash = section.id;
  if (key !== '/') return;
  event.preventDefault();
  location.hash = conversation.id;
  await redraw();
  document.querySelector<HTMLInputElement>('#message')?.focus();
}

addEventListener('hashchange', refresh);
addEventListener('keydown', (event) => void followKeys(event));
matchMedia('(prefers-color-scheme: light)').addEventListener('change', () => void redraw());
followServer();
void redraw();
