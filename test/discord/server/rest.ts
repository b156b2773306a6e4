import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { DiscordError, invalidFormBody, routeNotFound, unauthorized } from './errors.ts';
import { type Fault, Faults } from './faults.ts';
import { type Limit, RateLimits, rateLimitHeaders } from './rate-limits.ts';
import type { RequestRecord } from './request-log.ts';
import { type Answer, type Call, type Matched, majorParameter, matchPath, type Route } from './routing.ts';
import { describeProblems, problemsBySchema } from './validation.ts';
import type { World } from './world.ts';

/** What goes back over the wire. */
interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON unless the headers say otherwise. */
  readonly body?: unknown;
  readonly breaksOff?: Fault['breaksOff'];
}

/** Discord's limit for all of a bot's requests together, to which clients keep by themselves. */
const REQUESTS_PER_SECOND = 50;
/** A second, and what a request may take to arrive, in milliseconds. */
const PACE_WINDOW = 1_100;

const PREFIX = /^\/api\/v10(?=\/)/;

/** Discord's REST API: finds the route, checks token, limits and body, answers, and remembers it all. */
export class Rest {
  readonly faults = new Faults();
  /** Requests that are being answered. */
  open = 0;
  /** Until when a client that was told to wait may be waiting, by `performance.now()`. */
  waitingUntil = 0;
  /** When the latest requests arrived. */
  #arrivals: number[] = [];
  readonly #world: World;
  readonly #routes: ReadonlyMap<string, Route>;
  readonly #limits: RateLimits;

  constructor(world: World, server: Server, routes: readonly Route[], limits: Readonly<Record<string, Limit>>) {
    this.#world = world;
    this.#routes = new Map(routes.map((route) => [route.on, route]));
    this.#limits = new RateLimits(limits);
    server.on('request', (request, response) => void this.#serve(request, response));
  }

  /** Whether a client is likely to hold back requests, to keep to 50 a second. */
  get isPaced(): boolean {
    this.#arrivals = this.#arrivals.filter((time) => time > performance.now() - PACE_WINDOW);
    return this.#arrivals.length >= REQUESTS_PER_SECOND;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.open += 1;
    this.#arrivals.push(performance.now());
    const url = new URL(request.url ?? '', 'http://localhost');
    const method = request.method ?? 'GET';
    const path = url.pathname.replace(PREFIX, '');
    const matched = matchPath(method, path);
    try {
      const body = await read(request);
      const record: RequestRecord = {
        method,
        path: withoutTokens(path, matched),
        route: matched?.template ?? path,
        body,
      };
      this.#world.requests.push(record);
      const reply = await this.#reply(request, url, matched, record);
      record.status = reply.status;
      record.answer = reply.body;
      if (reply.status >= 400 && typeof reply.body === 'object' && reply.body && 'code' in reply.body) {
        record.code = Number(reply.body.code);
      }
      send(response, reply);
    } catch (error) {
      this.#world.violate(`${method} ${path}`, `this double failed: ${error instanceof Error ? error.stack : error}`);
      send(response, { status: 500, headers: {}, body: { message: '500: Internal Server Error', code: 0 } });
    } finally {
      this.open -= 1;
      this.#world.changes.announce();
    }
  }

  async #reply(
    request: IncomingMessage,
    url: URL,
    matched: Matched | undefined,
    record: RequestRecord,
  ): Promise<Reply> {
    const fault = matched && this.faults.strike(matched.on);
    if (fault?.delayMs) await sleep(fault.delayMs);
    if (fault && misbehaves(fault) && !fault.takesEffect) return this.#misbehave(fault);

    const allowance = matched && this.#limits.count(matched.on, majorParameter(matched));
    const headers = allowance ? rateLimitHeaders(allowance) : {};
    if (allowance?.exceeded) return this.#tooMany(allowance.resetAfterMs, false, headers);
    const reply = { ...this.#answer(request, url, matched, record), headers };
    return fault && misbehaves(fault) ? this.#misbehave(fault) : reply;
  }

  #misbehave(fault: Fault): Reply {
    const { status = 200, code = 0, message, retryAfterMs = 50, global = false, breaksOff, html } = fault;
    if (breaksOff) return { status, headers: {}, body: {}, breaksOff };
    if (status === 429) return this.#tooMany(retryAfterMs, global, {});
    if (html || status === 502) {
      const body = '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>cloudflare</body>\r\n</html>\r\n';
      return { status, headers: { 'Content-Type': 'text/html' }, body };
    }
    return { status, headers: {}, body: { message: message ?? `${status}: Error`, code } };
  }

  #tooMany(retryAfterMs: number, global: boolean, headers: Readonly<Record<string, string>>): Reply {
    // The header counts in whole seconds, and clients go by it.
    const seconds = Math.ceil(retryAfterMs / 1_000);
    this.waitingUntil = Math.max(this.waitingUntil, performance.now() + seconds * 1_000);
    const scope = global
      ? { 'X-RateLimit-Global': 'true', 'X-RateLimit-Scope': 'global' }
      : { 'X-RateLimit-Scope': 'user' };
    return {
      status: 429,
      headers: { ...headers, ...scope, 'Retry-After': String(seconds), Via: '1.1 google' },
      body: { message: 'You are being rate limited.', retry_after: retryAfterMs / 1_000, global },
    };
  }

  #answer(request: IncomingMessage, url: URL, matched: Matched | undefined, record: RequestRecord): Answer {
    try {
      return this.#carryOut(request, url, matched, record);
    } catch (error) {
      if (!(error instanceof DiscordError)) throw error;
      return { status: error.status, body: error.toJSON() };
    }
  }

  #carryOut(request: IncomingMessage, url: URL, matched: Matched | undefined, record: RequestRecord): Answer {
    const world = this.#world;
    const name = `${record.method} ${record.path}`;
    const route = matched && this.#routes.get(matched.on);
    if (!PREFIX.test(url.pathname) || !matched) {
      world.violate(name, 'Discord has no such route');
      throw routeNotFound();
    }
    if (!route) {
      world.violate(name, 'Discord has this route, but this double does not play it');
      throw routeNotFound();
    }
    if (!/^DiscordBot \(\S+, \S+\)/.test(request.headers['user-agent'] ?? '')) {
      world.violate(name, 'the User-Agent is not of the form “DiscordBot (url, version)”');
    }
    if (!route.withoutToken && request.headers.authorization !== `Bot ${world.settings.token}`) throw unauthorized();
    const call: Call = {
      world,
      param: (key) => matched.params.get(key) ?? '',
      query: url.searchParams,
      body: record.body,
    };
    this.#check(name, route, call);
    const answer = route.handle(call);
    if (route.answers && answer.status !== 204) {
      // The published schema doesn't know that messages can be forwarded.
      const problems = problemsBySchema(route.answers, answer.body).filter(
        ({ code, path }) => code !== 'UNKNOWN_KEY' && !path.join('.').endsWith('message_reference.type'),
      );
      if (problems.length)
        world.violate(name, `this double answered what Discord would not: ${describeProblems(problems)}`);
    }
    return answer;
  }

  /** Checks a body against the published schema and what that misses. */
  #check(name: string, { body: schema, limits, ignores = [] }: Route, call: Call): void {
    if (schema === undefined) return;
    const bySchema = problemsBySchema(typeof schema === 'function' ? schema(call) : schema, call.body);
    const refused = bySchema.filter(({ code }) => code !== 'UNKNOWN_KEY');
    const problems = refused.length ? refused : [...(limits?.(call.body as never, call) ?? [])];
    const unknown = bySchema.filter(({ code, path }) => code === 'UNKNOWN_KEY' && !ignores.includes(path.join('.')));
    const all = [...problems, ...unknown];
    if (all.length) this.#world.violate(name, describeProblems(all));
    if (problems.length) throw invalidFormBody(problems);
  }
}

async function read(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  if (!text) return undefined;
  if (!request.headers['content-type']?.startsWith('application/json')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** More than to be late. */
function misbehaves({ status, breaksOff }: Fault): boolean {
  return status !== undefined || breaksOff !== undefined;
}

function send(response: ServerResponse, { status, headers, body, breaksOff }: Reply): void {
  if (breaksOff === 'at once') {
    response.destroy();
    return;
  }
  if (breaksOff === 'never') return;
  if (breaksOff === 'half-way') {
    // The other half of the connection stays open.
    response.socket?.end('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"id": "1');
    return;
  }
  response.writeHead(status, { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers });
  response.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
}

function withoutTokens(path: string, matched: Matched | undefined): string {
  let plain = path;
  for (const [name, value] of matched?.params ?? []) {
    if (name.endsWith('_token')) plain = plain.replace(encodeURIComponent(value), ':token');
  }
  return plain;
}
