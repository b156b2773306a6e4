import { html, nothing, type TemplateResult } from 'lit';
import type { Line, TopicView } from '../views.ts';
import { get } from './request.ts';

const LANGUAGES = [
  ['de', 'German'],
  ['en', 'English'],
] as const;

/** One or more topics, one of them open, as a sheet over the page. */
export class TopicDialog {
  readonly #redraw: () => void;
  #ids: readonly string[] = [];
  #topic: TopicView | undefined;

  constructor(redraw: () => void) {
    this.#redraw = redraw;
  }

  async open(ids: readonly string[]): Promise<void> {
    this.#ids = ids;
    await this.#choose(ids[0] ?? '');
    const dialog = document.querySelector<HTMLDialogElement>('#topic');
    if (dialog && !dialog.open) dialog.showModal();
    dialog?.querySelector('.content')?.scrollTo({ top: 0 });
  }

  /** The files have changed. */
  async refresh(): Promise<void> {
    if (this.#topic) await this.#choose(this.#topic.id);
  }

  template(): TemplateResult {
    const close = ({ target, currentTarget }: Event) => {
      // A click beside the sheet reaches the dialog itself.
      if (target === currentTarget && currentTarget instanceof HTMLDialogElement) currentTarget.close();
    };
    return html`<dialog id="topic" aria-labelledby="topic-title" @click=${close}>
      <div class="content">
        <form method="dialog"><button class="close" aria-label="Close">✕</button></form>
        ${this.#topic ? this.#sheet(this.#topic) : nothing}
      </div>
    </dialog>`;
  }

  #sheet({ id, status, file, passages, related, ...texts }: TopicView): TemplateResult {
    const at = ({ line }: Line) => html`<span class="place">${file}:${line}</span>`;
    const choice = (each: string) => html`<button type="button" class="chip" aria-pressed=${each === id}
      @click=${() => this.#choose(each)}>${each}</button>`;
    return html`
      ${this.#ids.length > 1 ? html`<nav class="chips" aria-label="Topics that rest on this passage">${this.#ids.map(choice)}</nav>` : nothing}
      <h2 id="topic-title">${texts.en.title.text}</h2>
      <p class="quiet"><code>${id}</code> · ${status} · <span class="place">${file}</span></p>
      ${LANGUAGES.map(([language, name]) => {
        const { title, answer, phrasings } = texts[language];
        return html`<section lang=${language}>
          <h3 lang="en">${name} ${at(title)}</h3>
          <p class="title">${title.text}</p>
          <p>${answer.text} ${at(answer)}</p>
          <details>
            <summary lang="en">${phrasings.length} phrasings</summary>
            <ul class="lines">${phrasings.map((each) => html`<li><span>${each.text}</span>${at(each)}</li>`)}</ul>
          </details>
        </section>`;
      })}
      <h3>Passages</h3>
      ${passages.length === 0 ? html`<p class="quiet">None.</p>` : passages.map((each) => html`<blockquote lang="de">${each.text} ${at(each)}</blockquote>`)}
      ${related.length === 0 ? nothing : html`<h3>Related</h3><p class="chips">${related.map(choice)}</p>`}
    `;
  }

  async #choose(id: string): Promise<void> {
    this.#topic = await get<TopicView>(`topic?id=${encodeURIComponent(id)}`);
    this.#redraw();
  }
}
