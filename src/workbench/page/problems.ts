import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../../knowledge/problem.ts';
import type { State } from '../workbench.ts';
import { placeLink } from './section.ts';

/** What is wrong in the folder right now. */
export function problems(state: State): TemplateResult {
  const { problems, folder } = state;
  const only = (wanted: Problem['severity']) => problems.filter(({ severity }) => severity === wanted);
  return html`<section class="card">
    <h2>Problems</h2>
    <p class="quiet" role="status">In <code>${folder}</code>, as saved right now.</p>
    ${problems.length === 0 ? html`<p class="all-well">No problems found.</p>` : nothing}
    ${list('Errors', only('error'), state)}
    ${list('Worth a look', only('warning'), state)}
  </section>`;
}

function list(heading: string, problems: readonly Problem[], state: State): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing;
  return html`<h3>${heading} <span class="count">${problems.length}</span></h3>
    <ul class="problems" role="list">
      ${problems.map(
        ({ severity, file, line, column, what, remedy }) => html`<li data-severity=${severity}>
          ${placeLink(state, file, line, column)}
          <span class="what">${what}</span>
          <span class="remedy">${remedy}</span>
        </li>`,
      )}
    </ul>`;
}
