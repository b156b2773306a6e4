import { html, nothing, type TemplateResult } from 'lit';
import type { ReviewedGap } from '../../gaps/review.ts';
import type { Trial } from '../../gaps/trial.ts';
import type { Addition } from '../../gaps/yaml-lines.ts';
import type { Feedback } from '../../storage/feedback.ts';
import type { GapsView } from '../gaps.ts';
import {
  LANGUAGE_NAMES,
  messageOf,
  type Page,
  placeLink,
  request,
  type Section,
  titleOf,
  topicLink,
} from './section.ts';

/** A topic that was chosen for a question, and what is known of that choice so far. */
interface Choice {
  readonly topic: string;
  readonly addition?: Addition;
  readonly trial?: Trial;
  readonly failure?: string;
}

/** Unanswered questions and what would answer them, and how members rated the answers. */
export class Gaps implements Section {
  readonly id = 'unanswered';
  readonly name = 'Unanswered';
  #view: GapsView | undefined;
  #failure = '';
  /** By the first id of a question. */
  readonly #choices = new Map<number, Choice>();

  async refresh(page: Page): Promise<void> {
    if (!page.state.knowledge) return;
    try {
      this.#view = await request<GapsView>('gaps');
      this.#failure = '';
      for (const [gap, { topic }] of this.#choices) void this.#choose(gap, topic, page);
    } catch (error) {
      this.#failure = messageOf(error);
    }
    void page.redraw();
  }

  template(page: Page): TemplateResult {
    return html`<section class="card">
      <h2>Unanswered questions</h2>
      ${this.#failure ? html`<p class="failure" role="alert">${this.#failure}</p>` : this.#list(page)}
    </section>`;
  }

  #list(page: Page): TemplateResult {
    if (!this.#view) return html`<p class="quiet">Loading …</p>`;
    const { gaps, isRecording, feedback } = this.#view;
    return html`
      <p class="quiet">
        Members’ questions that got no good answer, without anything personal; “…” stands for a word that the bot doesn’t know.
        ${isRecording ? nothing : html`None are being recorded: <code>RECORD_QUESTIONS</code> is off.`}
      </p>
      ${gaps.length === 0 ? html`<p class="all-well">No unanswered questions have been recorded.</p>` : nothing}
      <ul class="gaps" role="list">${gaps.map((gap) => this.#gap(gap, page))}</ul>
      <h2>Ratings</h2>
      ${feedback.length === 0 ? html`<p class="quiet">Nobody has rated an answer yet.</p>` : ratings(feedback, page)}
    `;
  }

  #gap(gap: ReviewedGap, page: Page): TemplateResult {
    const { ids, text, wordings, language, count, firstDay, lastDay, nearest, answeredBy } = gap;
    const [id = 0] = ids;
    const choice = this.#choices.get(id);
    const near = nearest.map(({ topic }) => topic);
    const others = (page.state.knowledge?.topics ?? []).map((topic) => topic.id).filter((each) => !near.includes(each));
    const option = (topic: string) =>
      html`<option value=${topic} ?selected=${choice?.topic === topic}>${titleOf(page, topic)}</option>`;
    const choose = ({ currentTarget }: Event) => {
      if (currentTarget instanceof HTMLSelectElement) void this.#choose(id, currentTarget.value, page);
    };
    return html`<li>
      <span class="count" title="asked ${count} times">${count}×</span>
      <div>
        <p lang=${language}><strong>${text}</strong></p>
        ${wordings.length === 0 ? nothing : html`<p class="quiet" lang=${language}>also: ${wordings.join(' · ')}</p>`}
        <p class="quiet">
          ${LANGUAGE_NAMES[language]}, ${firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`}${
            answeredBy ? html` · <span class="good">answered now by ${topicLink(page, answeredBy)}</span>` : nothing
          }
        </p>
        <label class="choice">It belongs to
          <select @change=${choose}>
            <option value="" selected disabled hidden>choose a topic …</option>
            <optgroup label="Nearest">${near.map(option)}</optgroup>
            <optgroup label="Others">${others.map(option)}</optgroup>
          </select>
        </label>
        <div aria-live="polite">${choice ? showChoice(choice, page) : nothing}</div>
      </div>
    </li>`;
  }

  /** Shows the lines at once, and what they would do once that has been tried. */
  async #choose(gap: number, topic: string, page: Page): Promise<void> {
    const query = `gap=${gap}&topic=${encodeURIComponent(topic)}`;
    const show = (choice: Omit<Choice, 'topic'>) => {
      this.#choices.set(gap, { topic, ...choice });
      void page.redraw();
    };
    try {
      const addition = await request<Addition>(`addition?${query}`);
      show({ addition });
      const trial = await request<Trial>(`trial?${query}`);
      if (this.#choices.get(gap)?.topic === topic) show({ addition, trial });
    } catch (error) {
      show({ failure: messageOf(error) });
    }
  }
}

function showChoice({ addition, trial, failure }: Choice, page: Page): TemplateResult {
  if (!addition) return html`<p class="failure" role="alert">${failure}</p>`;
  const { file, after, lines } = addition;
  const text = lines.join('\n');
  return html`
    <p>Add after ${placeLink(page, file, after)}
      <button type="button" class="link" @click=${() => navigator.clipboard.writeText(`${text}\n`)}>Copy the lines</button></p>
    <pre class="yaml" tabindex="0">${text}</pre>
    <p class="quiet">${trial ? verdict(trial) : 'Trying them …'}</p>
  `;
}

function verdict({ answers, broken, mended }: Trial): TemplateResult {
  return html`
    ${answers ? html`<span class="good">With them, this topic answers the question.</span>` : html`<span class="warning">This topic still wouldn’t answer the question: it may need more phrasings like it, or a topic of its own.</span>`}
    ${mended > 0 ? `${mended} more test messages would be right.` : nothing}
    ${broken.length === 0 ? 'No test message would go wrong.' : html`<span class="warning">${broken.length} would go wrong: ${broken.slice(0, 3).join(' · ')}</span>`}
  `;
}

function ratings(feedback: readonly Feedback[], page: Page): TemplateResult {
  return html`<table class="figures">
    <thead><tr><th scope="col">Answer</th><th scope="col">Language</th><th scope="col">👍</th><th scope="col">👎</th></tr></thead>
    <tbody>${feedback
      .toSorted((a, b) => b.unhelpful - a.unhelpful)
      .map(
        ({ topic, language, helpful, unhelpful }) => html`<tr><th scope="row">${topicLink(page, topic)}</th>
          <td>${LANGUAGE_NAMES[language]}</td><td class="number">${helpful}</td><td class="number">${unhelpful}</td></tr>`,
      )}</tbody>
  </table>`;
}
