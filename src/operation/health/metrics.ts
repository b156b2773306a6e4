import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Reply } from '../../engine/replies.ts';
import type { Language } from '../../knowledge/knowledge.ts';
import type { LiveKnowledge } from '../live-knowledge.ts';
import type { ConnectionMonitor } from './connection-monitor.ts';

/** How a question was answered. */
export interface Answered {
  readonly outcome: Reply['kind'];
  readonly language: Language;
  /** How the question reached the bot. */
  readonly way: 'message' | 'overheard' | 'command' | 'context-menu';
  /** From the question's arrival until Discord has accepted the reply. */
  readonly seconds: number;
}

/** Answering takes a millisecond, and a request to Discord tens of them. */
const BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export type Metrics = ReturnType<typeof createMetrics>;

/** The bot's metrics for Prometheus. Labels never contain ids, names or a member's words. */
export function createMetrics(monitor: ConnectionMonitor, live: LiveKnowledge) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const named = (name: string, help: string, labelNames: string[]) => {
    return { name: `xiaomipay_${name}`, help, labelNames, registers: [registry] };
  };
  const counter = (name: string, help: string, ...labels: string[]) =>
    new Counter(named(`${name}_total`, help, labels));
  const gauge = (name: string, help: string, labels: string[], collect: (gauge: Gauge) => void) =>
    new Gauge({
      ...named(name, help, labels),
      collect() {
        collect(this);
      },
    });

  const answers = counter('answers', 'Questions that got a reply', 'outcome', 'language', 'way');
  const responses = counter('rest_responses', 'Responses of Discord’s REST API by class of status', 'status');
  const unreadable = counter('unreadable_events', 'Events that discord.js could not read', 'type');
  const help = 'Time from the arrival of a question until Discord has the reply';
  const answerSeconds = new Histogram({ ...named('answer_seconds', help, ['way']), buckets: BUCKETS });
  new Counter({
    ...named('gateway_reconnects_total', 'Lost connections to the gateway', []),
    collect() {
      this.reset();
      this.inc(monitor.losses);
    },
  });
  gauge('gateway_connected', '1 while connected to the gateway', [], (shown) => shown.set(Number(monitor.connected)));
  gauge('gateway_ping_seconds', 'Round trip of the last heartbeat', [], (shown) => shown.set(monitor.ping / 1_000));
  gauge('knowledge_topics', 'Topics in the current knowledge', ['version'], (shown) => {
    const { version, topics } = live.engine.knowledge;
    shown.reset();
    shown.set({ version }, topics.length);
  });

  return {
    registry,
    answered({ outcome, language, way, seconds }: Answered): void {
      answers.inc({ outcome, language, way });
      answerSeconds.observe({ way }, seconds);
    },
    /** @param type a name from Discord's documentation, like `MESSAGE_CREATE` */
    unreadableEvent: (type: string): void => unreadable.inc({ type }),
    /** @param status of HTTP, like 429 */
    restResponse: (status: number): void =>
      responses.inc({ status: status === 429 ? '429' : `${Math.floor(status / 100)}xx` }),
  };
}
