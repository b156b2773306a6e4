import { html, type TemplateResult } from 'lit';
import { type Block, type Inline, parseMarkdown } from './discord-markdown.ts';

/** A message's text as Discord shows it. Whatever stands in it stays text. */
export function showMarkdown(message: string): TemplateResult {
  return html`<div class="markdown">${parseMarkdown(message).map(showBlock)}</div>`;
}

function showBlock(block: Block): TemplateResult {
  switch (block.kind) {
    case 'line':
      return html`<div class="line">${block.content.map(showInline)}</div>`;
    case 'subtext':
      return html`<discord-subscript>${block.content.map(showInline)}</discord-subscript>`;
    case 'heading':
      return html`<div class="heading-${block.level}">${block.content.map(showInline)}</div>`;
    case 'quote':
      return html`<discord-quote><div>${block.blocks.map(showBlock)}</div></discord-quote>`;
    case 'list': {
      const items = block.items.map((item) => html`<li>${item.map(showInline)}</li>`);
      return block.ordered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    case 'code':
      return html`<pre><code>${block.text}</code></pre>`;
  }
}

function showInline(run: Inline): TemplateResult | string {
  switch (run.kind) {
    case 'text':
      return run.text;
    case 'code':
      return html`<code>${run.text}</code>`;
    case 'mention':
      return html`<span class="mention">${run.text}</span>`;
    case 'bold':
      return html`<strong>${run.content.map(showInline)}</strong>`;
    case 'italic':
      return html`<em>${run.content.map(showInline)}</em>`;
    case 'underlined':
      return html`<u>${run.content.map(showInline)}</u>`;
    case 'struck':
      return html`<s>${run.content.map(showInline)}</s>`;
    case 'spoiler':
      return html`<span class="spoiler" tabindex="0">${run.content.map(showInline)}</span>`;
  }
}
