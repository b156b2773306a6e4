import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../../knowledge/problem.ts';
import type { State } from '../workbench.ts';
import { placeLink } from './section.ts';

const HEADINGS: Readonly<Record<Problem['severity'], string>> = { error: 'Errors', warning: 'Warnings' };

/** What is wrong in the folder right now. */
export function problems(state: State): TemplateResult {
  const { problems, folder } = state;
  return html`<section class="card">
    <h2>Problems</h2>
    <p class="quiet" role="status">In <code>${folder}</code>, as saved right now.</p>
    ${problems.length === 0 ? html`<p class="all-well">No problems found.</p>` : nothing}
    ${Array.from(
      Map.groupBy(problems, ({ severity }) => severity),
      ([severity, own]) => html`<h3>${HEADINGS[severity]} <span class="count">${own.length}</span></h3>
        <ul class="problems" role="list">${own.map(
          ({ file, line, column, what, remedy }) => html`<li data-severity=${severity}>
            ${placeLink(state, file, line, column)}
            <span class="what">${what}</span>
            <span class="remedy">${remedy}</span>
          </li>`,
        )}</ul>`,
    )}
  </section>`;
}
