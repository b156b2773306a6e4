import { html, nothing, type TemplateResult } from 'lit';
import type { ConfusionCell, ConfusionsView, Confusions as Found, TopicName } from '../views.ts';
import { get } from './request.ts';
import type { Page, Section } from './section.ts';

type Source = keyof ConfusionsView;

const SOURCES: Readonly<Record<Source, { readonly name: string; readonly of: string }>> = {
  check: { name: 'Phrasings, each left out in turn', of: 'phrasings' },
  evaluation: { name: 'Evaluation set', of: 'messages' },
};

const MAX_PAIRS = 8;

/** Which topics are taken for which. */
export class Confusions implements Section {
  readonly id = 'confusions';
  readonly name = 'Confusions';
  #found: ConfusionsView = { check: null, evaluation: null };
  #source: Source = 'check';
  #chosen: Pick<ConfusionCell, 'expected' | 'got'> | undefined;

  async refresh(page: Page): Promise<void> {
    this.#found = await get<ConfusionsView>('confusions');
    page.redraw();
  }

  template(page: Page): TemplateResult {
    const found = this.#found[this.#source];
    return html`
      <section class="card">
        <h2>Confusions</h2>
        <fieldset class="segments"><legend class="unseen">Judged by</legend>
          ${(['check', 'evaluation'] as const).map(
            (source) =>
              html`<label><input type="radio" name="source" .checked=${this.#source === source} @change=${() => {
                this.#source = source;
                this.#chosen = undefined;
                page.redraw();
              }}><span>${SOURCES[source].name}</span></label>`,
          )}
        </fieldset>
        ${found ? this.#picture(found, page) : this.#nothingYet(page)}
      </section>
    `;
  }

  #nothingYet({ state }: Page): TemplateResult {
    if (this.#source === 'evaluation')
      return html`<p class="quiet">The evaluation set has no messages for these topics.</p>`;
    return html`<p class="quiet" role="status">${
      state.crossValidation === 'running'
        ? 'Learning the topics anew, several times; that takes some seconds …'
        : 'This follows once the errors are mended.'
    }</p>`;
  }

  #picture(found: Found, page: Page): TemplateResult {
    const topics = page.state.knowledge?.topics ?? [];
    const { judged, right, cells } = found;
    const chosen = cells.find(({ expected, got }) => expected === this.#chosen?.expected && got === this.#chosen.got);
    const choose = (cell: ConfusionCell) => {
      this.#chosen = cell;
      page.redraw();
      requestAnimationFrame(() => document.querySelector('#confused')?.scrollIntoView({ block: 'nearest' }));
    };
    return html`
      <p class="quiet confusions-legend">
        ${right} of ${judged} ${SOURCES[this.#source].of} lead to the right topic. Each row is what was meant, each column what it was taken for.
      </p>
      <div class="confusions">
        <div class="scroller">${matrix(topics, cells, chosen, choose)}</div>
        <div id="confused" aria-live="polite">${chosen ? confused(chosen, topics) : mostFrequent(cells, topics, choose)}</div>
      </div>
    `;
  }
}

const NO_TOPIC = 'no topic';

/** A table whose filled cells are one stop for the tab key; the arrow keys lead from one to the next. */
function matrix(
  topics: readonly TopicName[],
  cells: readonly ConfusionCell[],
  chosen: ConfusionCell | undefined,
  choose: (cell: ConfusionCell) => void,
): TemplateResult {
  const ids = [...topics.map(({ id }) => id), null];
  const cellAt = (expected: string | null, got: string | null) =>
    cells.find((cell) => cell.expected === expected && cell.got === got);
  const entry = chosen ?? cells[0];
  const most = Math.max(1, ...cells.filter(isBetweenTopics).map(({ texts }) => texts.length));
  return html`<table class="matrix" @keydown=${moveByArrows}>
    <caption class="unseen">What was meant, by row, and what it was taken for, by column. Arrow keys lead from cell to cell.</caption>
    <thead><tr><td></td>${ids.map((id) => html`<th scope="col"><span class="head">${id ?? NO_TOPIC}</span></th>`)}</tr></thead>
    <tbody>
      ${ids.map(
        (expected, row) => html`<tr>
          <th scope="row">${expected ?? NO_TOPIC}</th>
          ${ids.map((got, column) => {
            const cell = cellAt(expected, got);
            if (!cell) return html`<td class=${expected === got ? 'same' : nothing}></td>`;
            const count = cell.texts.length;
            return html`<td class=${isBetweenTopics(cell) ? nothing : 'none'}><button type="button" data-level=${Math.ceil((5 * Math.min(count, most)) / most)} data-row=${row} data-column=${column}
              tabindex=${cell === entry ? 0 : -1} aria-pressed=${cell === chosen} @click=${() => choose(cell)}
              aria-label="${expected ?? NO_TOPIC} taken for ${got ?? NO_TOPIC}: ${count}"
              title="${expected ?? NO_TOPIC} → ${got ?? NO_TOPIC}">${count}</button></td>`;
          })}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Whatever is taken for no topic at all is offered or refused, not answered wrong. */
function isBetweenTopics({ expected, got }: ConfusionCell): boolean {
  return expected !== null && got !== null;
}

const DIRECTIONS: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** To the nearest filled cell that way; what lies to the side counts as farther. */
function moveByArrows(event: KeyboardEvent): void {
  const direction = DIRECTIONS[event.key];
  const { target, currentTarget } = event;
  if (!direction || !(target instanceof HTMLButtonElement) || !(currentTarget instanceof HTMLElement)) return;
  event.preventDefault();
  const at = placeOf(target);
  const distanceTo = (button: HTMLButtonElement) => {
    const [rows, columns] = [placeOf(button)[0] - at[0], placeOf(button)[1] - at[1]];
    const [row, column] = direction;
    const ahead = rows * row + columns * column;
    const aside = Math.abs(rows * column) + Math.abs(columns * row);
    return ahead > 0 ? ahead + 3 * aside : Number.POSITIVE_INFINITY;
  };
  const [nearest] = [...currentTarget.querySelectorAll('button')]
    .filter((button) => distanceTo(button) < Number.POSITIVE_INFINITY)
    .sort((a, b) => distanceTo(a) - distanceTo(b));
  nearest?.focus();
}

function placeOf({ dataset }: HTMLElement): readonly [row: number, column: number] {
  return [Number(dataset['row']), Number(dataset['column'])];
}

function mostFrequent(
  cells: readonly ConfusionCell[],
  topics: readonly TopicName[],
  choose: (cell: ConfusionCell) => void,
): TemplateResult {
  if (cells.length === 0) return html`<p class="all-well">Nothing is taken for anything else.</p>`;
  return html`<h3>Most frequent</h3>
    <ul class="pairs" role="list">
      ${cells
        .filter(isBetweenTopics)
        .slice(0, MAX_PAIRS)
        .map(
          (cell) => html`<li><button type="button" class="row" @click=${() => choose(cell)}>
          <span class="count">${cell.texts.length}</span><span>${titleOf(cell.expected, topics)}</span><span class="taken">${titleOf(cell.got, topics)}</span>
        </button></li>`,
        )}
    </ul>`;
}

function confused({ expected, got, texts }: ConfusionCell, topics: readonly TopicName[]): TemplateResult {
  return html`<h3>${titleOf(expected, topics)}</h3>
    <p class="quiet">taken for <strong>${titleOf(got, topics)}</strong></p>
    <ul class="confused" role="list">
      ${texts.map(
        ({ text, confidence, words, place }) => html`<li>
          <p>${text}</p>
          <p class="quiet">${Math.round(100 * confidence)} % sure${
            words.length === 0
              ? nothing
              : html`, led there by ${words.map(({ typed, lead }) => html`<span class="lead">${typed} <small>+${lead.toFixed(1)}</small></span> `)}`
          }</p>
          ${place === null ? nothing : html`<p class="place">${place}</p>`}
        </li>`,
      )}
    </ul>`;
}

function titleOf(id: string | null, topics: readonly TopicName[]): string {
  return id === null ? 'No topic' : (topics.find((topic) => topic.id === id)?.title ?? id);
}
