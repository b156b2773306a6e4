import { basename } from 'node:path';
import { formatProblem } from '../knowledge/format-problem.ts';
import type { Problem } from '../knowledge/problem.ts';
import { KnowledgeWatch } from '../knowledge/watch.ts';
import { logFailure } from './failures.ts';
import type { LiveKnowledge } from './live-knowledge.ts';
import type { Logger } from './log.ts';

/**
 * Takes over what editors change in the knowledge folder, by itself and on SIGHUP, and logs what that was. What has
 * errors is not taken over.
 *
 * @returns a function that ends it
 */
export function followKnowledge(live: LiveKnowledge, log: Logger): () => void {
  const reload = () => {
    reloadInto(live, log).catch((error: unknown) => logFailure(log, error, 'loading the knowledge anew'));
  };
  // What was edited since this process began may have been read before, or half of it.
  const watch = new KnowledgeWatch(live.engine.knowledge.directory, reload, performance.timeOrigin);
  let isAsked = false;
  // Asked a hundred times at once, it reloads once.
  const whenAsked = () => {
    if (!isAsked) {
      setImmediate(() => {
        isAsked = false;
        reload();
      });
    }
    isAsked = true;
  };
  watch.start();
  process.on('SIGHUP', whenAsked);
  return () => {
    watch.stop();
    process.off('SIGHUP', whenAsked);
  };
}

/** Loads the knowledge folder anew and logs what came of it. */
export async function reloadInto(live: LiveKnowledge, log: Logger): Promise<void> {
  const reloaded = await live.reload();
  const { version, topics } = live.engine.knowledge;
  switch (reloaded.outcome) {
    case 'same':
      log.info({ version }, 'knowledge: nothing has changed');
      break;
    case 'replaced':
      log.info({ version, topics: topics.length, ...reloaded.changes }, 'knowledge: replaced');
      break;
    case 'refused':
      log.warn(
        { version, problems: reloaded.problems.length },
        `knowledge: the folder has errors, so what was loaded before goes on answering\n${reloaded.problems.map(formatProblem).join('\n')}`,
      );
  }
}

/** A problem in a few words, for Discord: the file's name and place, without the folders above it. */
export function briefly({ file, line, what }: Problem): string {
  return `${basename(file)}${line === undefined ? '' : `:${line}`} ${what}`;
}
