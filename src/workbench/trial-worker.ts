import { parentPort, workerData } from 'node:worker_threads';
import { Answerer } from '../answering/answerer.ts';
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
const answerer = new Answerer(knowledge, defaultLanguage);
parentPort?.postMessage(tryPhrasings(answerer, topic, language, phrasings, messagesFor(knowledge)));
