import { html, nothing, type TemplateResult } from 'lit';
import type { ChangedReply } from '../../evaluation/changes.ts';
import type { ChangesView, RewordedAnswer, State } from '../workbench.ts';
import { LANGUAGE_NAMES, type Page, request, type Section, timeOf, topicLink } from './section.ts';

/** What members notice of the edits since the workbench was opened. */
export class Changes implements Section {
  readonly id = 'changes';
  readonly name = 'Changes';
  #view: ChangesView | undefined;

  count({ changes }: State) {
    return { count: changes, of: 'changes' };
  }

  async refresh(page: Page): Promise<void> {
    this.#view = await request<ChangesView>('changes');
    void page.redraw();
  }

  template(page: Page): TemplateResult {
    const view = this.#view;
    return html`<section class="card">
      <h2>Changes</h2>
      ${view ? this.#list(view, page) : html`<p class="quiet">Comparing …</p>`}
    </section>`;
  }

  #list({ since, reworded, count, replies }: ChangesView, page: Page): TemplateResult {
    return html`
      <p class="quiet" role="status">
        Since ${timeOf(since)}, when the workbench was opened. ${replies.length} of ${count} test messages get another reply.
        ${page.state.isLearning ? 'Still learning and comparing …' : nothing}
      </p>
      ${reworded.length + replies.length === 0 ? html`<p class="all-well">Everybody gets the same reply as before.</p>` : nothing}
      ${reworded.length === 0 ? nothing : html`<h3>Reworded answers <span class="count">${reworded.length}</span></h3>`}
      ${reworded.map((answer) => rewordedAnswer(answer, page))}
      ${(['worse', 'better', 'other'] as const).map((verdict) => group(verdict, replies, page))}
    `;
  }
}

function rewordedAnswer({ topic, language, before, after }: RewordedAnswer, page: Page): TemplateResult {
  return html`<div class="reworded">
    <p>${topicLink(page, topic)} <span class="quiet">${LANGUAGE_NAMES[language]}</span></p>
    <p><strong>Before</strong> <del lang=${language}>${before ?? '–'}</del></p>
    <p><strong>After</strong> <ins lang=${language}>${after ?? '–'}</ins></p>
  </div>`;
}

const HEADINGS: Readonly<Record<ChangedReply['verdict'], readonly [heading: string, hint: string]>> = {
  worse: [
    'No longer as expected',
    'If the new reply is the right one, change the expected topics in evaluation/tuning.jsonl.',
  ],
  better: ['As expected now', ''],
  other: ['Different, but neither better nor worse', ''],
};

function group(verdict: ChangedReply['verdict'], replies: readonly ChangedReply[], page: Page) {
  const own = replies.filter((reply) => reply.verdict === verdict);
  if (own.length === 0) return nothing;
  const [heading, hint] = HEADINGS[verdict];
  return html`<h3>${heading} <span class="count">${own.length}</span></h3>
    <p class="quiet">${hint}</p>
    <ul class="changes" role="list">
      ${own.map(
        ({ text, expected, before, after }) => html`<li data-verdict=${verdict}>
          <p><button type="button" class="text" title="Ask in the conversation" @click=${() => page.ask(text)}>${text}</button></p>
          <p class="quiet">${outcome(before)} <span class="taken">${outcome(after)}</span></p>
          <p class="quiet">expected: ${expected.length === 0 ? 'no answer' : expected.join(', ')}</p>
        </li>`,
      )}
    </ul>`;
}

const OUTCOMES: Readonly<Record<ChangedReply['before']['kind'], string>> = {
  answer: 'answered with',
  offer: 'offered',
  unknown: 'not known',
  acknowledge: 'taken for thanks or the like',
  silent: 'left alone',
};

const outcome = ({ kind, topics }: ChangedReply['before']) => `${OUTCOMES[kind]} ${topics.join(', ')}`.trim();
