import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { answerTo, Refusal } from './api.ts';
import { assetAt } from './assets.ts';
import type { Workbench } from './workbench.ts';

/** Nobody but this machine. */
const ADDRESS = '127.0.0.1';
/** Of a request, in bytes: far more than Discord's longest message. */
const LARGEST_BODY = 64 * 1024;

export interface WorkbenchServer {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Opens the page for this machine alone.
 *
 * @param port 0 for any that is free
 * @throws {ExpectedError} where the port is taken or not allowed
 */
export async function serve(workbench: Workbench, port: number): Promise<WorkbenchServer> {
  const policy = contentSecurityPolicy();
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries({ ...HEADERS, 'content-security-policy': policy })) {
      response.setHeader(name, value);
    }
    respond(request, response, workbench).catch((error: unknown) => {
      // Who has hung up needs no answer.
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
    throw new ExpectedError(
      `Port ${port} cannot be used (${code}). Choose another with --port, or 0 for any free one.`,
    );
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
  return { status: 500, message: 'Something went wrong; the terminal of the workbench says what.' };
}

const HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The one style that is written into an element: the colour that a Discord author without a role has. */
const AUTHOR_STYLE = 'color:;';

/** The page loads nothing from elsewhere and runs nothing but its own modules; what stands inline is told by its hash. */
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
  refuseStrangers(request);
  const address = URL.parse(request.url ?? '/', 'http://workbench');
  if (!address) throw new Refusal(400, 'This is no address.');
  const { pathname, searchParams } = address;
  // Node leaves out what a HEAD is not to get.
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  if (request.method === 'GET' && pathname === '/events') return tellChanges(response, workbench);
  if (pathname.startsWith('/api/')) {
    if (method !== 'GET' && method !== 'POST') throw new Refusal(405, 'Only GET and POST are understood here.');
    const body = method === 'POST' ? await readBody(request) : undefined;
    const path = pathname.slice('/api/'.length);
    return send(response, 200, await answerTo({ path, query: searchParams, body }, workbench));
  }
  if (method !== 'GET') throw new Refusal(405, 'Only GET is understood here.');
  const asset = assetAt(pathname);
  if (!asset) throw new Refusal(404, 'There is nothing at this address.');
  response.setHeader('content-type', asset.type);
  response.end(asset.body);
}

/**
 * A page elsewhere can point a name of its own at this machine (DNS rebinding) and then read what it likes; the Host
 * header tells its name. And it can ask or post here, unread; the headers Origin and Sec-Fetch-Site tell that.
 */
function refuseStrangers({ headers, socket, method }: IncomingMessage): void {
  const own = [ADDRESS, 'localhost'].map((name) => `${name}:${socket.localPort}`);
  const { host = '', origin } = headers;
  if (!own.includes(host))
    throw new Refusal(403, `The workbench is at http://${own[0]}/ and answers to no other name.`);
  const site = headers['sec-fetch-site'];
  const isElsewhere = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (isElsewhere || (origin !== undefined && origin !== `http://${host}`))
    throw new Refusal(403, 'The workbench answers no requests from other pages.');
  if (method === 'POST' && !/^application\/json(?:;|$)/.test(headers['content-type'] ?? ''))
    throw new Refusal(415, 'Send JSON, with the content type application/json.');
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  // The rest of what is refused is left unread, not cut off: the refusal has to arrive.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST_BODY) throw new Refusal(413, `The request is too long; ${LARGEST_BODY} bytes are read.`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new Refusal(400, 'The request is not valid JSON.');
  }
}

/** What is the case now, and again whenever it changes: https://html.spec.whatwg.org/#server-sent-events */
function tellChanges(response: ServerResponse, workbench: Workbench): void {
  response.setHeader('content-type', 'text/event-stream');
  const tell = () => response.write(`data: ${JSON.stringify(workbench.state)}\n\n`);
  tell();
  workbench.on('changed', tell);
  response.once('close', () => workbench.off('changed', tell));
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(value));
}
