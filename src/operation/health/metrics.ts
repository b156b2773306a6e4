import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Reply } from '../../engine/replies.ts';
import type { Language } from '../../knowledge/knowledge.ts';
import type { LiveKnowledge } from '../live-knowledge.ts';
import type { ConnectionMonitor } from './connection-monitor.ts';

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

/** Answering takes a millisecond, and a request to Discord tens of them. */
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The bot's metrics for Prometheus. Labels never contain ids, names or a member's words. */
export class Metrics {
  readonly registry = new Registry();
  readonly #answers = this.#counter('answers', 'Questions that got a reply', ['outcome', 'language', 'way']);
  readonly #responses = this.#counter('rest_responses', 'Responses of Discord’s REST API by class of status', [
    'status',
  ]);
  readonly #unreadable = this.#counter('unreadable_events', 'Events that discord.js could not read', ['type']);
  readonly #seconds = new Histogram({
    name: 'xiaomipay_answer_seconds',
    help: 'Time from the arrival of a question until Discord has the reply',
    labelNames: ['way'],
    buckets: BUCKETS,
    registers: [this.registry],
  });

  constructor(monitor: ConnectionMonitor, live: LiveKnowledge) {
    this.#counter('gateway_reconnects', 'Lost connections to the gateway', [], (counter) => {
      counter.reset();
      counter.inc(monitor.losses);
    });
    this.#gauge('gateway_connected', '1 while connected to the gateway', [], (gauge) =>
      gauge.set(Number(monitor.connected)),
    );
    this.#gauge('gateway_ping_seconds', 'Round trip of the last heartbeat', [], (gauge) =>
      gauge.set((monitor.ping ?? Number.NaN) / 1_000),
    );
    this.#gauge('cached', 'Objects of Discord held in memory', ['kind'], (gauge) => {
      for (const [kind, count] of Object.entries(monitor.cached)) gauge.set({ kind }, count);
    });
    this.#gauge('knowledge_topics', 'Topics in the current knowledge', ['version'], (gauge) => {
      const { version, topics } = live.engine.knowledge;
      gauge.reset();
      gauge.set({ version }, topics.length);
    });
    collectDefaultMetrics({ register: this.registry });
  }

  answered({ outcome, language, way, seconds }: Answered): void {
    this.#answers.inc({ outcome, language, way });
    this.#seconds.observe({ way }, seconds);
  }

  /** @param type a name from Discord's documentation, like `MESSAGE_CREATE` */
  unreadableEvent(type: string): void {
    this.#unreadable.inc({ type });
  }

  /** @param status of HTTP, like 429 */
  restResponse(status: number): void {
    this.#responses.inc({ status: status === 429 ? '429' : `${Math.floor(status / 100)}xx` });
  }

  #counter(name: string, help: string, labelNames: string[], collect?: (counter: Counter) => void): Counter {
    const counter: Counter = new Counter({
      name: `xiaomipay_${name}_total`,
      help,
      labelNames,
      registers: [this.registry],
      ...(collect && { collect: () => collect(counter) }),
    });
    return counter;
  }

  #gauge(name: string, help: string, labelNames: string[], collect: (gauge: Gauge) => void): void {
    const gauge: Gauge = new Gauge({
      name: `xiaomipay_${name}`,
      help,
      labelNames,
      registers: [this.registry],
      collect: () => collect(gauge),
    });
  }
}
