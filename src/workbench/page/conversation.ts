import '@skyra/discord-components-core/discord-action-row.js';
import { DiscordMessage } from '@skyra/discord-components-core/discord-message.js';
import '@skyra/discord-components-core/discord-messages.js';
import { css, html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Trigger } from '../../engine/decide.ts';
import type { Language } from '../../knowledge/knowledge.ts';
import type { Asked, AskRequest, BotMessage, Used } from '../conversation.ts';
import type { State } from '../workbench.ts';
import { request, timeOf, titleOf } from './section.ts';
import { showWhy, verdict } from './why.ts';

interface Question extends AskRequest {
  readonly at: string;
  readonly asked: Asked;
}

interface Answer {
  readonly at: string;
  readonly message: BotMessage;
  readonly isPrivate: boolean;
}

type Control = BotMessage['components'][number]['components'][number];

// Discord's own grey for the time is too pale to read.
DiscordMessage.elementStyles.push(css`time { color: var(--quiet) !important; }`);

const LIGHT = matchMedia('(prefers-color-scheme: light)');

let entries: readonly (Question | Answer)[] = [];
let explained: Question | undefined;
/** The answer that the next message replies to. */
let repliedTo: BotMessage | undefined;
let trigger: Trigger = 'addressed';
let language: Language = 'de';

/** A channel with the bot in it, and beside it why the bot says what it says. */
export function conversation(state: State): TemplateResult {
  // The components read the theme only when they are created.
  return html`<div class="columns">
    <section class="card channel" aria-label="Conversation">
      ${keyed(
        LIGHT.matches,
        html`<discord-messages ?light-theme=${LIGHT.matches} no-background tabindex="0" role="log" aria-label="Channel">
          ${entries.length === 0 ? html`<p class="silence">Write what a member might write.</p>` : nothing}
          ${repeat(
            entries,
            (entry) => entry,
            (entry) => ('text' in entry ? showQuestion(entry, state) : showAnswer(entry)),
          )}
        </discord-messages>`,
      )}
      ${composer(state)}
    </section>
    <section class="card why" aria-label="Why" aria-live="polite">
      ${
        explained
          ? showWhy(explained.asked, explained.trigger === 'overheard', state)
          : html`<h2>Why</h2>
            <p class="quiet">Here you will see how the bot understands each word of your message, and why it answers or not.</p>`
      }
    </section>
  </div>`;
}

function showQuestion(question: Question, state: State): TemplateResult {
  const { at, asked, text, trigger, previous } = question;
  const explain = () => {
    explained = question;
  };
  return html`<discord-message author="You" avatar="/member.svg" .timestamp=${at} ?light-theme=${LIGHT.matches}
      >${
        previous.length > 0 ? html`<div class="replying">↪ ${titles(previous, state)}</div>` : nothing
      }${trigger === 'addressed' && previous.length === 0 ? html`<span class="mention">@Bot</span> ` : nothing}${markdown(text)}
      <div slot="components" class="rows">
        <button type="button" class="link" aria-pressed=${question === explained} @click=${explain}>Why?</button>
      </div>
    </discord-message>
    ${asked.message ? nothing : html`<div class="silence" role="note">${verdict(asked.decision, state)}</div>`}`;
}

function showAnswer(entry: Answer): TemplateResult {
  const { at, message, isPrivate } = entry;
  const reply = () => {
    repliedTo = message;
    trigger = 'addressed';
    document.querySelector<HTMLInputElement>('#message')?.focus();
  };
  return html`<discord-message author="Bot" bot avatar="/bot.svg" .timestamp=${at} ?light-theme=${LIGHT.matches} ?ephemeral=${isPrivate}
      .dismissMessageClicked=${() => replace(entry)}
      >${markdown(message.content)}
      <div slot="components" class="rows">
        ${message.components.map((row) => html`<discord-action-row>${row.components.map((each) => showControl(each, entry))}</discord-action-row>`)}
        ${message.topics.length > 0 ? html`<button type="button" class="link" @click=${reply}>Reply</button>` : nothing}
      </div>
    </discord-message>`;
}

function showControl(control: Control, entry: Answer): TemplateResult | typeof nothing {
  if ('options' in control) {
    const { custom_id: id, options, placeholder = 'Choose' } = control;
    return html`<select class="menu" aria-label=${placeholder}
      @change=${({ currentTarget }: Event) => use(id, (currentTarget as HTMLSelectElement).value, entry)}>
      <option value="" selected disabled hidden>${placeholder}</option>
      ${options.map(({ label, value }) => html`<option value=${value}>${label}</option>`)}
    </select>`;
  }
  if (!('label' in control && 'custom_id' in control)) return nothing;
  return html`<button type="button" class="control"
    @click=${() => use(control.custom_id, undefined, entry)}>${control.label}</button>`;
}

function composer(state: State): TemplateResult {
  const continued = trigger === 'addressed' ? repliedTo : undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const field = document.querySelector<HTMLInputElement>('#message');
    if (!field?.value.trim()) return;
    const previous = continued?.topics ?? [];
    void send({ text: field.value, trigger, previous, language: continued?.language ?? language });
    field.value = '';
  };
  const startOver = () => {
    repliedTo = undefined;
  };
  const mode = (value: Trigger, name: string) => html`<label><input type="radio" name="trigger"
    .checked=${trigger === value} @change=${() => {
      trigger = value;
    }}><span>${name}</span></label>`;
  return html`<form class="composer" @submit=${submit}>
    ${
      continued
        ? html`<p class="choice">↪ Continues “${titles(continued.topics, state)}”
          <button type="button" class="link" @click=${startOver}>Start over</button></p>`
        : nothing
    }
    <div class="line">
      <input id="message" name="message" type="text" autocomplete="off" maxlength="4000" aria-label="Message"
        placeholder="Message">
      <button type="submit" class="primary">Send</button>
    </div>
    <div class="line">
      <fieldset class="segments"><legend class="unseen">How the message reaches the bot</legend>
        ${mode('addressed', 'Said to the bot')}${mode('overheard', 'Overheard')}
      </fieldset>
      <label class="choice">Member’s Discord language
        <select name="language" @change=${({ currentTarget }: Event) => {
          language = (currentTarget as HTMLSelectElement).value as Language;
        }}><option value="de" ?selected=${language === 'de'}>German</option
          ><option value="en" ?selected=${language === 'en'}>English</option></select>
      </label>
    </div>
  </form>`;
}

/** Says something in the channel. */
export async function send(message: AskRequest): Promise<void> {
  const asked = await request<Asked>('ask', message);
  if (!asked) return;
  explained = { ...message, at: now(), asked };
  add(explained);
  if (asked.message) add(answer(asked.message));
}

async function use(id: string, chosen: string | undefined, entry: Answer): Promise<void> {
  const used = await request<Used>('use', { id, chosen, isPrivate: entry.isPrivate, language });
  if (used?.kind === 'remove') replace(entry);
  else if (used?.kind === 'replace') replace(entry, answer(used.message, entry.isPrivate));
  else if (used) add(answer(used.message, used.kind === 'whisper'));
}

function add(entry: Question | Answer): void {
  entries = [...entries, entry];
  if ('message' in entry && entry.message.topics.length > 0) repliedTo = entry.message;
  // The components draw themselves a little later.
  requestAnimationFrame(() => {
    const channel = document.querySelector('discord-messages');
    channel?.scrollTo({ top: channel.scrollHeight });
  });
}

function replace(entry: Answer, by?: Answer): void {
  entries = entries.flatMap((each) => (each !== entry ? [each] : by ? [by] : []));
  if (repliedTo === entry.message) repliedTo = by?.message.topics.length ? by.message : undefined;
}

function answer(message: BotMessage, isPrivate = false): Answer {
  return { at: now(), message, isPrivate };
}

const now = () => `Today at ${timeOf(Date.now())}`;
const titles = (ids: readonly string[], state: State) => ids.map((id) => titleOf(state, id)).join(' · ');

/** A message as Discord shows it, with the Markdown that the bot uses; any other stays text. */
function markdown(text: string): TemplateResult {
  return html`<div class="markdown">${text.split('\n').map((line) => {
    const parts = line.replace(/^-# /, '').split(/\*\*(.+?)\*\*/);
    return html`<div class=${line.startsWith('-# ') ? 'subtext' : 'line'}>${parts.map((part, index) => (index % 2 === 0 ? part : html`<strong>${part}</strong>`))}</div>`;
  })}</div>`;
}
