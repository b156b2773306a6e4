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
  const named = (name: string, help: string, ...labelNames: string[]) => {
    return { name: `xiaomipay_${name}`, help, labelNames, registers: [registry] };
  };
  const answers = new Counter(named('answers_total', 'Questions that got a reply', 'outcome', 'language', 'way'));
  const help = 'Time from the arrival of a question until Discord has the reply';
  const answerSeconds = new Histogram({ ...named('answer_seconds', help, 'way'), buckets: BUCKETS });
  const responses = new Counter(
    named('rest_responses_total', 'Responses of Discord’s REST API by class of status', 'status'),
  );
  const unreadable = new Counter(named('unreadable_events_total', 'Events that discord.js could not read', 'type'));
  const reconnects = new Counter(named('gateway_reconnects_total', 'Lost connections to the gateway'));
  const connected = new Gauge(named('gateway_connected', '1 while connected to the gateway'));
  const ping = new Gauge(named('gateway_ping_seconds', 'Round trip of the last heartbeat'));
  const topics = new Gauge(named('knowledge_topics', 'Topics in the current knowledge', 'version'));

  return {
    contentType: registry.contentType,
    /** All of them as text, as they are now. */
    text(): Promise<string> {
      reconnects.reset();
      reconnects.inc(monitor.losses);
      connected.set(Number(monitor.connected));
      ping.set(monitor.ping / 1_000);
      const { knowledge } = live.engine;
      topics.reset();
      topics.set({ version: knowledge.version }, knowledge.topics.length);
      return registry.metrics();
    },
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
