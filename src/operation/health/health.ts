import type { Clock } from '../clock.ts';
import type { Settings } from '../settings.ts';
import type { Metrics, Readings } from './metrics.ts';
import type { Health } from './server.ts';
import type { Library } from '../live-knowledge.ts';
import type { Logger } from '../log.ts';
import { Pulse } from './connection-monitor.ts';

/** What the bot reports to, for those who watch many programs at once. */
export interface VitalSigns {
  readonly pulse: Pulse;
  readonly metrics: Metrics;
  close(): Promise<void>;
}

/**
 * Answers `/healthz` and `/metrics`, if HEALTH_PORT is set.
 *
 * @throws {PortUnavailable} where it cannot listen
 */
export async function openHealth(
  { HEALTH_HOST: host, HEALTH_PORT: port }: Settings,
  library: Library,
  log: Logger,
  clock: Clock,
): Promise<VitalSigns | undefined> {
  if (port === undefined) return undefined;
  const [{ Metrics }, { startHealth }] = await Promise.all([
    import('./metrics.ts'),
    import('./server.ts'),
  ]);
  const pulse: Pulse = new Pulse(clock, () => metrics.reconnected());
  const metrics: Metrics = new Metrics(() => readingsOf(pulse, library));
  const server = await startHealth({ host, port, look: () => healthOf(pulse, library), metrics });
  log.info({ host, port: server.port }, 'answering /healthz and /metrics');
  return { pulse, metrics, close: () => server.close() };
}

/** What is measured anew whenever somebody looks. */
export function readingsOf({ connected, ping, cached }: Pulse, { answerer: { knowledge } }: Library): Readings {
  return {
    connected,
    pingSeconds: ping === undefined ? undefined : ping / 1_000,
    cached,
    knowledge: { version: knowledge.version, topics: knowledge.topics.length },
  };
}

/** How the bot is now. */
export function healthOf(pulse: Pulse, { answerer: { knowledge }, refused }: Library): Health {
  return {
    gateway: { connected: pulse.connected, awaySeconds: Math.floor(pulse.awayFor / 1_000) },
    token: pulse.tokenRefused ? 'refused' : 'accepted',
    knowledge: { version: knowledge.version, topics: knowledge.topics.length, problems: refused.length },
  };
}
