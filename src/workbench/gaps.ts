import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Engine } from '../engine/engine.ts';
import { type ReviewedGap, reviewGaps } from '../gaps/review.ts';
import { phrasingsToAdd } from '../gaps/yaml-lines.ts';
import { shownPath } from '../knowledge/format-problem.ts';
import type { TopicFile } from '../knowledge/topic-problems.ts';
import type { Settings } from '../operation/settings.ts';
import { openForQuestions } from '../storage/storage.ts';
import type { TrialOrder } from './trial-worker.ts';
import type { AdditionView, TrialView } from './views.ts';

/**
 * What the bot with these settings was asked in vain, the most asked first.
 *
 * @throws {StorageError} where the database cannot be read
 */
export async function gapsOf(
  settings: Pick<Settings, 'DATABASE_URL' | 'DATA_DIR'>,
  engine: Engine,
): Promise<ReviewedGap[]> {
  // Opening would make one.
  if (settings.DATABASE_URL === undefined && !existsSync(join(settings.DATA_DIR, 'bot.sqlite'))) return [];
  const storage = await openForQuestions(settings);
  try {
    return reviewGaps(await storage.gaps.all(), engine);
  } finally {
    await storage.close();
  }
}

/** The lines that would teach a topic's file a question, in all its wordings. */
export function additionFor({ text, wordings, language }: ReviewedGap, topicFile: TopicFile): AdditionView {
  const { file, after, lines } = phrasingsToAdd(topicFile, language, [text, ...wordings]);
  return { file: shownPath(file), after, lines };
}

/** Tries in a thread of its own what adding them would do; it takes seconds. */
export async function tryAddition(order: TrialOrder): Promise<TrialView> {
  const worker = new Worker(new URL('trial-worker.ts', import.meta.url), { workerData: order });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
  });
}
