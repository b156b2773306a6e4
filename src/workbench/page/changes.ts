import { html, nothing, type TemplateResult } from 'lit';
import type { Gist } from '../../answering/gist.ts';
import type { ChangedReply } from '../../evaluation/changes.ts';
import type { ChangesView, State } from '../views.ts';
import { get } from './request.ts';
import type { Page, Section } from './section.ts';

/** What the edits since the workbench was opened have changed for those who ask. */
export class Changes implements Section {
  readonly id = 'changes';
  readonly name = 'Changes';
  #view: ChangesView | undefined;

  count({ changedReplies }: State): number {
    return changedReplies;
  }

  async refresh(page: Page): Promise<void> {
    this.#view = await get<ChangesView>('changes');
    page.redraw();
  }

  template(): TemplateResult {
    return html`<section class="card">
      <h2>Changes</h2>
      ${this.#view ? list(this.#view) : html`<p class="quiet">Comparing …</p>`}
    </section>`;
  }
}

const HEADINGS: Readonly<Record<ChangedReply['verdict'], string>> = {
  worse: 'No longer as expected',
  better: 'As expected now',
  other: 'Otherwise than before',
};

function list({ since, judged, changes }: ChangesView): TemplateResult {
  const time = new Date(since).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  return html`
    <p class="quiet" role="status">
      ${changes.length} of ${judged} messages get another reply than at ${time}, when the workbench was opened.
      ${
        changes.some(({ verdict }) => verdict === 'worse')
          ? html`Where the new reply is the one that is meant, change what is expected in <code>test/evaluation/messages.jsonl</code>.`
          : nothing
      }
    </p>
    ${changes.length === 0 ? html`<p class="all-well">Everybody gets the reply they got before.</p>` : nothing}
    ${(['worse', 'better', 'other'] as const).map((verdict) => group(verdict, changes))}
  `;
}

function group(verdict: ChangedReply['verdict'], changes: readonly ChangedReply[]): TemplateResult | typeof nothing {
  const own = changes.filter((change) => change.verdict === verdict);
  if (own.length === 0) return nothing;
  return html`<h3>${HEADINGS[verdict]} <span class="count">${own.length}</span></h3>
    <ul class="changes" role="list">
      ${own.map(
        ({ text, expected, before, after }) => html`<li data-verdict=${verdict}>
          <p>${text}</p>
          <p class="quiet">${inWords(before)} <span class="taken">${inWords(after)}</span></p>
          <p class="quiet">expected: ${expected.length === 0 ? 'no topic' : topics(expected)}</p>
        </li>`,
      )}
    </ul>`;
}

function inWords({ outcome, topics: ids }: Gist): TemplateResult {
  if (outcome === 'unknown') return html`no answer`;
  return outcome === 'answer' ? html`answered by ${topics(ids)}` : html`offered ${topics(ids)}`;
}

const topics = (ids: readonly string[]) => ids.map((id, index) => html`${index > 0 ? ', ' : ''}<code>${id}</code>`);
