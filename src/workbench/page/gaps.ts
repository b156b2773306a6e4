import { html, nothing, type TemplateResult } from 'lit';
import type { GapsView, State } from '../workbench.ts';
import { LANGUAGE_NAMES, placeLink, request, topicLink } from './section.ts';

let view: GapsView | undefined;

/** Loads the questions again: the state doesn't have them. */
export async function refreshGaps(): Promise<void> {
  view = (await request<GapsView>('gaps')) ?? view;
}

/** Unanswered questions and the lines that would answer them, and how members rated the answers. */
export function gaps(state: State): TemplateResult {
  return html`<section class="card">
    <h2>Unanswered questions</h2>
    ${view ? list(view, state) : html`<p class="quiet">Loading …</p>`}
  </section>`;
}

function list({ gaps, isRecording, feedback }: GapsView, state: State): TemplateResult {
  return html`
    <p class="quiet">
      Members’ questions that got no good answer, without anything personal; “…” stands for a word that the bot doesn’t know.
      ${isRecording ? nothing : html`None are being recorded: <code>RECORD_QUESTIONS</code> is off.`}
    </p>
    ${gaps.length === 0 ? html`<p class="all-well">No unanswered questions have been recorded.</p>` : nothing}
    <ul class="gaps" role="list">${gaps.map((each) => gap(each, state))}</ul>
    <h2>Votes</h2>
    ${feedback.length === 0 ? html`<p class="quiet">Nobody has voted on an answer yet.</p>` : ratings(feedback, state)}
  `;
}

function gap(gap: GapsView['gaps'][number], state: State): TemplateResult {
  const { text, wordings, language, count, firstDay, lastDay, additions, answeredBy } = gap;
  return html`<li>
    <span class="count" title="asked ${count} times">${count}×</span>
    <div>
      <p lang=${language}><strong>${text}</strong></p>
      ${wordings.length === 0 ? nothing : html`<p class="quiet" lang=${language}>also: ${wordings.join(' · ')}</p>`}
      <p class="quiet">
        ${LANGUAGE_NAMES[language]}, ${firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`}${
          answeredBy ? html` · <span class="good">answered now by ${topicLink(state, answeredBy)}</span>` : nothing
        }
      </p>
      ${additions.map(({ topic, file, after, lines }) => {
        const yaml = lines.join('\n');
        return html`<details><summary>If it belongs to ${topic}</summary>
          <p>Add after ${placeLink(state, file, after)}
            <button type="button" class="link" @click=${() => navigator.clipboard.writeText(`${yaml}\n`)}>Copy the lines</button></p>
          <pre class="yaml" tabindex="0">${yaml}</pre>
        </details>`;
      })}
    </div>
  </li>`;
}

function ratings(feedback: GapsView['feedback'], state: State): TemplateResult {
  return html`<table class="figures">
    <thead><tr><th scope="col">Answer</th><th scope="col">Language</th><th scope="col">👍</th><th scope="col">👎</th></tr></thead>
    <tbody>${feedback
      .toSorted((a, b) => b.unhelpful - a.unhelpful)
      .map(
        ({ topic, language, helpful, unhelpful }) => html`<tr><th scope="row">${topicLink(state, topic)}</th>
          <td>${LANGUAGE_NAMES[language]}</td><td class="number">${helpful}</td><td class="number">${unhelpful}</td></tr>`,
      )}</tbody>
  </table>`;
}
