import { html, nothing, type TemplateResult } from 'lit';
import type { ChangedReply } from '../../evaluation/judge.ts';
import type { State } from '../workbench.ts';
import { send } from './conversation.ts';
import { LANGUAGE_NAMES, percent, timeOf, topicLink } from './section.ts';

/** What members notice of the edits since the workbench was opened, and how often the bot is right. */
export function changes(state: State): TemplateResult {
  const { since, reworded, count, replies, figures } = state.changes;
  const { isLearning } = state;
  return html`<section class="card">
    <h2>Changes</h2>
    <p class="quiet" role="status">
      Since ${timeOf(since)}, when the workbench was opened.
      ${isLearning ? 'Still learning and comparing …' : `${replies.length} of ${count} test messages get another reply.`}
    </p>
    ${reworded.length + replies.length === 0 && !isLearning ? html`<p class="all-well">Everybody gets the same reply as before.</p>` : nothing}
    ${reworded.length === 0 ? nothing : html`<h3>Changed answers <span class="count">${reworded.length}</span></h3>`}
    ${reworded.map(
      ({ topic, language, before, after }) => html`<div class="reworded">
        <p>${topicLink(state, topic)} <span class="quiet">${LANGUAGE_NAMES[language]}</span></p>
        <p><strong>Before</strong> <del lang=${language}>${before ?? '–'}</del></p>
        <p><strong>After</strong> <ins lang=${language}>${after ?? '–'}</ins></p>
      </div>`,
    )}
    ${Array.from(
      Map.groupBy(replies, ({ verdict }) => verdict),
      ([verdict, own]) => html`<h3>${HEADINGS[verdict]} <span class="count">${own.length}</span></h3>
        ${verdict === 'worse' ? html`<p class="quiet">If the new reply is the right one, change the expected topics in evaluation/tuning.jsonl.</p>` : nothing}
        <ul class="changes" role="list">${own.map(
          ({ before, after, ...tested }) => html`<li data-verdict=${verdict}>
            ${message(tested, html`${outcome(before)} <span class="taken">${outcome(after)}</span>`)}</li>`,
        )}</ul>`,
    )}
    ${isLearning && figures.length === 0 ? nothing : testMessages(state)}
  </section>`;
}

/** How often the bot is right, and where it is wrong. */
function testMessages({ changes: { figures, wrong } }: State): TemplateResult {
  return html`<h2>Test messages</h2>
    <p class="quiet">${
      figures.length === 0
        ? html`This knowledge has no <code>evaluation/tuning.jsonl</code>.`
        : html`What <code>npm run eval</code> measures. Only wrong replies to <code>tuning.jsonl</code> are listed, so that nobody
          writes phrasings for the messages of <code>reported.jsonl</code>.`
    }</p>
    ${figures.map(
      ({ set, figures }) => html`<details><summary>Figures for ${set}.jsonl</summary>
        <table class="figures"><thead><tr><th scope="col">What</th><th scope="col">Share</th><th scope="col">Count</th></tr></thead><tbody>
          ${figures.map(({ name, hits, of }) => html`<tr><th scope="row">${name}</th><td class="number">${percent(hits / of, 1)}</td><td class="number">${hits} of ${of}</td></tr>`)}
        </tbody></table></details>`,
    )}
    ${
      wrong.length === 0
        ? nothing
        : html`<details><summary>Wrong replies <span class="count">${wrong.length}</span></summary>
            <ul class="changes" role="list">${wrong.map(({ got, ...tested }) => html`<li>${message(tested, outcome(got))}</li>`)}</ul></details>`
    }`;
}

const HEADINGS: Readonly<Record<ChangedReply['verdict'], string>> = {
  worse: 'No longer as expected',
  better: 'As expected now',
  other: 'Different, but neither better nor worse',
};

type TestMessage = Pick<ChangedReply, 'text' | 'context' | 'expected'>;

/** A test message and the reply that it gets. A click asks it in the conversation, as it was asked here. */
function message({ text, context, expected }: TestMessage, reply: unknown): TemplateResult {
  const ask = () => {
    location.hash = 'conversation';
    void send({ text, ...context });
  };
  return html`<p><button type="button" class="text" title="Ask in the conversation" @click=${ask}>${text}</button></p>
    <p class="quiet">${reply}</p>
    <p class="quiet">expected: ${expected.join(', ') || 'no answer'}</p>`;
}

const OUTCOMES: Readonly<Record<ChangedReply['before']['kind'], string>> = {
  answer: 'answered with',
  offer: 'offered',
  unknown: 'not known',
  acknowledge: 'taken for thanks or the like',
  silent: 'left alone',
};

const outcome = ({ kind, topics }: ChangedReply['before']) => `${OUTCOMES[kind]} ${topics.join(', ')}`.trim();
