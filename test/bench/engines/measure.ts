import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TrainingData, Verdict } from './engine.ts';
import type { EngineName } from './engines.ts';

/** What a process of its own is asked to do. */
export interface Job {
  readonly engine: EngineName;
  readonly data: TrainingData;
  /** Lists of questions. */
  readonly lists: readonly (readonly string[])[];
  /** How long to go on asking each list, in milliseconds. */
  readonly askMs: number;
}

export interface Answer {
  readonly verdict: Verdict;
  readonly milliseconds: number;
}

/** Times are in milliseconds; those of a fast engine are the median of three runs. */
export interface Measured {
  readonly buildMs: number;
  /** What the built engine adds to memory before it is asked anything, including buffers outside the heap. */
  readonly memoryMb: number;
  /** In the order of the lists and of their questions, as far as the time sufficed. */
  readonly answers: readonly (readonly Answer[])[];
}

export type Report =
  | { readonly kind: 'built'; readonly milliseconds: number }
  | { readonly kind: 'done'; readonly measured: Measured };

const PROCESS = fileURLToPath(new URL('process.ts', import.meta.url));

/**
 * Builds and asks an engine in a process of its own, whose heap and caches nothing else has touched.
 *
 * @param maxBuildMs the engine is given up if it takes longer to build, in milliseconds
 * @returns `undefined` if it was given up
 * @throws {Error} if the process fails
 */
export function measure(job: Job, maxBuildMs: number, progress: (text: string) => void): Promise<Measured | undefined> {
  const child = fork(PROCESS, {
    execArgv: ['--expose-gc', '--max-old-space-size=4096'],
    serialization: 'advanced',
    // NLP.js's dependencies are deprecated, and say so.
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const about = `${job.engine}, ${job.data.examples.length} examples`;
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      child.removeAllListeners();
      child.kill('SIGKILL');
      resolve(undefined);
    }, maxBuildMs);
    child.on('message', (report: Report) => {
      if (report.kind === 'done') return resolve(report.measured);
      clearTimeout(limit);
      progress(`${about}: built in ${(report.milliseconds / 1_000).toFixed(1)} s, asking`);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(limit);
      reject(new Error(`The process that measures ${job.engine} ended with code ${code}.`));
    });
    progress(`${about}: building`);
    child.send(job);
  });
}
