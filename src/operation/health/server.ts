import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ExpectedError } from '../../knowledge/expected-error.ts';
import { logFailure } from '../failures.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from './metrics.ts';

/** The state of the bot. */
export interface Health {
  readonly gateway: {
    readonly connected: boolean;
    /** For how long it has been disconnected; 0 while connected. */
    readonly awaySeconds: number;
  };
  readonly token: 'accepted' | 'refused';
  readonly knowledge: {
    readonly version: string;
    readonly topics: number;
    /** How many errors keep the latest edit from being loaded. */
    readonly problems: number;
  };
}

/**
 * A longer absence counts as a failure. Shorter ones are normal: Discord ends connections now and then, and the bot
 * reconnects by itself. A supervisor that restarted the bot each time would lose the session that can be resumed, and use
 * up the 1,000 that Discord allows per day.
 */
const MAX_ABSENCE_SECONDS = 120;

export interface HealthOptions {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly look: () => Health;
  readonly metrics: Metrics;
  readonly log: Logger;
}

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/** The bot can't listen on the port; the message says why and which setting to change. */
export class PortUnavailable extends ExpectedError {
  override readonly name = 'PortUnavailable';
}

/**
 * Serves `/healthz` (200 if all is well, otherwise 503) and `/metrics` (for Prometheus).
 *
 * @throws {PortUnavailable}
 */
export async function startHealth({ host, port, look, metrics, log }: HealthOptions): Promise<HealthServer> {
  const server = createServer((request, response) => {
    answer(request, response, look, metrics).catch((error: unknown) => {
      logFailure(log, error, 'answering /healthz or /metrics');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error) => reject(new PortUnavailable(whyNot(error, host, port), { cause: error })));
  server.listen({ host, port }, resolve);
  await listening;
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const { promise: closed, resolve: done } = Promise.withResolvers<void>();
      server.close(() => done());
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  { method, url }: IncomingMessage,
  response: ServerResponse,
  look: () => Health,
  metrics: Metrics,
): Promise<void> {
  const say = (status: number, type: string, body: string) => {
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
    response.end(method === 'HEAD' ? undefined : body);
  };
  const path = url?.split('?')[0];
  if (path !== '/healthz' && path !== '/metrics') say(404, PLAIN, 'There is /healthz and /metrics here.\n');
  else if (method !== 'GET' && method !== 'HEAD') say(405, PLAIN, 'This can only be read: GET or HEAD.\n');
  else if (path === '/metrics') say(200, metrics.registry.contentType, await metrics.registry.metrics());
  else {
    const health = look();
    say(isWell(health) ? 200 : 503, 'application/json', `${JSON.stringify({ well: isWell(health), ...health })}\n`);
  }
}

const PLAIN = 'text/plain; charset=utf-8';

/** Errors in the knowledge are for its editors to fix; the bot answers nevertheless. */
function isWell({ gateway, token }: Health): boolean {
  return token === 'accepted' && gateway.awaySeconds <= MAX_ABSENCE_SECONDS;
}

function whyNot(error: Error, host: string, port: number): string {
  const code = 'code' in error ? String(error.code) : error.message;
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'another program listens there. Stop it, or set HEALTH_PORT to another port.',
    EACCES: 'the user that runs the bot may not use this port. Set HEALTH_PORT to one above 1023.',
    EADDRNOTAVAIL: 'this machine does not have that address. Set HEALTH_HOST to one that it has, like 127.0.0.1.',
    ENOTFOUND: 'that address is unknown. Set HEALTH_HOST to an address of this machine, like 127.0.0.1.',
  };
  return `Cannot listen on ${host}:${port} for HEALTH_PORT: ${reasons[code] ?? `${code}. Check HEALTH_HOST and HEALTH_PORT.`}`;
}
