import { html, svg, type TemplateResult } from 'lit';

/** A share from 0 to 1 as a bar. */
export function bar(share: number): TemplateResult {
  return html`<svg class="bar" aria-hidden="true"><rect class="track" width="100%" height="100%" rx="3"></rect>
    <rect class="fill" width="${100 * share}%" height="100%" rx="3"></rect></svg>`;
}

/** A number around 0 as a bar to the right or to the left, as long as `most` would be half of it. */
export function balance(value: number, most: number): TemplateResult {
  const half = (50 * Math.min(Math.abs(value), most)) / most;
  const from = value >= 0 ? 50 : 50 - half;
  return html`<svg class="balance" aria-hidden="true">
    ${svg`<rect class=${value >= 0 ? 'for' : 'against'} x="${from}%" width="${half}%" height="100%"></rect>
    <line x1="50%" x2="50%" y1="0" y2="100%"></line>`}</svg>`;
}
