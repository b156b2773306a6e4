import { html, nothing, render, type TemplateResult } from 'lit';
import type { State } from '../workbench.ts';
import { article } from './article.ts';
import { changes } from './changes.ts';
import { conversation } from './conversation.ts';
import { gaps, refreshGaps } from './gaps.ts';
import { problems } from './problems.ts';
import { failure, timeOf } from './section.ts';

/** The parts of the page, by their id in the address; one of them is shown at a time. */
const SECTIONS = { conversation, article, problems, changes, unanswered: gaps } as const;

let state: State | undefined;

function template(): TemplateResult {
  if (!state) return html`<p class="loading">Loading the knowledge …</p>`;
  const { reworded, replies } = state.changes;
  const counts: Readonly<Record<string, number>> = {
    problems: state.problems.length,
    changes: reworded.length + replies.length,
  };
  const current = currentSection();
  return html`
    <header>
      <h1>Workbench${state.knowledge ? html` <span>${state.knowledge.subject}</span>` : nothing}</h1>
      ${status(state)}
      <nav aria-label="Sections">
        ${Object.keys(SECTIONS).map(
          (id) => html`<a href="#${id}" aria-current=${id === current ? 'page' : nothing}
            >${id}${counts[id] ? html` <span class="count">${counts[id]}<span class="unseen"> ${id}</span></span>` : nothing}</a>`,
        )}
      </nav>
    </header>
    ${alarm(state)}
    ${failure ? html`<p class="alarm" role="alert">${failure}</p>` : nothing}
    <main>${state.knowledge || current === 'problems' ? SECTIONS[current](state) : firstLearning(state)}</main>
  `;
}

function status({ knowledge, isLearning }: State): TemplateResult {
  if (events.readyState !== EventSource.OPEN)
    return html`<p class="status lost" role="status">The workbench has been closed; waiting for it to open again …</p>`;
  return html`<p class="status ${isLearning ? 'busy' : ''}" role="status">
    ${knowledge ? html`<span title="Version ${knowledge.version}">${knowledge.topics.length} topics</span> <span>saved ${timeOf(knowledge.loadedAt)}</span>` : nothing}
    ${isLearning && knowledge ? html`<span>learning from the latest texts …</span>` : nothing}
  </p>`;
}

function firstLearning({ isLearning }: State): TemplateResult | typeof nothing {
  if (!isLearning) return nothing;
  return html`<p class="loading">Learning the questions and answers; this takes up to half a minute …</p>`;
}

function alarm({ problems, knowledge }: State): TemplateResult | typeof nothing {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors === 0) return nothing;
  const areFixed = errors === 1 ? 'it is fixed' : 'they are fixed';
  return html`<p class="alarm" role="alert">
    <a href="#problems">${errors} ${errors === 1 ? 'error' : 'errors'} in the files.</a>
    ${knowledge ? `Until ${areFixed}, the bot answers from the last version without errors.` : `The bot can’t answer until ${areFixed}.`}
  </p>`;
}

function currentSection(): keyof typeof SECTIONS {
  const id = location.hash.slice(1);
  return Object.hasOwn(SECTIONS, id) ? (id as keyof typeof SECTIONS) : 'conversation';
}

function refresh(): void {
  if (currentSection() === 'unanswered') void refreshGaps();
  redraw();
}

/** Draws after the current event: if that removes the focused element, an event fires in the middle of drawing. */
const redraw = () => setTimeout(() => render(template(), document.body));

const events = new EventSource('/events');
events.onmessage = ({ data }: MessageEvent<string>) => {
  state = JSON.parse(data) as State;
  refresh();
};
events.onerror = redraw;
addEventListener('hashchange', refresh);
// Whatever is clicked or chosen may change what is shown.
for (const event of ['click', 'change', 'response']) addEventListener(event, redraw);
matchMedia('(prefers-color-scheme: light)').addEventListener('change', redraw);
redraw();
