import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { ZodError, z } from 'zod';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { assetAt } from './assets.ts';
import { ask, askSchema, use, useSchema } from './conversation.ts';
import type { Workbench } from './workbench.ts';

/** Only reachable from this machine. */
const ADDRESS = '127.0.0.1';
const EVENTS = 'text/event-stream';

/**
 * Serves the page to this machine only, until it is stopped, and then stops the workbench, too.
 *
 * @param port 0 for any free one
 * @throws {ExpectedError} if the port is taken or not allowed
 */
export async function serve(workbench: Workbench, port: number) {
  const policy = contentSecurityPolicy();
  const server = createServer(async (request, response) => {
    response.setHeader('cache-control', 'no-store');
    response.setHeader('content-security-policy', policy);
    const { status = 200, type, body } = await answer(request, workbench).catch(failure);
    response.writeHead(status, { 'content-type': type });
    if (type === EVENTS) streamState(response, workbench);
    else response.end(body);
  });
  const stop = () => {
    workbench.stop();
    server.close();
    server.closeAllConnections();
  };
  server.listen(port, ADDRESS);
  await once(server, 'listening').catch(({ code }: NodeJS.ErrnoException) => {
    stop();
    throw new ExpectedError(`Port ${port} can't be used (${code}). Choose another with --port, or 0 for any free one.`);
  });
  return { url: `http://${ADDRESS}:${(server.address() as AddressInfo).port}/`, stop };
}

type Answer = { readonly type: string; readonly body: string; readonly status?: number };

function withJson(value: unknown, status = 200): Answer {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

const refused = (status: number, error: string) => withJson({ error }, status);

function failure(error: unknown): Answer {
  if (error instanceof ZodError) return refused(400, `The request has the wrong form: ${z.prettifyError(error)}`);
  if (error instanceof SyntaxError) return refused(400, 'The request is not valid JSON.');
  if (error instanceof ExpectedError) return refused(503, error.message);
  console.error(error);
  return refused(500, 'Something went wrong; see the terminal in which the workbench runs.');
}

async function answer(request: IncomingMessage, workbench: Workbench): Promise<Answer> {
  const { method, url = '', headers, socket } = request;
  const { host = '', origin } = headers;
  // Another website could point its host name at this machine (DNS rebinding) and read all. The Host header tells.
  const own = [ADDRESS, 'localhost'].map((name) => `${name}:${socket.localPort}`);
  if (!own.includes(host)) return refused(403, `The workbench is at http://${own[0]}/ and has no other name.`);
  // It can also send requests without reading the responses: Origin shows that.
  if (origin !== undefined && origin !== `http://${host}`) {
    return refused(403, 'The workbench does not answer requests from other pages.');
  }
  const { pathname = '' } = URL.parse(url, `http://${host}`) ?? {};
  const route = `${method} ${pathname}`;
  const asset = method === 'GET' && assetAt(pathname);
  if (asset) return asset;
  if (route === 'GET /events') return { type: EVENTS, body: '' };
  const { engine } = workbench;
  if (!engine) return refused(503, 'The bot can answer once the knowledge has no errors and has been learned.');
  switch (route) {
    case 'GET /api/gaps':
      return withJson(await workbench.gaps());
    case 'POST /api/ask':
      return withJson(ask(askSchema.parse(await json(request)), engine));
    case 'POST /api/use':
      return withJson(use(useSchema.parse(await json(request)), engine));
    default:
      return refused(404, 'There is nothing at this address.');
  }
}

/** Sends the state now and after each change: https://html.spec.whatwg.org/#server-sent-events */
function streamState(response: ServerResponse, workbench: Workbench): void {
  const write = () => response.write(`data: ${JSON.stringify(workbench.state)}\n\n`);
  write();
  workbench.on('changed', write);
  response.once('close', () => workbench.off('changed', write));
}

/** The page loads nothing from elsewhere and only runs its own modules; its inline script is allowed by its hash. */
function contentSecurityPolicy(): string {
  const map = /<script type="importmap">([\s\S]*?)<\/script>/.exec(assetAt('/')?.body ?? '')?.[1] ?? '';
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'self'",
    `script-src 'self' ${hash(map)}`,
    // The only inline style: the Discord components give it to an author without a role.
    `style-src 'self' 'unsafe-hashes' ${hash('color:;')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
