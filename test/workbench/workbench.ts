import { onTestFinished } from 'vitest';
import { serve } from '../../src/workbench/server.ts';
import { Workbench, type WorkbenchSettings } from '../../src/workbench/workbench.ts';
import { type BakeryCopy, bakeryCopy } from '../evaluation/bakery-copy.ts';

export interface OpenWorkbench {
  readonly bakery: BakeryCopy;
  readonly workbench: Workbench;
  /** Ends with a slash. */
  readonly url: string;
}

export interface Surroundings {
  readonly bakery?: BakeryCopy;
  readonly settings?: Partial<WorkbenchSettings>;
}

/** Opens the workbench on a folder, until it is stopped; once it has learned the knowledge, if that has no errors. */
export async function startWorkbench(folder: string, settings: Partial<WorkbenchSettings> = {}) {
  const defaults: WorkbenchSettings = { DEFAULT_LANGUAGE: 'de', DATA_DIR: folder, RECORD_QUESTIONS: false };
  const workbench = new Workbench(folder, { ...defaults, ...settings });
  const server = await serve(workbench, 0);
  while (workbench.state.isLearning)
    await new Promise((changed) => workbench.once('changed', () => changed(undefined)));
  return { workbench, ...server };
}

/** Opens the workbench on a copy of the small knowledge, for one test. */
export async function openWorkbench({ bakery = bakeryCopy(), settings }: Surroundings = {}): Promise<OpenWorkbench> {
  const { stop, ...opened } = await startWorkbench(bakery.folder, settings);
  onTestFinished(stop);
  return { bakery, ...opened };
}
