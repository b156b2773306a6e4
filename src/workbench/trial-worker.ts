import { parentPort, workerData } from 'node:worker_threads';
import { Engine } from '../engine/engine.ts';
import { tryPhrasings } from '../gaps/trial.ts';
import type { Knowledge, Language } from '../knowledge/knowledge.ts';
import { messagesToCompare } from './messages.ts';

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
parentPort?.postMessage(tryPhrasings(engine, topic, language, phrasings, messagesToCompare(knowledge)));
