import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Reply } from '../../engine/replies.ts';
import type { Language } from '../../knowledge/knowledge.ts';

/** How a question reached the bot. */
export type WayIn = 'message' | 'overheard' | 'command' | 'context-menu';

/** How a question was answered. */
export interface Answered {
  readonly outcome: Reply['kind'];
  readonly language: Language;
  readonly way: WayIn;
  /** From the question's arrival until Discord has accepted the reply. */
  readonly seconds: number;
}

/** What is measured when Prometheus asks. */
export interface Readings {
  readonly connected: boolean;
  /** Of the last heartbeat; `undefined` before the first. */
  readonly pingSeconds: number | undefined;
  /** How many objects of each kind discord.js holds in memory. */
  readonly cached: Readonly<Record<string, number>>;
  readonly knowledge: { readonly version: string; readonly topics: number };
}

/** Answering takes a millisecond, and a request to Discord tens of them. */
const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The bot's metrics for Prometheus. Labels never contain ids, names or a member's words. */
export class Metrics {
  readonly registry = new Registry();
  readonly #answers: Counter<'outcome' | 'language' | 'way'>;
  readonly #seconds: Histogram<'way'>;
  readonly #reconnects: Counter;
  readonly #responses: Counter<'status'>;
  readonly #unreadable: Counter<'type'>;

  constructor(read: () => Readings) {
    const registers = [this.registry];
    this.#answers = new Counter({
      name: 'xiaomipay_answers_total',
      help: 'Questions that got a reply',
      labelNames: ['outcome', 'language', 'way'],
      registers,
    });
    this.#seconds = new Histogram({
      name: 'xiaomipay_answer_seconds',
      help: 'Time from the arrival of a question until Discord has the reply',
      labelNames: ['way'],
      buckets: SECONDS,
      registers,
    });
    this.#reconnects = new Counter({
      name: 'xiaomipay_gateway_reconnects_total',
      help: 'Lost connections to the gateway',
      registers,
    });
    this.#responses = new Counter({
      name: 'xiaomipay_rest_responses_total',
      help: 'Responses of Discord’s REST API, by the class of their status',
      labelNames: ['status'],
      registers,
    });
    this.#unreadable = new Counter({
      name: 'xiaomipay_unreadable_events_total',
      help: 'Events of the gateway that discord.js could not read and the bot dropped',
      labelNames: ['type'],
      registers,
    });
    readGauges(read, registers);
    collectDefaultMetrics({ register: this.registry });
  }

  answered({ outcome, language, way, seconds }: Answered): void {
    this.#answers.inc({ outcome, language, way });
    this.#seconds.observe({ way }, seconds);
  }

  reconnected(): void {
    this.#reconnects.inc();
  }

  /** @param type a name from Discord's documentation, like `MESSAGE_CREATE` */
  unreadableEvent(type: string): void {
    this.#unreadable.inc({ type });
  }

  /** @param status of HTTP, like 429 */
  restResponse(status: number): void {
    this.#responses.inc({ status: status === 429 ? '429' : `${Math.floor(status / 100)}xx` });
  }
}

function readGauges(read: () => Readings, registers: Registry[]): void {
  new Gauge({
    name: 'xiaomipay_gateway_connected',
    help: '1 while connected to the gateway',
    registers,
    collect() {
      this.set(read().connected ? 1 : 0);
    },
  });
  new Gauge({
    name: 'xiaomipay_gateway_ping_seconds',
    help: 'Round trip of the last heartbeat',
    registers,
    collect() {
      this.set(read().pingSeconds ?? Number.NaN);
    },
  });
  new Gauge({
    name: 'xiaomipay_cached',
    help: 'Objects of Discord held in memory',
    labelNames: ['kind'],
    registers,
    collect() {
      for (const [kind, count] of Object.entries(read().cached)) this.set({ kind }, count);
    },
  });
  new Gauge({
    name: 'xiaomipay_knowledge_topics',
    help: 'Topics in the current knowledge',
    labelNames: ['version'],
    registers,
    collect() {
      const { version, topics } = read().knowledge;
      this.reset();
      this.set({ version }, topics);
    },
  });
}
