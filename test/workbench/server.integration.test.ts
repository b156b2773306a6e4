import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { workbench } from '../../src/workbench/main.ts';
import { BAKERY } from '../bakery.ts';
import { runCommand } from '../cli/run-command.ts';
import { PATIENCE } from '../patience.ts';
import { openWorkbench, startWorkbench } from './workbench.ts';

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request as it is written: `fetch` tidies paths and sets the Host header itself. */
async function send(url: string, path: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  const { hostname, port } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string; policy: string }>();
  const sending = request({ hostname, port, path, method, headers }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    response.on('end', () =>
      resolve({
        status: response.statusCode ?? 0,
        text,
        policy: String(response.headers['content-security-policy']),
      }),
    );
  });
  sending.on('error', reject);
  sending.end(body);
  return promise;
}

const JSON_BODY = { 'content-type': 'application/json' };
const QUESTION = JSON.stringify({ text: 'was kostet das brot', heard: 'addressed', locale: 'de' });

describe('the workbench’s server', () => {
  /** What no test here changes, all share. */
  let url: string;
  beforeAll(async () => {
    const server = await startWorkbench(BAKERY);
    url = server.url;
    return server.stop;
  });

  test('tells what the bot would say', async () => {
    const { status, text } = await send(url, '/api/ask', { method: 'POST', headers: JSON_BODY, body: QUESTION });
    expect(status).toBe(200);
    expect(JSON.parse(text).message.content).toContain('drei Euro');
  });

  test('listens on 127.0.0.1 alone', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of others) {
      await expect(send(url.replace('127.0.0.1', address), '/'), address).rejects.toThrow('ECONNREFUSED');
    }
  });

  test('names a port that is taken, and the remedy', async () => {
    const { port } = new URL(url);
    const { code, stderr } = await runCommand(workbench, ['--port', port]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `Port ${port} cannot be used (EADDRINUSE). Choose another with --port, or 0 for any free one.\n`,
    });
  });

  test('answers to its own names alone: no other page can point a name of its own here', async () => {
    const { port } = new URL(url);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
      expect((await send(url, '/', { headers: { host } })).status, host).toBe(200);
    }
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `localhost.evil.example:${port}`]) {
      const { status, text } = await send(url, '/api/state', { headers: { host } });
      expect([status, JSON.parse(text).error], host).toEqual([
        403,
        expect.stringContaining('answers to no other name'),
      ]);
    }
  });

  test.for(['cross-site', 'same-site'])('refuses what a page of a %s asks for, unread as it would be', async (site) => {
    expect((await send(url, '/api/state', { headers: { 'sec-fetch-site': site } })).status).toBe(403);
    for (const own of ['same-origin', 'none']) {
      expect((await send(url, '/api/state', { headers: { 'sec-fetch-site': own } })).status, own).toBe(200);
    }
  });

  test.for(['//', 'http://['])('says of the address %s that it is none', async (path) => {
    expect(await send(url, path)).toMatchObject({ status: 400, text: expect.stringContaining('This is no address.') });
  });

  test('answers a HEAD as a GET, without the content', async () => {
    expect(await send(url, '/', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
  });

  test.for(['https://evil.example', 'null', 'http://127.0.0.1:1', 'https://127.0.0.1'])(
    'refuses what a page at %s posts',
    async (origin) => {
      const headers = { ...JSON_BODY, origin };
      const { status, text } = await send(url, '/api/ask', { method: 'POST', headers, body: QUESTION });
      expect([status, JSON.parse(text).error]).toEqual([403, 'The workbench answers no requests from other pages.']);
    },
  );

  test('refuses forms, which pages elsewhere may post without asking', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp']) {
      const headers = { 'content-type': type };
      expect((await send(url, '/api/ask', { method: 'POST', headers, body: QUESTION })).status, type).toBe(415);
    }
  });

  test('serves nothing but the page and its packages', async () => {
    for (const path of [
      '/../server.ts',
      '/%2e%2e/server.ts',
      '/..%2fserver.ts',
      '/tsconfig.json',
      '/npm/lit/../../package.js',
      '/npm/lit/%2e%2e/%2e%2e/src/main.js',
      '/npm/lit/..%2f..%2f..%2fetc/passwd',
      '/npm/discord.js/src/index.js',
      '/npm/lit/package.json',
      '/npm/lit/',
      '/npm/lit/nothing.js',
      '/topics/bread.yaml',
      '/.env',
      '//etc/passwd',
    ]) {
      expect((await send(url, path)).status, path).toBe(404);
    }
  });

  test('serves the page’s modules without their types, and its packages', async () => {
    const page = await send(url, '/page.ts');
    expect(page.text).toContain('function redraw()');
    expect(page.text).not.toContain(': void');
    expect((await send(url, '/npm/lit/index.js')).status).toBe(200);
  });

  test('forbids the browser to load or run anything else', async () => {
    const { policy } = await send(url, '/');
    expect(policy).toMatch(/^default-src 'self'; script-src 'self' 'sha256-[^']+';/);
    expect(policy).not.toContain("'unsafe-inline'");
    expect(policy).not.toMatch(/https?:|\*/);
  });

  test.for([
    ['too long', 'a'.repeat(70_000), 413, /too long; 65536 bytes are read/],
    ['no JSON', '{"text":', 400, /^The request is not valid JSON\.$/],
    ['nothing', '', 400, /^The request is not valid JSON\.$/],
    ['another form', '{"text":5,"heard":"shouted"}', 400, /another form than expected: .*text/s],
    ['more than was asked for', JSON.stringify({ ...JSON.parse(QUESTION), asker: '2' }), 400, /another form/],
    ['a message longer than any on Discord', QUESTION.replace('brot', 'b'.repeat(4_001)), 400, /4000/],
  ] as const)('answers a request with %s by a sentence', async ([, body, status, error]) => {
    const answer = await send(url, '/api/ask', { method: 'POST', headers: JSON_BODY, body });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text).error).toMatch(error);
  });

  test('knows no other paths and methods', async () => {
    expect((await send(url, '/api/nothing')).status).toBe(404);
    expect((await send(url, '/api/topic?id=nothing')).status).toBe(404);
    expect((await send(url, '/api/trial?gap=1&topic=bread')).status).toBe(404);
    expect((await send(url, '/', { method: 'DELETE' })).status).toBe(405);
    expect((await send(url, '/api/state', { method: 'PUT' })).status).toBe(405);
  });

  test('takes a forged or an old button for what it is', async () => {
    const use = async (id: string) => {
      const body = JSON.stringify({ id, isPrivate: false, locale: 'en' });
      return JSON.parse((await send(url, '/api/use', { method: 'POST', headers: JSON_BODY, body })).text);
    };
    for (const id of ['nonsense', 'xp1|topic|en|1|gone', 'xp1|page|en|1|3']) {
      const { kind, message } = await use(id);
      expect([kind, message.content], id).toEqual(['whisper', 'This topic no longer exists. Feel free to ask again.']);
    }
    // Whoever clicks here is not who asked there.
    expect((await use('xp1|topic|en|2|bread')).kind).toBe('whisper');
    expect((await use('xp1|dismiss|en|2|')).kind).toBe('whisper');
  });
});

describe('what has changed since the workbench was opened', () => {
  const changes = async (url: string) => JSON.parse((await send(url, '/api/changes')).text);

  test('is nothing at first', async () => {
    const { url } = await openWorkbench();
    expect(await changes(url)).toMatchObject({ judged: 19, changes: [] });
  });

  test('is who gets another reply, the worse ones first, after each save', async () => {
    const { bakery, url } = await openWorkbench();
    bakery.edit('topics/hours.yaml', '- when do you open', '- xyzzy');
    bakery.edit('topics/bread.yaml', '[how much is the bread', '[when do you open, how much is the bread');
    const worse = async () =>
      (await changes(url)).changes.filter(({ verdict }: { verdict: string }) => verdict === 'worse');
    await vi.waitFor(async () => expect(await worse()).not.toEqual([]), PATIENCE);
    const [first, ...others] = (await changes(url)).changes;
    expect(first).toMatchObject({ text: 'when do you open', expected: ['hours'], verdict: 'worse' });
    expect(first.before).toMatchObject({ outcome: 'answer', topics: ['hours'] });
    for (const { verdict } of others) expect(['worse', 'other']).toContain(verdict);
    const state = JSON.parse((await send(url, '/api/state')).text);
    expect(state.changedReplies).toBe(1 + others.length);
  });
});
