import { Worker } from 'node:worker_threads';
import type { PhrasingCheckStep } from './phrasing-check-worker.ts';

/** Looks for phrasings that lead to another topic. It takes many seconds, so it only runs when asked for. */
export class PhrasingCheck {
  readonly #changed: () => void;
  #worker: Worker | undefined;
  #step: PhrasingCheckStep = { progress: 0 };
  /** Has a file changed since the check? */
  isOutdated = false;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** 0 to 1. */
  get progress(): number {
    return this.#step.progress;
  }

  get isRunning(): boolean {
    return this.#worker !== undefined;
  }

  get result(): PhrasingCheckStep['result'] {
    return this.#step.result;
  }

  start(directory: string): void {
    this.stop();
    this.#step = { progress: 0 };
    this.isOutdated = false;
    const worker = new Worker(new URL('phrasing-check-worker.ts', import.meta.url), { workerData: directory });
    worker.unref();
    worker.on('message', (step: PhrasingCheckStep) => {
      this.#step = step;
      this.#changed();
    });
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
      this.#changed();
    });
    this.#worker = worker;
    this.#changed();
  }

  stop(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
  }
}
