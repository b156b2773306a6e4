import { onTestFinished } from 'vitest';
import type { EvaluationMessage } from '../../src/evaluation/read.ts';
import { serve, type WorkbenchServer } from '../../src/workbench/server.ts';
import { Workbench, type WorkbenchSettings } from '../../src/workbench/workbench.ts';
import { type BakeryCopy, bakeryCopy } from '../evaluation/bakery-copy.ts';

export interface OpenWorkbench {
  readonly bakery: BakeryCopy;
  /** Ends with a slash. */
  readonly url: string;
}

export interface Surroundings {
  readonly settings?: Partial<WorkbenchSettings>;
  readonly messages?: readonly EvaluationMessage[];
}

/** Opens the workbench on a folder, until it is stopped. */
export async function startWorkbench(
  folder: string,
  { settings, messages = [] }: Surroundings = {},
): Promise<WorkbenchServer> {
  const defaults: WorkbenchSettings = { DEFAULT_LANGUAGE: 'de', DATA_DIR: folder, RECORD_QUESTIONS: false };
  const workbench = new Workbench(folder, { ...defaults, ...settings }, messages);
  const server = await serve(workbench, 0);
  return {
    url: server.url,
    stop: () => {
      workbench.stop();
      return server.stop();
    },
  };
}

/** Opens the workbench with a copy of the small knowledge, for one test. */
export async function openWorkbench({
  bakery = bakeryCopy(),
  ...surroundings
}: Surroundings & { readonly bakery?: BakeryCopy } = {}): Promise<OpenWorkbench> {
  const { url, stop } = await startWorkbench(bakery.folder, surroundings);
  onTestFinished(stop);
  return { bakery, url };
}
