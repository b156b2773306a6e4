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
  /** The new content has errors, `known` if the previous reload found the same. The bot keeps its knowledge. */
  | { readonly outcome: 'refused'; readonly problems: readonly Problem[]; readonly known: boolean };

/** Ids of topics. */
type Changes = Readonly<Record<'added' | 'removed' | 'changed', readonly string[]>>;

/** A knowledge folder in use: the engine that answers now, and reloading what editors have changed. */
export class LiveKnowledge {
  /** Read it for each question: a reload replaces it. */
  engine: Engine;
  /** When the current knowledge was loaded, in milliseconds since 1970. */
  loadedAt: number;
  /** The errors in the folder if it was refused; empty while the bot answers from it. */
  refused: readonly Problem[] = [];
  readonly #clock: Clock;
  #running: Promise<unknown> = Promise.resolve();
  #next: Promise<Reloaded> | undefined;

  constructor(engine: Engine, clock: Clock = systemClock) {
    this.engine = engine;
    this.loadedAt = clock.date();
    this.#clock = clock;
  }

  /**
   * Reloads the folder in a worker thread while the bot keeps answering. Calls during a reload share the next one. If
   * the worker fails, it rejects, and the bot keeps the knowledge it has.
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
    const { knowledge: before, defaultLanguage } = this.engine;
    const { knowledge, problems, trained } = await loadInThread(before);
    const refusedBefore = this.refused;
    this.refused = knowledge ? [] : problems.filter(({ severity }) => severity === 'error');
    if (!knowledge) {
      return { outcome: 'refused', problems: this.refused, known: isDeepStrictEqual(this.refused, refusedBefore) };
    }
    if (!trained) return { outcome: 'same', fixed: refusedBefore.length > 0 };
    this.engine = new Engine(knowledge, defaultLanguage, trained);
    this.loadedAt = this.#clock.date();
    return { outcome: 'replaced', changes: changesBetween(before, knowledge) };
  }
}

function loadInThread({ directory, version }: LoadRequest): Promise<LoadResult> {
  const workerData: LoadRequest = { directory, version };
  // V8 keeps the worker's young generation after it exits; cap it.
  const resourceLimits = { maxYoungGenerationSizeMb: 8 };
  const worker = new Worker(new URL('load-worker.ts', import.meta.url), { workerData, resourceLimits });
  // The process may end meanwhile.
  worker.unref();
  // Listeners that stay: a worker's error without one ends the process.
  return new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject));
}

function changesBetween(before: Knowledge, after: Knowledge): Changes {
  const topicsOf = ({ topics }: Knowledge) => new Map(topics.map((topic) => [topic.id, JSON.stringify(topic)]));
  const [old, current] = [topicsOf(before), topicsOf(after)];
  const ids = [...current.keys()];
  return {
    added: ids.filter((id) => !old.has(id)),
    removed: [...old.keys()].filter((id) => !current.has(id)),
    changed: ids.filter((id) => old.has(id) && old.get(id) !== current.get(id)),
  };
}
