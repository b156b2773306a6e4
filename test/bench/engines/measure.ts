import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Language } from '../../../src/knowledge/knowledge.ts';
import type { Setting } from './contestants.ts';
import type { Example, Ranked } from './engine.ts';

/** What a process of its own is asked to do. */
export interface Job {
  readonly setting: Setting;
  readonly examples: readonly Example[];
  readonly questions: readonly { readonly text: string; readonly language: Language | undefined }[];
  /** How long to go on asking, in milliseconds; the question that is being answered then is the last. */
  readonly askMs: number;
}

/** Times are in milliseconds; of what is quick, the median of three runs. */
export interface Measured {
  readonly buildMs: number;
  /** What the built engine keeps in memory, buffers outside the heap included, before it was asked anything. */
  readonly heapMb: number;
  /** Of the questions in their order, as far as the time sufficed. `ranked` has the three likeliest labels. */
  readonly answers: readonly { readonly ranked: readonly Ranked[]; readonly milliseconds: number }[];
}

export type Report =
  | { readonly kind: 'built'; readonly milliseconds: number }
  | { readonly kind: 'asked'; readonly questions: number }
  | { readonly kind: 'done'; readonly measured: Measured };

const PROCESS = fileURLToPath(new URL('process.ts', import.meta.url));

/**
 * Builds and asks an engine in a process of its own, whose heap and caches nobody else has touched.
 *
 * @param buildMs the engine is given up if it takes longer to build, in milliseconds
 * @returns `undefined` if it was given up
 * @throws {Error} where the process fails
 */
export function measureApart(
  job: Job,
  buildMs: number,
  progress: (text: string) => void,
): Promise<Measured | undefined> {
  const child = fork(PROCESS, {
    execArgv: ['--expose-gc', '--max-old-space-size=4096'],
    serialization: 'advanced',
    // NLP.js's dependencies warn of themselves.
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      child.removeAllListeners();
      child.kill('SIGKILL');
      resolve(undefined);
    }, buildMs);
    child.on('message', (report: Report) => {
      if (report.kind === 'built') {
        clearTimeout(limit);
        progress(`built in ${(report.milliseconds / 1_000).toFixed(1)} s, asking`);
      } else if (report.kind === 'asked') progress(`${report.questions} questions asked`);
      else resolve(report.measured);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(limit);
      reject(new Error(`The process that measures ${job.setting.engine} ended with code ${code}.`));
    });
    progress('building');
    child.send(job);
  });
}
