import { html, nothing, type TemplateResult } from 'lit';
import type { ExplainedWord, Explanation, Gate } from '../../answering/explanation.ts';
import type { Asked, TopicName } from '../views.ts';
import { balance, bar } from './bars.ts';
import { gatesPicture } from './gates-picture.ts';

const SHOWN_TOPICS = 5;

/** Why a message gets the reply it gets. */
export function showWhy(
  { why }: Asked,
  heard: 'addressed' | 'overheard',
  topics: readonly TopicName[],
): TemplateResult {
  const title = (id: string) => topics.find((topic) => topic.id === id)?.title ?? id;
  return html`
    <h2>Why</h2>
    <p class="verdict">${verdict(why, heard, title)}</p>
    <h3>Gates</h3>
    ${gatesPicture(why, heard)}
    <div class="gates">${gateLists(why, heard)}</div>
    <h3>Topics</h3>
    ${showTopics(why, title)}
    <h3>Words</h3>
    ${showWords(why)}
  `;
}

/** What an overheard message lacks for the bot to speak up, in words. */
export function reasonsForSilence({ gates, interjection, reply }: Explanation): string[] {
  const reasons = [
    [reply.outcome === 'answer', 'it would have no clear answer'],
    [interjection.asks.passed, 'the message asks nothing'],
    [interjection.namesSubject.passed, 'it does not name the subject'],
    [interjection.veryConfident.passed || !gates.confident.passed, 'the bot is not sure enough to speak unasked'],
  ] as const;
  const told = reasons.flatMap(([passed, reason]) => (passed ? [] : [reason]));
  return told.length > 0 ? told : ['it is small talk'];
}

function verdict(why: Explanation, heard: 'addressed' | 'overheard', title: (id: string) => string) {
  const { reply, languageOfText, sentence } = why;
  const language = html`${
    languageOfText
      ? html`The text is ${NAMES[languageOfText]}.`
      : html`The text has no language of its own, so the reply is in ${NAMES[reply.language]}.`
  }${sentence === undefined ? nothing : html` It is taken by its question alone: “${sentence}”`}`;
  if (heard === 'overheard' && !reply.interject) {
    return html`<strong>Stays silent</strong>: ${reasonsForSilence(why).join('; ')}. ${language}`;
  }
  switch (reply.outcome) {
    case 'answer':
      return html`<strong>Answers</strong> with “${title(reply.topic)}”, ${percent(reply.confidence)} sure. ${language}`;
    case 'suggest':
      return html`<strong>Offers a choice</strong>, as it is not sure enough of one topic. ${language}`;
    case 'unknown':
      return html`<strong>Says that it does not know</strong>. ${language}`;
  }
}

const NAMES = { de: 'German', en: 'English' } as const;

function gateLists({ gates, interjection }: Explanation, heard: 'addressed' | 'overheard'): TemplateResult {
  return html`
    <div>
      <h4>To answer</h4>
      <ul class="checks">
        ${check('The words are known', gates.understood)}
        ${check('Confident', gates.confident)}
        ${check('Clear of the second topic', gates.clear)}
        ${check('Likelier than no topic', gates.likelierThanNone)}
      </ul>
    </div>
    <div class=${heard === 'overheard' ? nothing : 'faint'}>
      <h4>To speak unasked, besides</h4>
      <ul class="checks">
        ${check('Asks something', interjection.asks)}
        ${check('Names the subject', interjection.namesSubject)}
        ${check('Very confident', interjection.veryConfident)}
        ${check('All of these, and no small talk', interjection.all)}
      </ul>
    </div>
  `;
}

function check(name: string, { passed, value, needed }: Gate): TemplateResult {
  return html`<li class=${passed ? 'passed' : 'failed'}>
    <span class="unseen">${passed ? 'passed:' : 'not passed:'}</span>
    <span>${name}</span>
    ${
      value === undefined || needed === undefined
        ? nothing
        : html`<span class="number" title="so much, and so much is needed">${value.toFixed(2)} <small>/ ${needed.toFixed(2)}</small></span>`
    }
  </li>`;
}

function showTopics({ topics, elsewhere }: Explanation, title: (id: string) => string): TemplateResult {
  const rows = topics.slice(0, SHOWN_TOPICS).map(({ id, confidence }) => ({ id, name: title(id), share: confidence }));
  rows.push({ id: '', name: 'No topic', share: elsewhere });
  return html`<ul class="shares" role="list">
    ${rows.map(
      ({ id, name, share }) => html`<li class=${id === '' ? 'none' : nothing} title=${id}>
        <span class="name">${name}</span><span class="number">${percent(share)}</span>${bar(share)}
      </li>`,
    )}
  </ul>`;
}

function showWords({ words, gaveTo }: Explanation): TemplateResult {
  if (words.length === 0) return html`<p class="quiet">There is no word in this message.</p>`;
  const most = Math.max(...words.flatMap(({ gave }) => gave.map(Math.abs)), 0.1);
  return html`<div class="scroller" tabindex="0" role="region" aria-label="Words">
    <table class="words">
      <thead><tr><th>Typed</th><th>Taken for</th>${gaveTo.map((id) => html`<th>gave <code>${id}</code></th>`)}</tr></thead>
      <tbody>
        ${words.map(
          (word) => html`<tr>
            <th scope="row">${word.typed}</th>
            <td>${readings(word)}</td>
            ${word.gave.map((gave) => html`<td class="gave">${balance(gave, most)}<span class="number">${signed(gave)}</span></td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function readings({ readings: [main, ...others] }: ExplainedWord): TemplateResult {
  const reading = ({ kind, term }: typeof main) =>
    html`<span class="reading ${kind}"><span>${term.replace(/^=/, '')}</span> <small>${kind}</small></span>`;
  return html`${reading(main)} ${others.slice(0, 3).map(reading)}`;
}

const signed = (value: number) => (value >= 0 ? '+' : '−') + Math.abs(value).toFixed(1);
const percent = (share: number) => `${Math.round(100 * share)}\u00a0%`;
