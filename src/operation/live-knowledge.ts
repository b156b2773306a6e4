import { isDeepStrictEqual } from 'node:util';
import { Worker } from 'node:worker_threads';
import { Engine } from '../engine/engine.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Problem } from '../knowledge/problem.ts';
import { type Clock, systemClock } from './clock.ts';
import type { LoadRequest, LoadResult } from './load-worker.ts';

/** The outcome of reloading a folder. */
export type Reloaded =
  /** The content hasn't changed; `fixed` if it had errors in between. */
  | { readonly outcome: 'same'; readonly fixed: boolean }
  | { readonly outcome: 'replaced'; readonly changes: Changes }
  /** The new content has errors, `known` ones if the previous reload found the same; the bot keeps the knowledge it has. */
  | { readonly outcome: 'refused'; readonly problems: readonly Problem[]; readonly known: boolean };

/** Ids of topics. */
export interface Changes {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
  /** Did anything else change: the article, the words, the examples? */
  readonly rest: boolean;
}

/** A knowledge folder in use: the engine that answers now, and reloading what editors have changed. */
export class LiveKnowledge {
  readonly #clock: Pick<Clock, 'date'>;
  #engine: Engine;
  #loadedAt: number;
  #refused: readonly Problem[] = [];
  #running: Promise<unknown> = Promise.resolve();
  #next: Promise<Reloaded> | undefined;

  constructor(engine: Engine, clock: Pick<Clock, 'date'> = systemClock) {
    this.#clock = clock;
    this.#engine = engine;
    this.#loadedAt = clock.date();
  }

  /** Get it anew for each question: a reload replaces it. */
  get engine(): Engine {
    return this.#engine;
  }

  /** When the current knowledge was loaded, in milliseconds since 1970. */
  get loadedAt(): number {
    return this.#loadedAt;
  }

  /** The errors in the folder if it was refused; empty while the bot answers from it. */
  get refused(): readonly Problem[] {
    return this.#refused;
  }

  /**
   * Reloads the folder in a worker thread while the bot keeps answering. Calls during a reload share the next one.
   *
   * @throws if the worker fails; the bot keeps the knowledge it has
   */
  reload(): Promise<Reloaded> {
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      const loading = this.#load();
      this.#running = loading.catch(() => {});
      return loading;
    });
    return this.#next;
  }

  async #load(): Promise<Reloaded> {
    const { knowledge: before, defaultLanguage } = this.#engine;
    const { knowledge, problems, trained } = await loadInThread({ directory: before.directory, known: before.version });
    const refusedBefore = this.#refused;
    if (!knowledge) {
      this.#refused = problems.filter(({ severity }) => severity === 'error');
      return { outcome: 'refused', problems: this.#refused, known: isDeepStrictEqual(this.#refused, refusedBefore) };
    }
    this.#refused = [];
    if (!trained) return { outcome: 'same', fixed: refusedBefore.length > 0 };
    this.#engine = new Engine(knowledge, defaultLanguage, trained);
    this.#loadedAt = this.#clock.date();
    return { outcome: 'replaced', changes: changesBetween(before, knowledge) };
  }
}

function loadInThread(request: LoadRequest): Promise<LoadResult> {
  // V8 keeps the worker's young generation after it exits; cap it.
  const resourceLimits = { maxYoungGenerationSizeMb: 8 };
  const worker = new Worker(new URL('load-worker.ts', import.meta.url), { workerData: request, resourceLimits });
  // The process may end meanwhile.
  worker.unref();
  return new Promise((resolve, reject) => {
    // Listeners that stay: a worker's error without one ends the process.
    worker.on('message', resolve).on('error', reject).on('messageerror', reject);
    worker.on('exit', (code) => reject(new Error(`The thread that loads the knowledge ended with code ${code}.`)));
  });
}

function changesBetween(before: Knowledge, after: Knowledge): Changes {
  const topicsBefore = new Map(before.topics.map((topic) => [topic.id, JSON.stringify(topic)]));
  const topicsAfter = new Map(after.topics.map((topic) => [topic.id, JSON.stringify(topic)]));
  const rest = ({ directory, version, topics, ...others }: Knowledge) => JSON.stringify(others);
  return {
    added: [...topicsAfter.keys()].filter((id) => !topicsBefore.has(id)),
    removed: [...topicsBefore.keys()].filter((id) => !topicsAfter.has(id)),
    changed: [...topicsAfter]
      .filter(([id, topic]) => topicsBefore.has(id) && topicsBefore.get(id) !== topic)
      .map(([id]) => id),
    rest: rest(before) !== rest(after),
  };
}
