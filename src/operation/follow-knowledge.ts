import { basename } from 'node:path';
import type { Problem } from '../knowledge/problem.ts';
import { watchKnowledge } from '../knowledge/watch.ts';
import type { Clock } from './clock.ts';
import type { LiveKnowledge } from './live-knowledge.ts';
import type { Logger } from './log.ts';
import { retry } from './retry.ts';
import { onReloadSignal } from './signals.ts';

/**
 * Reloads the knowledge when its folder changes and on SIGHUP, one reload after the other. One that fails is retried.
 * Returns a function that ends it.
 */
export function followKnowledge(live: LiveKnowledge, log: Logger, clock: Clock, listen = onReloadSignal): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  let done: Promise<unknown> = Promise.resolve();
  const reload = (isRequested: boolean) => {
    const work = () => live.reload(log, isRequested);
    const retried = () => retry(work, { log, clock, signal, during: 'reloading the knowledge' });
    // Fails only when it is ended.
    done = done.then(retried).catch(() => {});
  };
  // Edits since the process began may have been read already, or half of them.
  const watch = watchKnowledge(live.engine.knowledge.directory, () => reload(false), performance.timeOrigin);
  watch.start();
  const stopListening = listen(() => reload(true));
  return () => {
    ending.abort();
    watch.stop();
    stopListening();
  };
}

/** A problem in a few words, for Discord: the file's name and place, without the folders above it. */
export function briefly({ file, line, what }: Problem): string {
  return `${basename(file)}${line === undefined ? '' : `:${line}`} ${what}`;
}
