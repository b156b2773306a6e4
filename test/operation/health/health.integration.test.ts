import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ExpectedError } from '../../../src/knowledge/expected-error.ts';
import { openHealth } from '../../../src/operation/health/health.ts';
import { LiveKnowledge } from '../../../src/operation/live-knowledge.ts';
import { askedOfAll, scene } from '../../discord/scene.ts';
import { FakeClock } from '../../fake-clock.ts';
import { shippedEngine } from '../../shipped-knowledge.ts';

/** A bot in a server whose health can be asked for, on a clock of the test's. */
async function watched() {
  const clock = new FakeClock();
  const live = new LiveKnowledge(shippedEngine);
  const log = pino({ level: 'silent' });
  const server = await openHealth({ host: '127.0.0.1', port: 0 }, live, log, clock);
  onTestFinished(() => server.close());
  const { monitor, metrics } = server;
  const here = await scene(undefined, { monitor, metrics });
  const get = (path: string) => fetch(`http://127.0.0.1:${server.port}${path}`);
  return {
    ...here,
    get,
    /** Resolves when the bot has noticed that its connection is gone. */
    lost: () => expect.poll(() => monitor.losses).toBe(1),
    health: async () => {
      const response = await get('/healthz');
      return { status: response.status, ...((await response.json()) as object) };
    },
    /** The value of a metric, by its name and labels as they are written. */
    metric: async (line: string) => {
      const text = await (await get('/metrics')).text();
      const found = text.split('\n').find((candidate) => candidate.startsWith(`${line} `));
      return found === undefined ? undefined : Number(found.slice(line.length + 1));
    },
    passes: (seconds: number) => clock.advance(seconds * 1_000),
  };
}

describe('/healthz', () => {
  test('says that all is well while the bot is connected', async () => {
    const { health, engine } = await watched();
    expect(await health()).toEqual({
      status: 200,
      well: true,
      gateway: { connected: true, awaySeconds: 0 },
      knowledge: { version: engine.knowledge.version, topics: engine.knowledge.topics.length, problems: 0 },
    });
  });

  test('bears with a short absence, which is ordinary, but not with a long one', async () => {
    const { health, discord, passes, lost } = await watched();
    discord.cutAt('before HELLO', Number.POSITIVE_INFINITY);
    discord.drop();
    await lost();
    expect(await health()).toMatchObject({ status: 200, gateway: { connected: false, awaySeconds: 0 } });
    await passes(120);
    expect(await health()).toMatchObject({ status: 200, gateway: { connected: false, awaySeconds: 120 } });
    await passes(1);
    expect(await health()).toMatchObject({ status: 503, well: false, gateway: { connected: false, awaySeconds: 121 } });
    discord.cutAt('before HELLO', 0);
    await discord.settled();
    expect(await health()).toMatchObject({ status: 200, gateway: { connected: true, awaySeconds: 0 } });
  });

  test('answers another path with a sentence', async () => {
    const { get } = await watched();
    const response = await get('/');
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('Try /healthz or /metrics.');
  });
});

describe('/metrics', () => {
  test('counts questions by outcome, language and how they came in, and holds nothing of anybody', async () => {
    const { metric, get, asks, anna, ben, general, sets, discord, engine } = await watched();
    await asks('Was kostet Xiaomi Pay?');
    await asks('zzyyx qwxz vbnm?');
    await sets(general, 'open');
    await ben.says(general, askedOfAll(engine, 'launch-date')).reply();
    await anna.runs('xiaomipay ask', { question: 'Was kostet Xiaomi Pay?' });
    await ben.rightClicks('Xiaomi Pay: answer', anna.says(general, 'bezahlen geht wo?'));
    await discord.settled();
    const answers = (labels: string) => metric(`xiaomipay_answers_total{${labels}}`);
    expect(await answers('outcome="answer",language="de",way="message"')).toBe(1);
    expect(await answers('outcome="unknown",language="de",way="message"')).toBe(1);
    expect(await answers('outcome="answer",language="de",way="overheard"')).toBe(1);
    expect(await answers('outcome="answer",language="de",way="command"')).toBe(1);
    expect(await metric('xiaomipay_answer_seconds_count{way="message"}')).toBe(2);
    const text = await (await get('/metrics')).text();
    expect(text).toMatch(/xiaomipay_answers_total\{[^}]*way="context-menu"\} 1/);
    expect(text).not.toMatch(/Anna|Ben|kostet|zzyyx|(?<![\d.])\d{17,20}/);
  });

  test('shows the connection, and which knowledge answers', async () => {
    const { metric, discord, engine, lost } = await watched();
    const { version, topics } = engine.knowledge;
    expect(await metric('xiaomipay_gateway_connected')).toBe(1);
    expect(await metric(`xiaomipay_knowledge_topics{version="${version}"}`)).toBe(topics.length);
    expect(await metric('xiaomipay_rest_responses_total{status="2xx"}')).toBeGreaterThan(0);
    expect(await metric('process_resident_memory_bytes')).toBeGreaterThan(0);
    discord.drop();
    await lost();
    await discord.settled();
    expect(await metric('xiaomipay_gateway_reconnects_total')).toBe(1);
  });

  test('is written as Prometheus reads it', async () => {
    const { get } = await watched();
    const response = await get('/metrics');
    expect(response.headers.get('content-type')).toContain('text/plain');
    const lines = (await response.text()).split('\n').filter(Boolean);
    const sample = /^[a-z_:][\w:]*(\{([a-z_]\w*="[^"]*",?)+\})? [-+.\deNaInf]+$/i;
    expect(lines.filter((line) => !line.startsWith('# ') && !sample.test(line))).toEqual([]);
  });
});

describe('a port', () => {
  test('that is taken stops the start, naming the setting', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const live = new LiveKnowledge(shippedEngine);
    const started = openHealth({ host: '127.0.0.1', port }, live, pino({ level: 'silent' }), new FakeClock());
    await expect(started).rejects.toThrow(ExpectedError);
    await expect(started).rejects.toThrow(/another program listens there. Stop it, or set HEALTH_PORT/);
  });
});
