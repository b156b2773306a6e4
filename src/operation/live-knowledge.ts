import { Worker } from 'node:worker_threads';
import { Answerer } from '../answering/answerer.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Problem } from '../knowledge/problem.ts';
import type { LoadedAnew, LoadOrder } from './load-worker.ts';

/** What came of loading a folder anew. */
export type Reloaded =
  /** The content is what it was. */
  | { readonly outcome: 'same' }
  | { readonly outcome: 'replaced'; readonly changes: Changes }
  /** The new content has errors: what was known before goes on answering. */
  | { readonly outcome: 'refused'; readonly problems: readonly Problem[] };

/** Ids of topics. */
export interface Changes {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
  /** Did anything else change: the article, the words, what is elsewhere? */
  readonly rest: boolean;
}

/** A knowledge folder in use: what answers now, and how to take over what its editors have changed. */
export class Library {
  readonly #clock: Clock;
  #answerer: Answerer;
  #loadedAt: number;
  #refused: readonly Problem[] = [];
  #underWay: Promise<unknown> = Promise.resolve();
  #next: Promise<Reloaded> | undefined;

  constructor(answerer: Answerer, clock: Clock = systemClock) {
    this.#clock = clock;
    this.#answerer = answerer;
    this.#loadedAt = clock.date();
  }

  /** Ask for it anew with each question: it is replaced whole, between two questions. */
  get answerer(): Answerer {
    return this.#answerer;
  }

  /** When the current knowledge was loaded, in milliseconds since 1970. */
  get loadedAt(): number {
    return this.#loadedAt;
  }

  /** What is wrong with the folder as it is now, if it was refused; empty if what answers is what the folder holds. */
  get refused(): readonly Problem[] {
    return this.#refused;
  }

  /**
   * Loads the folder anew, in a thread of its own: questions are answered meanwhile. Whatever is wrong with it, there is
   * always something that answers. What is changed while it loads is loaded after that, however often this is called.
   */
  reload(): Promise<Reloaded> {
    this.#next ??= this.#underWay.then(() => {
      this.#next = undefined;
      const loading = this.#loadAnew();
      this.#underWay = loading.catch(() => {});
      return loading;
    });
    return this.#next;
  }

  async #loadAnew(): Promise<Reloaded> {
    const { knowledge: before, defaultLanguage } = this.#answerer;
    const { knowledge, problems, learned } = await loadAside({ directory: before.directory, known: before.version });
    if (!knowledge) {
      this.#refused = problems.filter(({ severity }) => severity === 'error');
      return { outcome: 'refused', problems: this.#refused };
    }
    this.#refused = [];
    if (!learned) return { outcome: 'same' };
    this.#answerer = new Answerer(knowledge, defaultLanguage, learned);
    this.#loadedAt = this.#clock.date();
    return { outcome: 'replaced', changes: changesBetween(before, knowledge) };
  }
}

function loadAside(order: LoadOrder): Promise<LoadedAnew> {
  // What it leaves behind for good grows with its young generation, which is large unless told.
  const resourceLimits = { maxYoungGenerationSizeMb: 8 };
  const worker = new Worker(new URL('load-worker.ts', import.meta.url), { workerData: order, resourceLimits });
  // Who ends meanwhile need not wait for it.
  worker.unref();
  return new Promise((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
  });
}

function changesBetween(before: Knowledge, after: Knowledge): Changes {
  const topicsBefore = new Map(before.topics.map((topic) => [topic.id, JSON.stringify(topic)]));
  const topicsAfter = new Map(after.topics.map((topic) => [topic.id, JSON.stringify(topic)]));
  const rest = ({ article, words, elsewhere }: Knowledge) => JSON.stringify([article, words, elsewhere]);
  return {
    added: [...topicsAfter.keys()].filter((id) => !topicsBefore.has(id)),
    removed: [...topicsBefore.keys()].filter((id) => !topicsAfter.has(id)),
    changed: [...topicsAfter]
      .filter(([id, topic]) => topicsBefore.has(id) && topicsBefore.get(id) !== topic)
      .map(([id]) => id),
    rest: rest(before) !== rest(after),
  };
}
