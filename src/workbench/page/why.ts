import { html, nothing, type TemplateResult } from 'lit';
import type { Decision } from '../../engine/decide.ts';
import type { Gate } from '../../engine/gates.ts';
import type { Asked } from '../conversation.ts';
import type { State } from '../workbench.ts';
import { LANGUAGE_NAMES, percent, titleOf } from './section.ts';

const MAX_TOPICS = 5;
const MAX_TERMS = 4;

/** Why a message gets the reply it gets. */
export function showWhy({ decision, otherwise, why }: Asked, wasOverheard: boolean, state: State): TemplateResult {
  const titles = why.topics.slice(0, MAX_TOPICS).map(({ id, share }) => [titleOf(state, id), share] as const);
  const { channel, someone, nobody } = why.audience;
  return html`
    <h2>Why</h2>
    <p>${verdict(decision, state)} ${
      why.languageOfText
        ? `The text is ${LANGUAGE_NAMES[why.languageOfText]}.`
        : `The text could be in either language, so the reply is in ${LANGUAGE_NAMES[decision.language]}.`
    }</p>
    ${checks(decision.reasons)}
    <details>
      <summary>${wasOverheard ? 'Had it been said to the bot' : 'Had the bot overheard it in a channel'}</summary>
      <p>${verdict(otherwise, state)}</p>
      ${checks(otherwise.reasons)}
    </details>
    <h3>What is it about?</h3>
    ${shares([...titles, ['Something else', why.outOfScope], ['Nothing is asked: thanks, ok', why.reaction]])}
    <h3>Who is it for?</h3>
    ${shares([
      ['The whole channel', channel],
      ['Somebody in particular', someone],
      ['Nobody', nobody],
    ])}
    <h3>Words</h3>
    ${words(why, state)}
  `;
}

/** What comes of a decision, in a sentence. */
export function verdict(decision: Decision, state: State): TemplateResult {
  switch (decision.kind) {
    case 'answer': {
      const titles = decision.topics.map((id) => `“${titleOf(state, id)}”`).join(' and ');
      return html`<strong>Answers</strong> ${titles}, ${percent(decision.confidence)} sure.`;
    }
    case 'offer':
      return html`<strong>Offers topics</strong>: not sure enough of one topic.`;
    case 'unknown':
      return html`<strong>Says that it doesn’t know</strong>.`;
    case 'acknowledge':
      return html`<strong>Says nothing</strong>: nothing is asked. Where it may, the bot adds a reaction.`;
    case 'silent':
      return html`<strong>Stays silent</strong>: not met: “${decision.reasons.find(({ passed }) => !passed)?.name}”.`;
  }
}

/** Each condition, and how far it was met. */
function checks(reasons: readonly Gate[]): TemplateResult {
  return html`<ul class="checks" role="list">
    ${reasons.map(
      ({ name, passed, value, limit }) => html`<li class=${passed ? 'passed' : 'failed'}>
        <span class="unseen">${passed ? 'met:' : 'not met:'}</span><span>${name}</span>
        ${value === undefined || limit === undefined ? nothing : html`<span class="number">${percent(value)} <small>of ${percent(limit)} needed</small></span>${bar(value)}`}
      </li>`,
    )}
  </ul>`;
}

function shares(rows: readonly (readonly [name: string, share: number])[]): TemplateResult {
  return html`<ul class="shares" role="list">
    ${rows.map(([name, share]) => html`<li><span>${name}</span><span class="number">${percent(share)}</span>${bar(share)}</li>`)}
  </ul>`;
}

/** Hidden from screen readers, which read the number beside it. */
const bar = (share: number) => html`<progress max="1" value=${share} aria-hidden="true"></progress>`;

function words({ words, compared }: Asked['why'], state: State): TemplateResult {
  if (words.length === 0) return html`<p class="quiet">This message contains no words.</p>`;
  return html`<div class="scroller" tabindex="0" role="region" aria-label="Words">
    <table class="words">
      <thead><tr><th scope="col">Typed</th><th scope="col">Understood as</th>${compared.map((id) => html`<th scope="col">Weight for “${titleOf(state, id)}”</th>`)}</tr></thead>
      <tbody>
        ${words.map(({ typed, terms, spokeFor }) => {
          const shown = terms.filter(({ term }) => term !== '?').slice(0, MAX_TERMS);
          return html`<tr>
            <th scope="row">${typed}</th>
            <td>${shown.map(({ term, kind }) => html`<span class="term ${kind}">${term.replace(/^=/, '')} <small>${kind}</small></span> `)}</td>
            ${spokeFor.map((weight) => html`<td class="number ${weight < 0 ? 'against' : 'for'}">${weight < 0 ? '' : '+'}${weight.toFixed(1)}</td>`)}
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
}
