import { html, nothing, type TemplateResult } from 'lit';
import type { ReviewedGap } from '../../gaps/review.ts';
import type { AdditionView, GapsView, TopicName, TrialView } from '../views.ts';
import { get } from './request.ts';
import type { Page, Section } from './section.ts';

const NAMES = { de: 'German', en: 'English' } as const;

/** A topic that was chosen for a question, and what is known of that choice so far. */
interface Choice {
  readonly topic: string;
  readonly addition?: AdditionView;
  readonly trial?: TrialView;
  readonly failure?: string;
}

/** Questions that got no good answer, and what would answer them. */
export class Gaps implements Section {
  readonly id = 'unanswered';
  readonly name = 'Unanswered';
  #view: GapsView | undefined;
  #failure = '';
  /** By the number of a question. */
  readonly #choices = new Map<number, Choice>();

  async refresh(page: Page): Promise<void> {
    try {
      this.#view = await get<GapsView>('gaps');
      this.#failure = '';
      for (const [gap, { topic }] of this.#choices) void this.#choose(gap, topic, page);
    } catch (error) {
      this.#failure = messageOf(error);
    }
    page.redraw();
  }

  template(page: Page): TemplateResult {
    return html`<section class="card">
      <h2>Unanswered questions</h2>
      ${this.#failure ? html`<p class="failure" role="alert">${this.#failure}</p>` : this.#list(page)}
    </section>`;
  }

  #list(page: Page): TemplateResult {
    if (!this.#view) return html`<p class="quiet">Reading …</p>`;
    const { gaps, isRecording } = this.#view;
    return html`
      <p class="quiet">
        What the bot was asked in vain, without anything that tells who asked.
        ${isRecording ? nothing : html`Nothing is being recorded now: <code>RECORD_QUESTIONS</code> is off in the settings here.`}
      </p>
      ${gaps.length === 0 ? html`<p class="all-well">No question without a good answer is recorded.</p>` : nothing}
      <ul class="gaps" role="list">${gaps.map((gap) => this.#gap(gap, page))}</ul>
    `;
  }

  #gap(gap: ReviewedGap, page: Page): TemplateResult {
    const { text, wordings, language, count, firstDay, lastDay, nearest, answeredBy } = gap;
    const [id = 0] = gap.ids;
    const choice = this.#choices.get(id);
    const topics = page.state.knowledge?.topics ?? [];
    const near = nearest.map(({ topic }) => topic);
    const others = topics.filter((topic) => !near.includes(topic.id));
    const option = ({ id: topic, title }: TopicName) =>
      html`<option value=${topic} ?selected=${choice?.topic === topic}>${title}</option>`;
    const choose = ({ currentTarget }: Event) => {
      if (currentTarget instanceof HTMLSelectElement) void this.#choose(id, currentTarget.value, page);
    };
    return html`<li>
      <span class="count" title="so many times">${count}×</span>
      <div>
        <p lang=${language}><strong>${text}</strong></p>
        ${wordings.length === 0 ? nothing : html`<p class="quiet" lang=${language}>also: ${wordings.join(' · ')}</p>`}
        <p class="quiet">
          ${NAMES[language]}, ${firstDay === lastDay ? `on ${firstDay}` : `from ${firstDay} to ${lastDay}`}${
            answeredBy ? html` · <span class="good">answered now, by <code>${answeredBy}</code></span>` : nothing
          }
        </p>
        <label class="choice">It belongs to
          <select @change=${choose}>
            <option value="" selected disabled hidden>choose a topic …</option>
            <optgroup label="Nearest">${near.map((topic) => option(topics.find((each) => each.id === topic) ?? { id: topic, title: topic }))}</optgroup>
            <optgroup label="All others">${others.map(option)}</optgroup>
          </select>
        </label>
        <div aria-live="polite">${choice ? showChoice(choice) : nothing}</div>
      </div>
    </li>`;
  }

  /** Shows the lines at once, and what they would do as soon as it has been tried. */
  async #choose(gap: number, topic: string, page: Page): Promise<void> {
    const about = `gap=${gap}&topic=${encodeURIComponent(topic)}`;
    const know = (choice: Omit<Choice, 'topic'>) => {
      this.#choices.set(gap, { topic, ...choice });
      page.redraw();
    };
    try {
      const addition = await get<AdditionView>(`addition?${about}`);
      know({ addition });
      const trial = await get<TrialView>(`trial?${about}`);
      if (this.#choices.get(gap)?.topic === topic) know({ addition, trial });
    } catch (error) {
      know({ failure: messageOf(error) });
    }
  }
}

function showChoice({ addition, trial, failure }: Choice): TemplateResult {
  if (!addition) return html`<p class="failure" role="alert">${failure}</p>`;
  const { file, after, lines } = addition;
  const text = lines.join('\n');
  return html`
    <p class="addition">Add after <span class="place">${file}:${after}</span>
      <button type="button" class="link" @click=${() => navigator.clipboard.writeText(`${text}\n`)}>Copy</button></p>
    <pre class="yaml" tabindex="0">${text}</pre>
    <p class="quiet">${trial ? verdict(trial) : 'Trying what that would do …'}</p>
  `;
}

function verdict({ answers, broken, mended }: TrialView): TemplateResult {
  return html`
    ${answers ? html`<span class="good">Then it would be answered by this topic.</span>` : html`<span class="warning">It would still not be answered by this topic: it may need more phrasings like it, or a topic of its own.</span>`}
    ${mended > 0 ? `${mended} more of the messages it was tried on would be right.` : nothing}
    ${broken.length === 0 ? 'Nothing else would break.' : html`<span class="warning">It would break ${broken.length}: ${broken.slice(0, 3).join(' · ')}</span>`}
  `;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
