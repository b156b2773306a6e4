import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../../knowledge/problem.ts';
import type { State } from '../workbench.ts';
import { type Page, percent, placeLink, request, type Section } from './section.ts';

/** What is wrong in the folder right now. */
export class Problems implements Section {
  readonly id = 'problems';
  readonly name = 'Problems';

  count({ problems }: State) {
    return { count: problems.length, of: 'problems' };
  }

  template(page: Page): TemplateResult {
    const { problems, folder } = page.state;
    const only = (wanted: Problem['severity']) => problems.filter(({ severity }) => severity === wanted);
    return html`
      <section class="card">
        <h2>Problems</h2>
        <p class="quiet" role="status">In <code>${folder}</code>, as saved right now.</p>
        ${problems.length === 0 ? html`<p class="all-well">No problems found.</p>` : nothing}
        ${list('Errors', only('error'), page)}
        ${list('Worth a look', only('warning'), page)}
        <h3>Phrasings that sound like another topic</h3>
        ${phrasingCheck(page)}
        ${list('Found', page.state.phrasingCheck.problems ?? [], page)}
      </section>
    `;
  }
}

/** The button for the check that takes long, its progress, and what came of it. */
export function phrasingCheck({ state }: Page): TemplateResult {
  const { isRunning, progress, isOutdated, problems } = state.phrasingCheck;
  if (isRunning)
    return html`<p class="quiet"><label>Learning the topics again without some of the phrasings …
      <progress max="1" value=${progress}></progress> ${percent(progress)}</label></p>`;
  const hasErrors = state.problems.some(({ severity }) => severity === 'error');
  return html`<p class="quiet">
      ${
        problems === null
          ? 'Judges each phrasing by what the bot learns from the others; takes up to half a minute.'
          : `${problems.length === 0 ? 'None found' : `${problems.length} found`}${isOutdated ? '; files have been saved since' : ''}.`
      }
    </p>
    <button type="button" class="primary" ?disabled=${hasErrors} @click=${() => request('check-phrasings', {})}>
      ${problems === null ? 'Check phrasings' : 'Check again'}
    </button>`;
}

function list(heading: string, problems: readonly Problem[], page: Page): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing;
  return html`<h3>${heading} <span class="count">${problems.length}</span></h3>
    <ul class="problems" role="list">
      ${problems.map(
        ({ severity, file, line, column, what, remedy }) => html`<li data-severity=${severity}>
          ${placeLink(page, file, line, column)}
          <span class="what">${what}</span>
          <span class="remedy">${remedy}</span>
        </li>`,
      )}
    </ul>`;
}
