import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Engine } from '../engine/engine.ts';
import { reviewGaps } from '../gaps/review.ts';
import type { Trial } from '../gaps/trial.ts';
import { openForQuestions } from '../storage/storage.ts';
import type { TrialRequest } from './trial-worker.ts';
import type { WorkbenchSettings } from './workbench.ts';

export type GapsView = Awaited<ReturnType<typeof gapsView>>;

/**
 * The questions that the bot with these settings could not answer, and the ratings of its answers.
 *
 * @throws {StorageError} if the database can't be read
 */
export async function gapsView(settings: WorkbenchSettings, engine: Engine) {
  const isRecording = settings.RECORD_QUESTIONS;
  // Opening it would create it.
  const exists = settings.DATABASE_URL !== undefined || existsSync(join(settings.DATA_DIR, 'bot.sqlite'));
  if (!exists) return { isRecording, gaps: [], feedback: [] };
  const storage = await openForQuestions(settings);
  try {
    const gaps = reviewGaps(await storage.gaps.all(), engine);
    return { isRecording, gaps, feedback: await storage.feedback.all() };
  } finally {
    await storage.close();
  }
}

/** Finds out, in a thread of its own, what phrasings added to a topic would do; takes seconds. */
export function tryAddition(request: TrialRequest): Promise<Trial> {
  const worker = new Worker(new URL('trial-worker.ts', import.meta.url), { workerData: request });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
  });
}
