import '@skyra/discord-components-core/discord-action-row.js';
import '@skyra/discord-components-core/discord-button.js';
import '@skyra/discord-components-core/discord-message.js';
import '@skyra/discord-components-core/discord-messages.js';
import '@skyra/discord-components-core/discord-quote.js';
import '@skyra/discord-components-core/discord-subscript.js';
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Language } from '../../knowledge/knowledge.ts';
import type { Asked, ShownControl, ShownMessage, Used } from '../views.ts';
import { post } from './request.ts';
import type { Page, Section } from './section.ts';
import { showMarkdown } from './show-markdown.ts';
import { reasonsForSilence, showWhy } from './why.ts';

type Heard = 'addressed' | 'overheard';

/** Something that stands in the channel. */
type Entry = { readonly at: string } & (
  | { readonly from: 'member'; readonly text: string; readonly heard: Heard; readonly asked: Asked }
  | { readonly from: 'bot'; readonly message: ShownMessage; readonly isPrivate: boolean }
);

const LIGHT = matchMedia('(prefers-color-scheme: light)');

/** A channel with the bot in it, and beside it why the bot says what it says. */
export class Conversation implements Section {
  readonly id = 'conversation';
  readonly name = 'Conversation';
  #entries: readonly Entry[] = [];
  #explained: Entry | undefined;
  #heard: Heard = 'addressed';
  #locale: Language = 'de';
  #failure = '';

  template(page: Page): TemplateResult {
    const { knowledge } = page.state;
    return html`
      <div class="columns">
        <section class="card channel" aria-label="Conversation">
          ${this.#channel(page)}
          ${this.#composer(page)}
        </section>
        <section class="card why" aria-label="Why" aria-live="polite">
          ${
            this.#explained?.from === 'member'
              ? showWhy(this.#explained.asked, this.#explained.heard, knowledge?.topics ?? [])
              : html`<h2>Why</h2>
                <p class="quiet">Each word, what it was taken for, the topics and the gates of your message will stand here.</p>`
          }
        </section>
      </div>
    `;
  }

  #channel(page: Page): TemplateResult {
    const light = LIGHT.matches;
    // The components take the theme over once: another theme needs new ones.
    return html`${keyed(
      light,
      html`<discord-messages ?light-theme=${light} no-background tabindex="0" role="log" aria-label="Channel">
        ${
          this.#entries.length === 0
            ? this.#openers(page)
            : repeat(
                this.#entries,
                (entry) => entry,
                (entry) => this.#entry(entry, light, page),
              )
        }
      </discord-messages>`,
    )}`;
  }

  #openers(page: Page): TemplateResult {
    const topics = page.state.knowledge?.topics ?? [];
    const openers = [0, 1 / 3, 2 / 3].flatMap((share) => topics[Math.floor(share * topics.length)] ?? []);
    return html`<div class="openers">
      <p>Write what a member might write, or begin with one of these:</p>
      ${openers.map(
        ({ title }) =>
          html`<button type="button" class="chip" @click=${() => this.#send(title, page)}>${title}</button>`,
      )}
    </div>`;
  }

  #entry(entry: Entry, light: boolean, page: Page): TemplateResult {
    if (entry.from === 'bot') {
      const { message, isPrivate } = entry;
      return html`<discord-message
        author="Bot" bot avatar="/bot.svg" .timestamp=${entry.at} ?light-theme=${light} ?ephemeral=${isPrivate}
        .dismissMessageClicked=${() => this.#replace(entry, [], page)}
        >${showMarkdown(message.content)}
        <div slot="components" class="rows">
          ${message.rows.map((row) => html`<discord-action-row>${row.map((each) => this.#control(each, entry, page))}</discord-action-row>`)}
        </div>
      </discord-message>`;
    }
    const { asked, heard, text } = entry;
    const isExplained = entry === this.#explained;
    return html`<discord-message author="You" avatar="/member.svg" .timestamp=${entry.at} ?light-theme=${light}
        >${heard === 'addressed' ? html`<span class="mention">@Bot</span> ` : nothing}${showMarkdown(text)}
        <div slot="components" class="rows">
          <button type="button" class="link" aria-pressed=${isExplained} @click=${() => this.#explain(entry, page)}>
            ${isExplained ? 'Explained beside' : 'Why this reply?'}
          </button>
        </div>
      </discord-message>
      ${asked.message === null ? silence(asked) : nothing}`;
  }

  #control(control: ShownControl, entry: Entry, page: Page): TemplateResult {
    if (control.kind === 'button') {
      return html`<discord-button
        type=${control.primary ? 'primary' : 'secondary'}
        title=${control.label}
        @click=${() => this.#use(control.id, undefined, entry, page)}
        ><span class="label">${control.label}</span></discord-button
      >`;
    }
    const choose = ({ currentTarget }: Event) => {
      if (currentTarget instanceof HTMLSelectElement) void this.#use(control.id, currentTarget.value, entry, page);
    };
    return html`<select class="menu" aria-label=${control.placeholder} @change=${choose}>
      <option value="" selected disabled hidden>${control.placeholder}</option>
      ${control.options.map(({ label, value }) => html`<option value=${value}>${label}</option>`)}
    </select>`;
  }

  #composer(page: Page): TemplateResult {
    const submit = (event: SubmitEvent) => {
      event.preventDefault();
      const field = event.target instanceof HTMLFormElement ? event.target.elements.namedItem('message') : undefined;
      if (!(field instanceof HTMLInputElement) || field.value.trim() === '') return;
      void this.#send(field.value, page);
      field.value = '';
    };
    const mode = (heard: Heard, name: string) => html`<label>
      <input type="radio" name="heard" .checked=${this.#heard === heard} @change=${() => {
        this.#heard = heard;
      }}><span>${name}</span>
    </label>`;
    return html`<form class="composer" @submit=${submit}>
      <div class="line">
        <input id="message" name="message" type="text" autocomplete="off" maxlength="4000" aria-label="Message"
          placeholder="Message" ?disabled=${!page.state.knowledge}>
        <button type="submit" class="primary" ?disabled=${!page.state.knowledge}>Send</button>
      </div>
      <div class="line options">
        <fieldset class="segments"><legend class="unseen">How the bot hears it</legend>
          ${mode('addressed', 'Said to the bot')}${mode('overheard', 'Overheard')}
        </fieldset>
        <label class="choice">Member’s Discord in
          <select name="locale" @change=${({ currentTarget }: Event) => {
            if (currentTarget instanceof HTMLSelectElement) this.#locale = currentTarget.value === 'en' ? 'en' : 'de';
          }}><option value="de">German</option><option value="en">English</option></select>
        </label>
      </div>
      ${this.#failure ? html`<p class="failure" role="alert">${this.#failure}</p>` : nothing}
    </form>`;
  }

  async #send(text: string, page: Page): Promise<void> {
    const heard = this.#heard;
    await this.#try(page, async () => {
      const asked = await post<Asked>('ask', { text, heard, locale: this.#locale });
      const question: Entry = { at: now(), from: 'member', text, heard, asked };
      this.#explained = question;
      this.#entries = [...this.#entries, question, ...(asked.message ? [said(asked.message)] : [])];
    });
    scrollToLast();
  }

  async #use(id: string, chosen: string | undefined, entry: Entry, page: Page): Promise<void> {
    const isPrivate = entry.from === 'bot' && entry.isPrivate;
    await this.#try(page, async () => {
      const used = await post<Used>('use', { id, chosen, isPrivate, locale: this.#locale });
      switch (used.kind) {
        case 'replace':
          return this.#replace(entry, [said(used.message, isPrivate)], page);
        case 'remove':
          return this.#replace(entry, [], page);
        case 'whisper':
        case 'post':
          this.#entries = [...this.#entries, said(used.message, used.kind === 'whisper')];
          return scrollToLast();
      }
    });
  }

  async #try(page: Page, action: () => Promise<void>): Promise<void> {
    try {
      this.#failure = '';
      await action();
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    }
    page.redraw();
  }

  #explain(entry: Entry, page: Page): void {
    this.#explained = entry;
    page.redraw();
  }

  #replace(entry: Entry, by: readonly Entry[], page: Page): void {
    this.#entries = this.#entries.flatMap((each) => (each === entry ? by : [each]));
    page.redraw();
  }
}

function said(message: ShownMessage, isPrivate = false): Entry {
  return { at: now(), from: 'bot', message, isPrivate };
}

function silence({ why }: Asked): TemplateResult {
  return html`<div class="silence" role="note">The bot stays silent: ${reasonsForSilence(why).join('; ')}.</div>`;
}

function now(): string {
  return `Today at ${new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
}

function scrollToLast(): void {
  requestAnimationFrame(() => {
    const channel = document.querySelector('discord-messages');
    channel?.scrollTo({ top: channel.scrollHeight });
  });
}
