import { html, nothing, type TemplateResult } from 'lit';
import type { Line, TopicView } from '../topic.ts';
import { LANGUAGE_NAMES, type Page, placeLink, request, titleOf } from './section.ts';

/** Topics as a sheet over the page, one of them open. */
export class TopicDialog {
  #ids: readonly string[] = [];
  #topic: TopicView | undefined;

  async open(ids: readonly string[], page: Page): Promise<void> {
    this.#ids = ids;
    await this.#show(ids[0] ?? '', page);
    const dialog = document.querySelector<HTMLDialogElement>('#topic');
    if (dialog && !dialog.open) dialog.showModal();
    dialog?.querySelector('.content')?.scrollTo({ top: 0 });
  }

  /** The files have changed. */
  async refresh(page: Page): Promise<void> {
    if (this.#topic && document.querySelector('#topic[open]')) await this.#show(this.#topic.id, page);
  }

  template(page: Page): TemplateResult {
    const close = ({ target, currentTarget }: Event) => {
      // A click beside the sheet is a click on the dialog itself.
      if (target === currentTarget && currentTarget instanceof HTMLDialogElement) currentTarget.close();
    };
    return html`<dialog id="topic" aria-labelledby="topic-title" @click=${close}>
      <div class="content">
        <form method="dialog"><button class="close" aria-label="Close">✕</button></form>
        ${this.#topic ? this.#sheet(this.#topic, page) : nothing}
      </div>
    </dialog>`;
  }

  #sheet({ id, status, file, passages, related, ...texts }: TopicView, page: Page): TemplateResult {
    const at = ({ line }: Line) => placeLink(page, file, line);
    const choice = (each: string) => html`<button type="button" class="chip" aria-pressed=${each === id}
      @click=${() => this.#show(each, page)}>${titleOf(page, each)}</button>`;
    return html`
      ${this.#ids.length > 1 ? html`<nav class="chips" aria-label="Topics that rest on this passage">${this.#ids.map(choice)}</nav>` : nothing}
      <h2 id="topic-title">${texts.en.title.text}</h2>
      <p class="quiet"><code>${id}</code> · ${status} · ${placeLink(page, file)}</p>
      ${(['de', 'en'] as const).map((language) => {
        const { title, answer, phrasings } = texts[language];
        return html`<section lang=${language}>
          <h3 lang="en">${LANGUAGE_NAMES[language]}</h3>
          <p class="title">${title.text} ${at(title)}</p>
          <p>${answer.text} ${at(answer)}</p>
          <details>
            <summary lang="en">${phrasings.length} phrasings</summary>
            <ul class="lines">${phrasings.map((each) => html`<li>${each.text} ${at(each)}</li>`)}</ul>
          </details>
        </section>`;
      })}
      <h3>Passages</h3>
      ${passages.length === 0 ? html`<p class="quiet">None.</p>` : passages.map((each) => html`<blockquote lang="de">${each.text} ${at(each)}</blockquote>`)}
      ${related.length === 0 ? nothing : html`<h3>Related</h3><p class="chips">${related.map(choice)}</p>`}
    `;
  }

  async #show(id: string, page: Page): Promise<void> {
    this.#topic = await request<TopicView>(`topic?topic=${encodeURIComponent(id)}`);
    await page.redraw();
  }
}
