import { mkdirSync } from 'node:fs';
import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { checkKnowledge } from '../../src/evaluation/check.ts';
import { figuresOf } from '../../src/evaluation/figures.ts';
import { judge } from '../../src/evaluation/judge.ts';
import { readSet } from '../../src/evaluation/sets.ts';
import { openEngine } from '../../src/operation/open-engine.ts';
import { workbench } from '../../src/workbench/main.ts';
import { Workbench } from '../../src/workbench/workbench.ts';
import { BAKERY, bakeryTopic } from '../bakery.ts';
import { runCommand } from '../cli/run-command.ts';
import { bakeryCopy } from '../evaluation/bakery-copy.ts';
import { PATIENCE } from '../patience.ts';
import { temporaryFolder } from '../temporary-folder.ts';
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

const QUESTION = JSON.stringify({
  text: 'was kostet das brot',
  trigger: 'addressed',
  previous: [],
  language: 'de',
});

describe('the workbench’s server', () => {
  /** What no test here changes, all share. */
  let url: string;
  beforeAll(async () => {
    const server = await startWorkbench(BAKERY);
    url = server.url;
    return server.stop;
  });

  const post = async (path: string, body: object) =>
    JSON.parse((await send(url, path, { method: 'POST', body: JSON.stringify(body) })).text);

  test('says what the bot would say, and what it would have done the other way', async () => {
    const asked = await post('/api/ask', JSON.parse(QUESTION));
    expect(asked.message).toMatchObject({ topics: ['bread'], language: 'de' });
    expect(asked.message.content).toContain(bakeryTopic('bread', 'de').answer);
    expect([asked.decision.kind, asked.otherwise.kind]).toEqual(['answer', 'silent']);
  });

  test('takes a message as the reply to an earlier answer, in its language', async () => {
    const bakery = bakeryCopy();
    bakery.write('follow-ups.yaml', '- { after: bread, asks: hours, de: [ab wann denn, und wann], en: [since when] }');
    const { url } = await openWorkbench({ bakery });
    const body = JSON.stringify({ text: 'und wann', trigger: 'addressed', previous: ['bread'], language: 'en' });
    const { text } = await send(url, '/api/ask', { method: 'POST', body });
    expect(JSON.parse(text).why.topics[0].id).toBe('hours');
    const silent = JSON.stringify({ ...JSON.parse(body), text: '-1' });
    const other = await send(url, '/api/ask', { method: 'POST', body: silent });
    expect(JSON.parse(other.text).decision.language).toBe('en');
  });

  test('listens on 127.0.0.1 only', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of others) {
      await expect(send(url.replace('127.0.0.1', address), '/'), address).rejects.toThrow('ECONNREFUSED');
    }
  });

  test('names a taken port and the remedy', async () => {
    const { port } = new URL(url);
    const { code, stderr } = await runCommand(workbench, ['--port', port]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `Port ${port} can't be used (EADDRINUSE). Choose another with --port, or 0 for any free one.\n`,
    });
  });

  test('answers to its own host names only, so that no website can point its own here', async () => {
    const { port } = new URL(url);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
      expect((await send(url, '/', { headers: { host } })).status, host).toBe(200);
    }
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `localhost.evil.example:${port}`]) {
      const { status, text } = await send(url, '/events', { headers: { host } });
      expect([status, JSON.parse(text).error], host).toEqual([403, expect.stringContaining('has no other name')]);
    }
  });

  test.for(['https://evil.example', 'null', 'http://127.0.0.1:1', 'https://127.0.0.1'])(
    'refuses posts from a page at %s',
    async (origin) => {
      const headers = { origin };
      const { status, text } = await send(url, '/api/ask', { method: 'POST', headers, body: QUESTION });
      expect([status, JSON.parse(text).error]).toEqual([
        403,
        'The workbench does not answer requests from other pages.',
      ]);
    },
  );

  test('serves only the page and its packages', async () => {
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
      '//',
      'http://[',
      '//[/../../server.ts',
    ]) {
      expect((await send(url, path)).status, path).toBe(404);
    }
  });

  test('serves the page’s modules without their types, and its packages', async () => {
    const page = await send(url, '/page.ts');
    expect(page.text).toContain('function refresh()');
    expect(page.text).not.toContain(': void');
    expect((await send(url, '/npm/lit/index.js')).status).toBe(200);
  });

  test('keeps the browser from loading or running anything else', async () => {
    const { policy } = await send(url, '/');
    expect(policy).toMatch(/^default-src 'self'; script-src 'self' 'sha256-[^']+';/);
    expect(policy).not.toContain("'unsafe-inline'");
    expect(policy).not.toMatch(/https?:|\*/);
  });

  test.for([
    ['not JSON', '{"text":', 400, /^The request is not valid JSON\.$/],
    ['nothing', '', 400, /^The request is not valid JSON\.$/],
    ['the wrong form', '{"text":5,"trigger":"shouted"}', 400, /wrong form: .*text/s],
    ['more than was asked for', JSON.stringify({ ...JSON.parse(QUESTION), asker: '2' }), 400, /wrong form/],
    ['a message longer than any on Discord', QUESTION.replace('brot', 'b'.repeat(4_001)), 400, /4000/],
  ] as const)('explains what is wrong with a request: %s', async ([, body, status, error]) => {
    const answer = await send(url, '/api/ask', { method: 'POST', body });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text).error).toMatch(error);
  });

  test('has no other paths and methods', async () => {
    for (const [method, path] of [
      ['GET', '/api/nothing'],
      ['GET', '/api/ask'],
      ['PUT', '/api/ask'],
      ['DELETE', '/'],
    ] as const) {
      expect((await send(url, path, { method })).status, `${method} ${path}`).toBe(404);
    }
  });

  test('treats a forged or outdated button like Discord would', async () => {
    const use = (id: string) => post('/api/use', { id, isPrivate: false, language: 'en' });
    for (const id of ['nonsense', 'xp1|topic|en|1|gone', 'xp1|dismiss|en|2|', 'xp1|topic|en|2|bread']) {
      expect((await use(id)).kind, id).toBe('whisper');
    }
  });
});

describe('after a save', () => {
  test('shows the reworded answer at once, before and after, and what messages get another reply', async () => {
    const { bakery, workbench } = await openWorkbench();
    const changes = () => workbench.state.changes;
    expect(changes()).toMatchObject({ count: 19, reworded: [], replies: [] });
    bakery.edit('topics/bread.yaml', 'kostet laut Artikel drei Euro', 'kostet drei Euro, sagt der Artikel');
    await vi.waitFor(() => expect(changes().reworded).toHaveLength(1), PATIENCE);
    const [reworded] = changes().reworded;
    expect(reworded).toMatchObject({ topic: 'bread', language: 'de', before: bakeryTopic('bread', 'de').answer });
    expect(reworded?.after).toContain('sagt der Artikel');
    bakery.edit('topics/hours.yaml', '- when do you open', '- xyzzy');
    bakery.edit('topics/bread.yaml', '[how much is the bread', '[when do you open, how much is the bread');
    await vi.waitFor(() => {
      const [first] = changes().replies;
      expect(first).toMatchObject({ text: 'when do you open', expected: ['hours'], verdict: 'worse' });
      expect(first?.before).toEqual({ kind: 'answer', topics: ['hours'] });
    }, PATIENCE);
  });

  test('goes on answering from the last version without errors, and names the errors', async () => {
    const { bakery, workbench } = await openWorkbench();
    const version = workbench.state.knowledge?.version;
    bakery.edit('topics/bread.yaml', 'status: reported', 'status: maybe');
    await vi.waitFor(() => {
      const [first] = workbench.state.problems;
      expect(first).toMatchObject({ severity: 'error', line: 2 });
      expect(first?.file).toMatch(/topics\/bread\.yaml$/);
    }, PATIENCE);
    expect(workbench.state.knowledge?.version).toBe(version);
  });

  test('judges the tuning set like npm run eval, and shows what of it goes wrong', async () => {
    const bakery = bakeryCopy();
    const line = (text: string, topic: string) => JSON.stringify({ text, lang: 'de', kind: 'ask', topics: [topic] });
    const lines = [line('was kostet das brot', 'hours'), line('preis roggenbrot', 'bread')];
    mkdirSync(join(bakery.folder, 'evaluation'));
    bakery.write('evaluation/tuning.jsonl', lines.join('\n'));
    const { workbench } = await openWorkbench({ bakery });
    const { wrong, figures } = workbench.state.changes;
    const got = { kind: 'answer', topics: ['bread'] };
    const context = { trigger: 'addressed', previous: [], language: 'de' };
    expect(wrong).toEqual([{ text: 'was kostet das brot', context, expected: ['hours'], got }]);
    const { knowledge } = checkKnowledge(bakery.folder);
    if (!knowledge) throw new Error('The bakery has errors.');
    const judged = readSet('tuning', knowledge)?.map((message) => judge(message, new Engine(knowledge, 'de')));
    expect(figures).toEqual([{ set: 'tuning', figures: figuresOf(judged ?? []) }]);
  });

  test('names the broken line of an evaluation set, and compares by the phrasings meanwhile', async () => {
    const { bakery, workbench } = await openWorkbench();
    mkdirSync(join(bakery.folder, 'evaluation'));
    bakery.write('evaluation/tuning.jsonl', '\n{"text": ');
    await vi.waitFor(() => {
      const broken = expect.objectContaining({ line: 2, what: expect.stringContaining('not a JSON object') });
      expect(workbench.state.problems).toContainEqual(broken);
    }, PATIENCE);
    await vi.waitFor(() => expect(workbench.state.isLearning).toBe(false), PATIENCE);
    expect(workbench.state.changes).toMatchObject({ count: 19 });
  });

  test('answers at once what the bot has learned before, and compares with that what is saved meanwhile', async () => {
    const bakery = bakeryCopy();
    const settings = { DEFAULT_LANGUAGE: 'de', DATA_DIR: temporaryFolder(), RECORD_QUESTIONS: false } as const;
    openEngine(bakery.folder, { ...settings, KNOWLEDGE_DIR: bakery.folder });
    const opened = new Workbench(bakery.folder, settings);
    onTestFinished(() => opened.stop());
    expect(opened.engine).toBeDefined();
    bakery.edit('topics/bread.yaml', 'laut Artikel drei Euro', 'dort laut Artikel drei Euro');
    const change = expect.objectContaining({
      topic: 'bread',
      language: 'de',
      after: expect.stringContaining('dort laut Artikel'),
    });
    await vi.waitFor(() => expect(opened.state.changes.reworded).toEqual([change]), PATIENCE);
    await vi.waitFor(() => expect(opened.state.isLearning).toBe(false), PATIENCE);
    expect(opened.state.changes.reworded).toEqual([change]);
  });
});
