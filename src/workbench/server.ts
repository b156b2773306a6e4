import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { answerTo, Refusal } from './api.ts';
import { assetAt } from './assets.ts';
import type { Workbench } from './workbench.ts';

/** Only reachable from this machine. */
const ADDRESS = '127.0.0.1';

export interface WorkbenchServer {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Serves the page to this machine only.
 *
 * @param port 0 for any free one
 * @throws {ExpectedError} if the port is taken or not allowed
 */
export async function serve(workbench: Workbench, port: number): Promise<WorkbenchServer> {
  const policy = contentSecurityPolicy();
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries({ ...HEADERS, 'content-security-policy': policy })) {
      response.setHeader(name, value);
    }
    respond(request, response, workbench).catch((error: unknown) => {
      // The browser has hung up.
      if (request.destroyed && !request.complete) return;
      const { status, message } = refusalFor(error);
      send(response, status, { error: message });
    });
  });
  server.listen(port, ADDRESS);
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new ExpectedError(`Port ${port} can't be used (${code}). Choose another with --port, or 0 for any free one.`);
  }
  const { port: opened } = server.address() as AddressInfo;
  return {
    url: `http://${ADDRESS}:${opened}/`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function refusalFor(error: unknown): Pick<Refusal, 'status' | 'message'> {
  if (error instanceof Refusal) return error;
  if (error instanceof ExpectedError) return { status: 503, message: error.message };
  console.error(error);
  return { status: 500, message: 'Something went wrong; see the terminal in which the workbench runs.' };
}

const HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The only inline style: the Discord components give it to an author without a role. */
const AUTHOR_STYLE = 'color:;';

/** The page loads nothing from elsewhere and only runs its own modules; its inline script is allowed by its hash. */
function contentSecurityPolicy(): string {
  const map = /<script type="importmap">([\s\S]*?)<\/script>/.exec(assetAt('/')?.body ?? '')?.[1] ?? '';
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'self'",
    `script-src 'self' ${hash(map)}`,
    `style-src 'self' 'unsafe-hashes' ${hash(AUTHOR_STYLE)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

async function respond(request: IncomingMessage, response: ServerResponse, workbench: Workbench): Promise<void> {
  refuseOtherPages(request);
  const address = URL.parse(request.url ?? '/', 'http://workbench');
  if (!address) throw new Refusal(400, 'This is not a valid address.');
  const { pathname, searchParams } = address;
  // Node leaves the body out of the response to a HEAD.
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  if (request.method === 'GET' && pathname === '/events') return streamState(response, workbench);
  if (pathname.startsWith('/api/')) {
    if (method !== 'GET' && method !== 'POST') throw new Refusal(405, 'Only GET and POST work here.');
    const body = method === 'POST' ? await readJson(request) : undefined;
    const path = pathname.slice('/api/'.length);
    return send(response, 200, await answerTo({ path, query: searchParams, body }, workbench));
  }
  if (method !== 'GET') throw new Refusal(405, 'Only GET works here.');
  const asset = assetAt(pathname);
  if (!asset) throw new Refusal(404, 'There is nothing at this address.');
  response.setHeader('content-type', asset.type);
  response.end(asset.body);
}

/**
 * Another website can point its own host name at this machine (DNS rebinding) and then read everything: the Host header shows that. It can
 * also send requests without reading the responses: Origin and Sec-Fetch-Site show that.
 */
function refuseOtherPages({ headers, socket, method }: IncomingMessage): void {
  const own = [ADDRESS, 'localhost'].map((name) => `${name}:${socket.localPort}`);
  const { host = '', origin } = headers;
  if (!own.includes(host)) throw new Refusal(403, `The workbench is at http://${own[0]}/ and has no other name.`);
  const site = headers['sec-fetch-site'];
  const isElsewhere = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (isElsewhere || (origin !== undefined && origin !== `http://${host}`))
    throw new Refusal(403, 'The workbench does not answer requests from other pages.');
  if (method === 'POST' && !/^application\/json(?:;|$)/.test(headers['content-type'] ?? ''))
    throw new Refusal(415, 'Send JSON, with the content type application/json.');
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  try {
    return await json(request);
  } catch {
    throw new Refusal(400, 'The request is not valid JSON.');
  }
}

/** Sends the state now and after each change: https://html.spec.whatwg.org/#server-sent-events */
function streamState(response: ServerResponse, workbench: Workbench): void {
  response.setHeader('content-type', 'text/event-stream');
  const write = () => response.write(`data: ${JSON.stringify(workbench.state)}\n\n`);
  write();
  workbench.on('changed', write);
  response.once('close', () => workbench.off('changed', write));
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(value ?? null));
}
