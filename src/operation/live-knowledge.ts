import { isDeepStrictEqual } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import { Engine } from '../engine/engine.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { formatProblem, type Problem } from '../knowledge/problem.ts';
import { watchKnowledge } from '../knowledge/watch.ts';
import { type Clock, systemClock } from './clock.ts';
import { logFailure } from './failures.ts';
import type { LoadResult } from './load-worker.ts';
import { retry } from './retry.ts';
import { onReloadSignal } from './signals.ts';

/** A knowledge folder in use: the engine that answers now, and reloading what editors have changed. */
export class LiveKnowledge {
  /** Read it for each question: a reload replaces it. */
  engine: Engine;
  /** When the current knowledge was loaded, in milliseconds since 1970. */
  loadedAt: number;
  /** The errors in the folder if it was refused; empty while the bot answers from it. */
  refused: readonly Problem[] = [];
  readonly #clock: Clock;

  constructor(engine: Engine, clock: Clock = systemClock) {
    this.engine = engine;
    this.loadedAt = clock.date();
    this.#clock = clock;
  }

  /**
   * Reloads the folder in a worker thread while the bot keeps answering, and logs the outcome. A folder with errors
   * isn't loaded. If the worker fails, it rejects, and the bot keeps the knowledge it has.
   *
   * @param isRequested did somebody ask for it? Only then is an unchanged folder worth a line at level info
   */
  async reload(log: Logger, isRequested: boolean): Promise<void> {
    const { knowledge: before, defaultLanguage } = this.engine;
    const { version } = before;
    const levelOfNoChange = isRequested ? 'info' : 'debug';
    const { knowledge, problems, trained } = await loadInThread(before);
    const refusedBefore = this.refused;
    this.refused = problems.filter(({ severity }) => severity === 'error');
    if (!knowledge) {
      const isNews = !isDeepStrictEqual(this.refused, refusedBefore);
      const errors = this.refused.map(formatProblem).join('\n');
      log[isNews ? 'warn' : levelOfNoChange](
        { version, problems: this.refused.length },
        `knowledge: the folder has errors, so the knowledge loaded before stays in use\n${errors}`,
      );
    } else if (trained) {
      this.engine = new Engine(knowledge, defaultLanguage, trained);
      this.loadedAt = this.#clock.date();
      const { version, topics } = knowledge;
      log.info({ version, topics: topics.length, ...changesBetween(before, knowledge) }, 'knowledge: replaced');
    } else if (refusedBefore.length > 0) log.info({ version }, 'knowledge: the errors are gone');
    else log[levelOfNoChange]({ version }, 'knowledge: nothing has changed');
  }
}

/**
 * Reloads the knowledge when its folder changes and on SIGHUP, one reload after the other. One that fails is retried.
 * Returns a function that ends it.
 */
export function followKnowledge(live: LiveKnowledge, log: Logger, clock: Clock, listen = onReloadSignal): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const failed = (error: unknown, next: object) => logFailure(log, error, 'reloading the knowledge', next);
  let done: Promise<unknown> = Promise.resolve();
  const reload = (isRequested: boolean) => {
    const work = () => live.reload(log, isRequested);
    // Fails only when it is ended.
    done = done.then(() => retry(work, { clock, signal, failed })).catch(() => {});
  };
  // Edits since the process began may already have been read, or only half of them.
  const readAt = performance.timeOrigin;
  const stopWatching = watchKnowledge(live.engine.knowledge.directory, () => reload(false), { readAt });
  listen(() => reload(true));
  return () => {
    ending.abort();
    stopWatching();
  };
}

function loadInThread({ directory, version }: Knowledge): Promise<LoadResult> {
  const worker = new Worker(new URL('load-worker.ts', import.meta.url), {
    workerData: { directory, version },
    // V8 keeps the worker's young generation after it exits; cap it.
    resourceLimits: { maxYoungGenerationSizeMb: 8 },
  });
  // The process may end meanwhile.
  worker.unref();
  // Listeners that stay: a worker's error without one ends the process.
  return new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject));
}

/** The ids of topics that differ. */
function changesBetween(before: Knowledge, after: Knowledge) {
  const topicsOf = ({ topics }: Knowledge) => new Map(topics.map((topic) => [topic.id, JSON.stringify(topic)]));
  const [old, current] = [topicsOf(before), topicsOf(after)];
  const ids = [...current.keys()];
  return {
    added: ids.filter((id) => !old.has(id)),
    removed: [...old.keys()].filter((id) => !current.has(id)),
    changed: ids.filter((id) => old.has(id) && old.get(id) !== current.get(id)),
  };
}
