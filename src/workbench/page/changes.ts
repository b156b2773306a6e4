import { html, nothing, type TemplateResult } from 'lit';
import type { ChangedReply } from '../../evaluation/changes.ts';
import { askButton, LANGUAGE_NAMES, type Page, percent, timeOf, topicLink } from './section.ts';

/** What members notice of the edits since the workbench was opened, and how often the bot is right. */
export function changes(page: Page): TemplateResult {
  const { since, reworded, count, replies, figures, wrong } = page.state.changes;
  return html`<section class="card">
    <h2>Changes</h2>
    <p class="quiet" role="status">
      Since ${timeOf(since)}, when the workbench was opened. ${replies.length} of ${count} test messages get another reply.
      ${page.state.isLearning ? 'Still learning and comparing …' : nothing}
    </p>
    ${reworded.length + replies.length === 0 ? html`<p class="all-well">Everybody gets the same reply as before.</p>` : nothing}
    ${reworded.length === 0 ? nothing : html`<h3>Reworded answers <span class="count">${reworded.length}</span></h3>`}
    ${reworded.map(
      ({ topic, language, before, after }) => html`<div class="reworded">
        <p>${topicLink(page, topic)} <span class="quiet">${LANGUAGE_NAMES[language]}</span></p>
        <p><strong>Before</strong> <del lang=${language}>${before ?? '–'}</del></p>
        <p><strong>After</strong> <ins lang=${language}>${after ?? '–'}</ins></p>
      </div>`,
    )}
    ${(['worse', 'better', 'other'] as const).map((verdict) => group(verdict, page))}
    <h2>Test messages</h2>
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
            ${list(
              wrong.map(({ text, expected, got }) => ({ text, expected, reply: outcome(got) })),
              page,
            )}</details>`
    }
  </section>`;
}

const HEADINGS: Readonly<Record<ChangedReply['verdict'], readonly [heading: string, hint: string]>> = {
  worse: [
    'No longer as expected',
    'If the new reply is the right one, change the expected topics in evaluation/tuning.jsonl.',
  ],
  better: ['As expected now', ''],
  other: ['Different, but neither better nor worse', ''],
};

function group(verdict: ChangedReply['verdict'], page: Page) {
  const own = page.state.changes.replies.filter((reply) => reply.verdict === verdict);
  if (own.length === 0) return nothing;
  const [heading, hint] = HEADINGS[verdict];
  const replies = own.map(({ text, expected, before, after }) => {
    return { text, expected, reply: html`${outcome(before)} <span class="taken">${outcome(after)}</span>` };
  });
  return html`<h3>${heading} <span class="count">${own.length}</span></h3>
    <p class="quiet">${hint}</p>
    ${list(replies, page, verdict)}`;
}

interface Listed {
  readonly text: string;
  readonly expected: readonly string[];
  readonly reply: unknown;
}

function list(messages: readonly Listed[], page: Page, verdict?: ChangedReply['verdict']): TemplateResult {
  return html`<ul class="changes" role="list">
    ${messages.map(
      ({ text, expected, reply }) => html`<li data-verdict=${verdict ?? nothing}>
        <p>${askButton(text, page)}</p>
        <p class="quiet">${reply}</p>
        <p class="quiet">expected: ${expected.length === 0 ? 'no answer' : expected.join(', ')}</p>
      </li>`,
    )}
  </ul>`;
}

const OUTCOMES: Readonly<Record<ChangedReply['before']['kind'], string>> = {
  answer: 'answered with',
  offer: 'offered',
  unknown: 'not known',
  acknowledge: 'taken for thanks or the like',
  silent: 'left alone',
};

const outcome = ({ kind, topics }: ChangedReply['before']) => `${OUTCOMES[kind]} ${topics.join(', ')}`.trim();
