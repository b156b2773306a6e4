import { html, nothing, type TemplateResult } from 'lit';
import type { ArticlePiece, ArticleView } from '../views.ts';
import { get } from './request.ts';
import type { Page, Section } from './section.ts';

/** The article, and what of it which topics tell. */
export class Article implements Section {
  readonly id = 'article';
  readonly name = 'Article';
  #article: ArticleView = [];
  /** Whose passages stand out. */
  #marked: string | undefined;

  async refresh(page: Page): Promise<void> {
    if (!page.state.knowledge) return;
    this.#article = await get<ArticleView>('article');
    page.redraw();
  }

  template(page: Page): TemplateResult {
    const sentences = this.#article.flat();
    const uncovered = sentences.filter((pieces) => pieces.some((piece) => piece.uncovered)).length;
    return html`
      <section class="card">
        <h2>Article</h2>
        <p class="quiet">
          Each passage opens the topics that rest on it.
          ${
            uncovered === 0
              ? 'All that the article says is told by a topic.'
              : html`<strong class="warning">${uncovered} of ${sentences.length} sentences say something that no topic tells.</strong>`
          }
        </p>
        <p class="legend">
          <span class="piece told">told by a topic</span>
          <span class="piece told much">by three or more</span>
          <span class="piece uncovered">by none</span>
        </p>
        <div class="article">${this.#article.map((paragraph) => paragraph.map((pieces) => this.#sentence(pieces, page)))}</div>
      </section>
    `;
  }

  #sentence(pieces: readonly ArticlePiece[], page: Page): TemplateResult {
    const topics = [...new Set(pieces.flatMap((piece) => piece.topics))];
    const mark = (id: string | undefined) => () => {
      this.#marked = id;
      page.redraw();
    };
    return html`<div class="sentence">
      <p lang="de">${pieces.map((piece) => this.#piece(piece, page))}</p>
      <ul role="list" aria-label="Topics that rest on it">
        ${topics.map(
          (id) => html`<li><button type="button" class="chip"
            @click=${() => page.openTopic([id])}
            @mouseenter=${mark(id)} @mouseleave=${mark(undefined)} @focus=${mark(id)} @blur=${mark(undefined)}
          >${id}</button></li>`,
        )}
        ${pieces.some((piece) => piece.uncovered) ? html`<li class="warning">a part is told by no topic</li>` : nothing}
      </ul>
    </div>`;
  }

  #piece({ text, topics, uncovered }: ArticlePiece, page: Page): TemplateResult {
    if (topics.length === 0) return html`<span class=${uncovered ? 'piece uncovered' : nothing}>${text}</span>`;
    const marked = this.#marked !== undefined && topics.includes(this.#marked);
    const open = () => page.openTopic(topics);
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      open();
    };
    // A button does not break across lines.
    return html`<span
      class="piece told ${topics.length > 2 ? 'much' : ''} ${marked ? 'marked' : ''}"
      role="button" tabindex="0" title=${topics.join(', ')} @click=${open} @keydown=${press}>${text}</span>`;
  }
}
