import { html, nothing, type TemplateResult } from 'lit';
import type { ConfusedText, Confusion } from '../confusions.ts';
import type { ConfusionsView } from '../workbench.ts';
import { phrasingCheck } from './problems.ts';
import { type Page, percent, placeLink, request, type Section, titleOf } from './section.ts';

const SOURCES = { messages: 'Test messages', phrasings: 'Phrasings' } as const;

/** Which topics are confused with which, and how often the bot is right. */
export class Confusions implements Section {
  readonly id = 'confusions';
  readonly name = 'Confusions';
  #view: ConfusionsView | undefined;
  #source: keyof typeof SOURCES = 'messages';
  #open: string | undefined;

  async refresh(page: Page): Promise<void> {
    this.#view = await request<ConfusionsView>('confusions');
    void page.redraw();
  }

  template(page: Page): TemplateResult {
    const confusions = this.#view?.[this.#source];
    return html`
      <section class="card">
        <h2>Confusions</h2>
        <fieldset class="segments"><legend class="unseen">Judged by</legend>
          ${(['messages', 'phrasings'] as const).map(
            (source) =>
              html`<label><input type="radio" name="source" .checked=${this.#source === source} @change=${() => {
                this.#source = source;
                void page.redraw();
              }}><span>${SOURCES[source]}</span></label>`,
          )}
        </fieldset>
        ${this.#source === 'phrasings' ? this.#phrasings(page) : this.#messages(page)}
        ${confusions && confusions.length > 0 ? html`${this.#matrix(confusions, page)}${this.#list(confusions, page)}` : nothing}
      </section>
    `;
  }

  #messages({ state }: Page): TemplateResult {
    const { figures = [], messages } = this.#view ?? {};
    if (!messages && !state.isLearning)
      return html`<p class="quiet">This knowledge has no <code>evaluation/tuning.jsonl</code>.</p>`;
    return html`
      <p class="quiet">What <code>npm run eval</code> measures. Below are the messages of <code>tuning.jsonl</code> that went wrong;
        those of <code>reported.jsonl</code> are not shown, so that nobody writes phrasings for them.</p>
      ${figures.map(
        ({ set, figures }) => html`<details><summary>Figures for ${set}.jsonl</summary>
          <table class="figures"><thead><tr><th scope="col">What</th><th scope="col">Share</th><th scope="col">Count</th></tr></thead><tbody>
            ${figures.map(({ name, hits, of }) => html`<tr><th scope="row">${name}</th><td class="number">${((100 * hits) / of).toFixed(1)}\u00a0%</td><td class="number">${hits} of ${of}</td></tr>`)}
          </tbody></table></details>`,
      )}
      ${state.isLearning ? html`<p class="quiet" role="status">Judging the latest version …</p>` : nothing}
    `;
  }

  #phrasings(page: Page): TemplateResult {
    const { phrasings, phrasingCount = 0 } = this.#view ?? {};
    const wrong = (phrasings ?? []).reduce((sum, { texts }) => sum + texts.length, 0);
    return html`${phrasingCheck(page)}
      ${
        phrasings
          ? html`<p class="quiet">${percent(1 - wrong / phrasingCount)} lead to the right topic (${phrasingCount - wrong} of ${phrasingCount}).
            The bot had not learned these very phrasings, as with members’ questions. <code>npm run eval</code> judges other texts, so its figures differ.</p>`
          : nothing
      }`;
  }

  /** A picture for the mouse: each row is what was meant, each column what it was taken for. The list below says the same. */
  #matrix(confusions: readonly Confusion[], page: Page): TemplateResult {
    const ids = [...(page.state.knowledge?.topics ?? []).map(({ id }) => id), null];
    const most = Math.max(...confusions.map(({ texts }) => texts.length));
    const cell = (expected: string | null, got: string | null) => {
      const confusion = confusions.find((each) => each.expected === expected && each.got === got);
      if (!confusion) return html`<td class=${expected === got ? 'same' : nothing}></td>`;
      const { texts } = confusion;
      const level = Math.ceil((4 * texts.length) / most);
      return html`<td data-level=${level} title="${nameOf(expected, page)} → ${nameOf(got, page)}" @click=${async () => {
        this.#open = keyOf(confusion);
        await page.redraw();
        document.querySelector('.pairs details[open]')?.scrollIntoView({ block: 'nearest' });
      }}>${texts.length}</td>`;
    };
    return html`<div class="scroller" aria-hidden="true"><table class="matrix">
      <thead><tr><td></td>${ids.map((id) => html`<th><span class="head">${id ?? 'no topic'}</span></th>`)}</tr></thead>
      <tbody>${ids.map((expected) => html`<tr><th>${expected ?? 'no topic'}</th>${ids.map((got) => cell(expected, got))}</tr>`)}</tbody>
    </table></div>`;
  }

  #list(confusions: readonly Confusion[], page: Page): TemplateResult {
    return html`<h3>What was meant → what it was taken for</h3>
      <div class="pairs">
        ${confusions.map(
          (confusion) => html`<details ?open=${this.#open === keyOf(confusion)}>
            <summary><span class="count">${confusion.texts.length}</span> ${nameOf(confusion.expected, page)}
              <span class="taken">${confusion.got === null ? 'no answer' : nameOf(confusion.got, page)}</span></summary>
            <ul role="list">${confusion.texts.map((text) => confusedText(text, page))}</ul>
          </details>`,
        )}
      </div>`;
  }
}

function confusedText({ text, words, place }: ConfusedText, page: Page): TemplateResult {
  return html`<li>
    <button type="button" class="text" title="Ask in the conversation" @click=${() => page.ask(text)}>${text}</button>
    ${words.length === 0 ? nothing : html`<span class="quiet">because of ${words.map(({ typed }) => `“${typed}”`).join(', ')}</span>`}
    ${place ? placeLink(page, place.file, place.line) : nothing}
  </li>`;
}

const keyOf = ({ expected, got }: Confusion) => `${expected} ${got}`;
const nameOf = (id: string | null, page: Page) => (id === null ? 'No topic' : titleOf(page, id));
