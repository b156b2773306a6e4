import { basename } from 'node:path';
import { formatProblem, type Problem } from '../knowledge/problem.ts';
import { watchKnowledge } from '../knowledge/watch.ts';
import type { Clock } from './clock.ts';
import type { LiveKnowledge } from './live-knowledge.ts';
import type { Logger } from './log.ts';
import { retry } from './retry.ts';
import { onReloadSignal } from './signals.ts';

/**
 * Reloads the knowledge when its folder changes and on SIGHUP, and logs what changed. A folder with errors isn't
 * loaded; a load that fails is retried. Returns a function that ends it.
 */
export function followKnowledge(live: LiveKnowledge, log: Logger, clock: Clock, listen = onReloadSignal): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const reload = (isRequested: boolean) => {
    const work = () => reloadInto(live, log, isRequested);
    // Fails only when it is ended.
    retry(work, { log, clock, signal, during: 'reloading the knowledge' }).catch(() => {});
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

/** Reloads the knowledge and logs the outcome; that nothing has changed is only of interest if someone requested it. */
export async function reloadInto(live: LiveKnowledge, log: Logger, isRequested: boolean): Promise<void> {
  const reloaded = await live.reload();
  const { version, topics } = live.engine.knowledge;
  const levelOfNoChange = isRequested ? 'info' : 'debug';
  if (reloaded.outcome === 'replaced') {
    log.info({ version, topics: topics.length, ...reloaded.changes }, 'knowledge: replaced');
  } else if (reloaded.outcome === 'refused') {
    log[reloaded.known ? levelOfNoChange : 'warn'](
      { version, problems: reloaded.problems.length },
      `knowledge: the folder has errors, so the knowledge loaded before stays in use\n${reloaded.problems.map(formatProblem).join('\n')}`,
    );
  } else if (reloaded.fixed) log.info({ version }, 'knowledge: the errors are gone');
  else log[levelOfNoChange]({ version }, 'knowledge: nothing has changed');
}

/** A problem in a few words, for Discord: the file's name and place, without the folders above it. */
export function briefly({ file, line, what }: Problem): string {
  return `${basename(file)}${line === undefined ? '' : `:${line}`} ${what}`;
}
