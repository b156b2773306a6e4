import '@skyra/discord-components-core/discord-action-row.js';
import { DiscordMessage } from '@skyra/discord-components-core/discord-message.js';
import '@skyra/discord-components-core/discord-messages.js';
import { css, html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Trigger } from '../../engine/decide.ts';
import type { Language } from '../../knowledge/knowledge.ts';
import type { Asked, BotMessage, Used } from '../conversation.ts';
import { type Node, parseMarkdown } from './discord-markdown.ts';
import { messageOf, type Page, request, type Section, timeOf, titleOf } from './section.ts';
import { showWhy, verdict } from './why.ts';

interface Question {
  readonly at: string;
  readonly text: string;
  readonly trigger: Trigger;
  /** Ids of the topics of the answer that it replies to. */
  readonly previous: readonly string[];
  readonly asked: Asked;
}

interface Answer {
  readonly at: string;
  readonly message: BotMessage;
  readonly isPrivate: boolean;
}

// Discord's own grey for the time is too pale to read.
DiscordMessage.elementStyles.push(css`time { color: var(--quiet) !important; }`);

type Control = BotMessage['components'][number]['components'][number];

const LIGHT = matchMedia('(prefers-color-scheme: light)');

/** A channel with the bot in it, and beside it why the bot says what it says. */
export class Conversation implements Section {
  readonly id = 'conversation';
  readonly name = 'Conversation';
  #entries: readonly (Question | Answer)[] = [];
  #explained: Question | undefined;
  /** The answer that the next message replies to. */
  #repliedTo: BotMessage | undefined;
  #trigger: Trigger = 'addressed';
  #language: Language = 'de';
  #failure = '';

  template(page: Page): TemplateResult {
    const explained = this.#explained;
    return html`
      <div class="columns">
        <section class="card channel" aria-label="Conversation">${this.#channel(page)}${this.#composer(page)}</section>
        <section class="card why" aria-label="Why" aria-live="polite">
          ${
            explained
              ? showWhy(explained.asked, explained.trigger === 'overheard', page)
              : html`<h2>Why</h2>
                <p class="quiet">Here you will see how the bot understands each word of your message, and why it answers or not.</p>`
          }
        </section>
      </div>
    `;
  }

  #channel(page: Page): TemplateResult {
    // The components only take the theme over when they are made.
    return html`${keyed(
      LIGHT.matches,
      html`<discord-messages ?light-theme=${LIGHT.matches} no-background tabindex="0" role="log" aria-label="Channel">
        ${this.#entries.length === 0 ? this.#openers(page) : nothing}
        ${repeat(
          this.#entries,
          (entry) => entry,
          (entry) => ('text' in entry ? this.#question(entry, page) : this.#answer(entry, page)),
        )}
      </discord-messages>`,
    )}`;
  }

  #openers(page: Page): TemplateResult {
    const topics = page.state.knowledge?.topics ?? [];
    const openers = [0, 1 / 3, 2 / 3].flatMap((share) => topics[Math.floor(share * topics.length)] ?? []);
    return html`<div class="openers">
      <p>Write what a member might write, or begin with one of these:</p>
      ${openers.map(({ title }) => html`<button type="button" class="chip" @click=${() => this.send(title, page)}>${title}</button>`)}
    </div>`;
  }

  #question(question: Question, page: Page): TemplateResult {
    const { at, asked, text, trigger, previous } = question;
    const explain = () => {
      this.#explained = question;
      void page.redraw();
    };
    return html`<discord-message author="You" avatar="/member.svg" .timestamp=${at} ?light-theme=${LIGHT.matches}
        >${
          previous.length > 0 ? html`<div class="replying">↪ ${titles(previous, page)}</div>` : nothing
        }${trigger === 'addressed' && previous.length === 0 ? html`<span class="mention">@Bot</span> ` : nothing}${markdown(text)}
        <div slot="components" class="rows">
          <button type="button" class="link" aria-pressed=${question === this.#explained} @click=${explain}>Why?</button>
        </div>
      </discord-message>
      ${asked.message ? nothing : html`<div class="silence" role="note">${verdict(asked.decision, page)}</div>`}`;
  }

  #answer(entry: Answer, page: Page): TemplateResult {
    const { at, message, isPrivate } = entry;
    const reply = () => {
      this.#repliedTo = message;
      this.#trigger = 'addressed';
      void page.redraw();
      document.querySelector<HTMLInputElement>('#message')?.focus();
    };
    return html`<discord-message author="Bot" bot avatar="/bot.svg" .timestamp=${at} ?light-theme=${LIGHT.matches} ?ephemeral=${isPrivate}
        .dismissMessageClicked=${() => this.#replace(entry, [], page)}
        >${markdown(message.content)}
        <div slot="components" class="rows">
          ${message.components.map((row) => html`<discord-action-row>${row.components.map((each) => this.#control(each, entry, page))}</discord-action-row>`)}
          ${message.topics.length > 0 ? html`<button type="button" class="link" @click=${reply}>Reply</button>` : nothing}
        </div>
      </discord-message>`;
  }

  #control(control: Control, entry: Answer, page: Page): TemplateResult | typeof nothing {
    if ('options' in control) {
      const { custom_id: id, options, placeholder = 'Choose' } = control;
      const choose = ({ currentTarget }: Event) => {
        if (currentTarget instanceof HTMLSelectElement) void this.#use(id, currentTarget.value, entry, page);
      };
      return html`<select class="menu" aria-label=${placeholder} @change=${choose}>
        <option value="" selected disabled hidden>${placeholder}</option>
        ${options.map(({ label, value }) => html`<option value=${value}>${label}</option>`)}
      </select>`;
    }
    if (!('label' in control && 'custom_id' in control)) return nothing;
    return html`<button type="button" class="control ${control.style === 1 ? 'primary' : ''}"
      @click=${() => this.#use(control.custom_id, undefined, entry, page)}>${control.label}</button>`;
  }

  #composer(page: Page): TemplateResult {
    const isReady = page.state.knowledge !== null;
    const submit = (event: SubmitEvent) => {
      event.preventDefault();
      const field = event.target instanceof HTMLFormElement ? event.target.elements.namedItem('message') : undefined;
      if (!(field instanceof HTMLInputElement) || field.value.trim() === '') return;
      void this.send(field.value, page);
      field.value = '';
    };
    const change = (action: () => void) => () => {
      action();
      void page.redraw();
    };
    const mode = (trigger: Trigger, name: string) => html`<label><input type="radio" name="trigger"
      .checked=${this.#trigger === trigger} @change=${change(() => {
        this.#trigger = trigger;
      })}><span>${name}</span></label>`;
    return html`<form class="composer" @submit=${submit}>
      ${
        this.#repliedTo && this.#trigger === 'addressed'
          ? html`<p class="choice">↪ Continues “${titles(this.#repliedTo.topics, page)}”
            <button type="button" class="link" @click=${change(() => (this.#repliedTo = undefined))}>Start over</button></p>`
          : nothing
      }
      <div class="line">
        <input id="message" name="message" type="text" autocomplete="off" maxlength="4000" aria-label="Message"
          placeholder=${isReady ? 'Message' : 'The bot isn’t ready yet'} ?disabled=${!isReady}>
        <button type="submit" class="primary" ?disabled=${!isReady}>Send</button>
      </div>
      <div class="line">
        <fieldset class="segments"><legend class="unseen">How the message reaches the bot</legend>
          ${mode('addressed', 'Said to the bot')}${mode('overheard', 'Overheard')}
        </fieldset>
        <label class="choice">Member’s Discord in
          <select name="language" @change=${({ currentTarget }: Event) => {
            if (currentTarget instanceof HTMLSelectElement) this.#language = currentTarget.value === 'en' ? 'en' : 'de';
          }}><option value="de">German</option><option value="en">English</option></select>
        </label>
      </div>
      ${this.#failure ? html`<p class="failure" role="alert">${this.#failure}</p>` : nothing}
    </form>`;
  }

  /** Says something in the channel, in reply to the latest answer or to the one that was chosen. */
  async send(text: string, page: Page): Promise<void> {
    const trigger = this.#trigger;
    const continued = trigger === 'addressed' ? this.#repliedTo : undefined;
    const { topics: previous = [], language = this.#language } = continued ?? {};
    await this.#try(page, async () => {
      const asked = await request<Asked>('ask', { text, trigger, previous, language });
      const question: Question = { at: now(), text, trigger, previous, asked };
      this.#explained = question;
      this.#add(question, ...(asked.message ? [answer(asked.message)] : []));
    });
  }

  async #use(id: string, chosen: string | undefined, entry: Answer, page: Page): Promise<void> {
    const { isPrivate } = entry;
    await this.#try(page, async () => {
      const used = await request<Used>('use', { id, chosen, isPrivate, language: this.#language });
      if (used.kind === 'remove') this.#replace(entry, [], page);
      else if (used.kind === 'replace') this.#replace(entry, [answer(used.message, isPrivate)], page);
      else this.#add(answer(used.message, used.kind === 'whisper'));
    });
  }

  async #try(page: Page, action: () => Promise<void>): Promise<void> {
    try {
      this.#failure = '';
      await action();
    } catch (error) {
      this.#failure = messageOf(error);
    }
    await page.redraw();
  }

  #add(...entries: readonly (Question | Answer)[]): void {
    this.#entries = [...this.#entries, ...entries];
    for (const entry of entries)
      if ('message' in entry && entry.message.topics.length > 0) this.#repliedTo = entry.message;
    // The components draw themselves a little later.
    requestAnimationFrame(() => {
      const channel = document.querySelector('discord-messages');
      channel?.scrollTo({ top: channel.scrollHeight });
    });
  }

  #replace(entry: Answer, by: readonly Answer[], page: Page): void {
    this.#entries = this.#entries.flatMap((each): readonly (Question | Answer)[] => (each === entry ? by : [each]));
    const [message] = by.map((each) => each.message);
    if (this.#repliedTo === entry.message) this.#repliedTo = message?.topics.length ? message : undefined;
    void page.redraw();
  }
}

function answer(message: BotMessage, isPrivate = false): Answer {
  return { at: now(), message, isPrivate };
}

const now = () => `Today at ${timeOf(Date.now())}`;
const titles = (ids: readonly string[], page: Page) => ids.map((id) => titleOf(page, id)).join(' · ');

/** A message as Discord shows it. Markup in it stays text. */
function markdown(text: string) {
  const show = (node: Node): globalThis.Node | string => {
    if (typeof node === 'string') return node;
    const element = document.createElement(node.tag);
    if (node.className) element.className = node.className;
    element.append(...node.children.map(show));
    return element;
  };
  return html`<div class="markdown">${guard([text], () => parseMarkdown(text).map(show))}</div>`;
}
