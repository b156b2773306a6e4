import type { Clock } from '../clock.ts';
import type { LiveKnowledge } from '../live-knowledge.ts';
import type { Logger } from '../log.ts';
import type { Settings } from '../settings.ts';
import { ConnectionMonitor } from './connection-monitor.ts';
import type { Metrics, Readings } from './metrics.ts';
import type { Health } from './server.ts';

/** What the bot reports its state to. */
export interface HealthReporting {
  readonly monitor: ConnectionMonitor;
  readonly metrics: Metrics;
  close(): Promise<void>;
}

/**
 * Serves `/healthz` and `/metrics` if HEALTH_PORT is set.
 *
 * @throws {PortUnavailable}
 */
export async function openHealth(
  { HEALTH_HOST: host, HEALTH_PORT: port }: Settings,
  live: LiveKnowledge,
  log: Logger,
  clock: Clock,
): Promise<HealthReporting | undefined> {
  if (port === undefined) return undefined;
  const [{ Metrics }, { startHealth }] = await Promise.all([import('./metrics.ts'), import('./server.ts')]);
  const monitor: ConnectionMonitor = new ConnectionMonitor(clock, () => metrics.reconnected());
  const metrics: Metrics = new Metrics(() => readingsOf(monitor, live));
  const server = await startHealth({ host, port, look: () => healthOf(monitor, live), metrics, log });
  log.info({ host, port: server.port }, 'answering /healthz and /metrics');
  return { monitor, metrics, close: () => server.close() };
}

/** What is measured at each request. */
export function readingsOf(
  { connected, ping, cached }: ConnectionMonitor,
  { engine: { knowledge } }: LiveKnowledge,
): Readings {
  return {
    connected,
    pingSeconds: ping === undefined ? undefined : ping / 1_000,
    cached,
    knowledge: { version: knowledge.version, topics: knowledge.topics.length },
  };
}

/** The current state of the bot. */
export function healthOf(monitor: ConnectionMonitor, { engine: { knowledge }, refused }: LiveKnowledge): Health {
  return {
    gateway: { connected: monitor.connected, awaySeconds: Math.floor(monitor.awayFor / 1_000) },
    token: monitor.tokenRefused ? 'refused' : 'accepted',
    knowledge: { version: knowledge.version, topics: knowledge.topics.length, problems: refused.length },
  };
}
