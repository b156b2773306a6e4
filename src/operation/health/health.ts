import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { ExpectedError } from '../../knowledge/expected-error.ts';
import type { Clock } from '../clock.ts';
import { logFailure } from '../failures.ts';
import type { LiveKnowledge } from '../live-knowledge.ts';
import { ConnectionMonitor } from './connection-monitor.ts';
import { createMetrics } from './metrics.ts';

/**
 * A longer absence counts as a failure, in milliseconds. Shorter ones are normal: a supervisor that restarted the bot
 * each time would lose the session that can be resumed, and use up the 1,000 that Discord allows per day.
 */
const MAX_ABSENCE = 120_000;

/**
 * Serves `/healthz` (200 if all is well, otherwise 503) and `/metrics` (for Prometheus).
 *
 * @param address port 0 is any free one
 * @throws {ExpectedError} if the bot can't listen on the port, saying why and which setting to change
 */
export async function openHealth(
  address: { readonly host: string; readonly port: number },
  live: LiveKnowledge,
  log: Logger,
  clock: Clock,
) {
  const monitor = new ConnectionMonitor(clock);
  const metrics = createMetrics(monitor, live);
  const state = () => {
    const { version, topics } = live.engine.knowledge;
    return {
      // Errors in the knowledge are for its editors to fix; the bot answers nevertheless.
      well: monitor.disconnectedFor <= MAX_ABSENCE,
      gateway: { connected: monitor.connected, awaySeconds: Math.floor(monitor.disconnectedFor / 1_000) },
      knowledge: { version, topics: topics.length, problems: live.refused.length },
    };
  };

  const server = createServer(async ({ url }, response) => {
    const say = (status: number, type: string, body: string) =>
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    const path = url?.split('?')[0];
    try {
      if (path === '/metrics') say(200, metrics.contentType, await metrics.text());
      else if (path === '/healthz') {
        const found = state();
        say(found.well ? 200 : 503, 'application/json', `${JSON.stringify(found)}\n`);
      } else say(404, 'text/plain', 'Try /healthz or /metrics.\n');
    } catch (error) {
      logFailure(log, error, 'answering /healthz or /metrics');
      response.destroy();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      const reason = REASONS[code ?? ''] ?? `${code ?? message}. Check HEALTH_HOST, like 127.0.0.1, and HEALTH_PORT.`;
      reject(new ExpectedError(`Cannot listen on ${address.host}:${address.port} for HEALTH_PORT: ${reason}`));
    });
    server.listen(address, resolve);
  });
  const { port } = server.address() as AddressInfo;
  log.info({ host: address.host, port }, 'answering /healthz and /metrics');
  return { monitor, metrics, port, close: () => server.close().closeAllConnections() };
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there. Stop it, or set HEALTH_PORT to another port.',
  EACCES: 'the user that runs the bot may not use this port. Set HEALTH_PORT to one above 1023.',
};
