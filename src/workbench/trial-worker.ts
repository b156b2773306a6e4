import { parentPort, workerData } from 'node:worker_threads';
import { Engine } from '../engine/engine.ts';
import { messagesFor } from '../evaluation/own-set.ts';
import { tryPhrasings } from '../gaps/trial.ts';
import type { Knowledge, Language } from '../knowledge/knowledge.ts';

/** What is to be tried: phrasings for a topic of a knowledge. */
export interface TrialOrder {
  readonly knowledge: Knowledge;
  readonly defaultLanguage: Language;
  readonly topic: string;
  readonly language: Language;
  readonly phrasings: readonly string[];
}

const { knowledge, defaultLanguage, topic, language, phrasings }: TrialOrder = workerData;
const engine = new Engine(knowledge, defaultLanguage);
parentPort?.postMessage(tryPhrasings(engine, topic, language, phrasings, messagesFor(knowledge)));
