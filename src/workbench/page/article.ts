import { html, nothing, type TemplateResult } from 'lit';
import type { State } from '../workbench.ts';
import { topicLink } from './section.ts';

/** The article, and which topics rest on which sentence. */
export function article(state: State): TemplateResult {
  const sentences = state.knowledge?.article ?? [];
  const uncovered = sentences.filter(({ pieces }) => pieces.length > 1).length;
  return html`<section class="card">
    <h2>Article</h2>
    ${
      uncovered === 0
        ? html`<p class="quiet">All of the article is covered.</p>`
        : html`<p class="warning">${uncovered} of ${sentences.length} sentences say something that no topic covers.</p>`
    }
    ${sentences.map(
      ({ topics, pieces }) => html`<div class="sentence">
        <p lang="de">${pieces.map((text, index) => (index % 2 === 0 ? text : html`<span class="uncovered">${text}</span>`))}</p>
        <ul role="list" aria-label="Topics that rest on it">
          ${topics.map((id) => html`<li>${topicLink(state, id)}</li>`)}
          ${pieces.length > 1 ? html`<li class="warning">not covered entirely</li>` : nothing}
        </ul>
      </div>`,
    )}
  </section>`;
}
