import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../../knowledge/problem.ts';
import type { State } from '../views.ts';
import type { Page, Section } from './section.ts';

/** What is wrong with the folder, as it is right now. */
export class Problems implements Section {
  readonly id = 'problems';
  readonly name = 'Problems';

  count({ problems }: State): number {
    return problems.length;
  }

  template({ state }: Page): TemplateResult {
    const errors = state.problems.filter(({ severity }) => severity === 'error');
    const warnings = state.problems.filter(({ severity }) => severity === 'warning');
    return html`
      <section class="card">
        <h2>Problems</h2>
        <p class="quiet" role="status">
          In <code>${state.folder}</code>, as saved right now. ${CROSS_VALIDATION[state.crossValidation]}
        </p>
        ${errors.length + warnings.length === 0 ? html`<p class="all-well">Nothing to mend.</p>` : nothing}
        ${list('To be mended', errors)}
        ${list('Worth a look', warnings)}
      </section>
    `;
  }
}

const CROSS_VALIDATION: Readonly<Record<State['crossValidation'], string>> = {
  running: 'Still looking for phrasings that lead to another topic; that takes some seconds.',
  done: 'Phrasings that lead to another topic are among them.',
  'not possible': 'What sounds like another topic is looked for once the errors are mended.',
};

function list(heading: string, problems: readonly Problem[]): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing;
  return html`<h3>${heading} <span class="count">${problems.length}</span></h3>
    <ul class="problems" role="list">
      ${problems.map(
        ({ severity, file, line, column, what, remedy }) => html`<li data-severity=${severity}>
          <span class="place">${file}${line === undefined ? '' : `:${line}:${column ?? 1}`}</span>
          <span class="what">${what}</span>
          <span class="remedy">${remedy}</span>
        </li>`,
      )}
    </ul>`;
}
