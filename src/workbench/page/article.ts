import { html, nothing, type TemplateResult } from 'lit';
import type { ArticlePiece, ArticleView } from '../article.ts';
import { type Page, request, type Section, titleOf, topicLink } from './section.ts';

/** The article, and which topics cover which part of it. */
export class Article implements Section {
  readonly id = 'article';
  readonly name = 'Article';
  #article: ArticleView = [];

  async refresh(page: Page): Promise<void> {
    if (!page.state.knowledge) return;
    this.#article = await request<ArticleView>('article');
    void page.redraw();
  }

  template(page: Page): TemplateResult {
    const sentences = this.#article.flat();
    const uncovered = sentences.filter((pieces) => pieces.some(({ isUncovered }) => isUncovered)).length;
    return html`
      <section class="card">
        <h2>Article</h2>
        <p class="quiet">
          Click a passage to see the topics that rest on it.
          ${
            uncovered === 0
              ? 'All of the article is covered.'
              : html`<strong class="warning">${uncovered} of ${sentences.length} sentences say something that no topic covers.</strong>`
          }
        </p>
        <p class="legend">
          <span class="piece told">covered by one or two topics</span>
          <span class="piece told much">by three or more</span>
          <span class="piece uncovered">by none</span>
        </p>
        ${sentences.map((pieces) => sentence(pieces, page))}
      </section>
    `;
  }
}

function sentence(pieces: readonly ArticlePiece[], page: Page): TemplateResult {
  const topics = [...new Set(pieces.flatMap((piece) => piece.topics))];
  return html`<div class="sentence">
    <p lang="de">${pieces.map((each) => piece(each, page))}</p>
    <ul role="list" aria-label="Topics that rest on it">
      ${topics.map((id) => html`<li>${topicLink(page, id)}</li>`)}
      ${pieces.some(({ isUncovered }) => isUncovered) ? html`<li class="warning">not covered entirely</li>` : nothing}
    </ul>
  </div>`;
}

function piece({ text, topics, isUncovered }: ArticlePiece, page: Page): TemplateResult {
  if (topics.length === 0) return html`<span class=${isUncovered ? 'piece uncovered' : nothing}>${text}</span>`;
  const names = topics.map((id) => titleOf(page, id)).join(' · ');
  // For the mouse; the names of the topics beside it work with the keyboard, too.
  return html`<span class="piece told ${topics.length > 2 ? 'much' : ''}" title=${names} @click=${() => page.openTopics(topics)}>${text}</span>`;
}
