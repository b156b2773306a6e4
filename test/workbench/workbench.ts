import { onTestFinished } from 'vitest';
import type { EvaluationMessage } from '../../src/evaluation/read.ts';
import { serve } from '../../src/workbench/server.ts';
import { Workbench, type WorkbenchSettings } from '../../src/workbench/workbench.ts';
import { type BakeryCopy, bakeryCopy } from '../judging/bakery-copy.ts';

export interface OpenWorkbench {
  readonly bakery: BakeryCopy;
  /** Ends with a slash. */
  readonly url: string;
}

export interface Surroundings {
  readonly bakery?: BakeryCopy;
  readonly settings?: Partial<WorkbenchSettings>;
  readonly messages?: readonly EvaluationMessage[];
}

/** Opens the workbench with a copy of the small knowledge, for one test. */
export async function openWorkbench(surroundings: Surroundings = {}): Promise<OpenWorkbench> {
  const { bakery = bakeryCopy(), settings, messages = [] } = surroundings;
  const defaults: WorkbenchSettings = { DEFAULT_LANGUAGE: 'de', DATA_DIR: bakery.folder, RECORD_QUESTIONS: false };
  const workbench = new Workbench(bakery.folder, { ...defaults, ...settings }, messages);
  const server = await serve(workbench, 0);
  onTestFinished(async () => {
    workbench.stop();
    await server.stop();
  });
  return { bakery, url: server.url };
}
