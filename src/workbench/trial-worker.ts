import { parentPort, workerData } from 'node:worker_threads';
import { Engine } from '../engine/engine.ts';
import { phrasingMessages } from '../evaluation/phrasing-messages.ts';
import { readSet } from '../evaluation/sets.ts';
import { tryPhrasings } from '../gaps/trial.ts';
import type { Knowledge, Language } from '../knowledge/knowledge.ts';

/** Phrasings to try for a topic of a knowledge. */
export interface TrialRequest {
  readonly knowledge: Knowledge;
  readonly defaultLanguage: Language;
  readonly topic: string;
  readonly language: Language;
  readonly phrasings: readonly string[];
}

const { knowledge, defaultLanguage, topic, language, phrasings }: TrialRequest = workerData;
const engine = new Engine(knowledge, defaultLanguage);
const messages = readSet('tuning', knowledge) ?? phrasingMessages(knowledge);
parentPort?.postMessage(tryPhrasings(engine, topic, language, phrasings, messages));
