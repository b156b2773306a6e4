import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readSettings } from '../src/config.ts';
import { readShardIds } from '../src/shards.ts';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const read = (path: string) => readFileSync(at(path), 'utf8');

const allSet = readSettings({ HEALTH_PORT: '8080', SHARD_COUNT: '1', SHARD_IDS: '0' });
const settings = ['DISCORD_TOKEN', 'NODE_ENV', ...Object.keys(allSet)];

describe('the Dockerfile', () => {
  const dockerfile = read('deploy/Dockerfile');

  test('copies what is there, and what .dockerignore lets through', () => {
    const ignore = read('deploy/Dockerfile.dockerignore').split('\n');
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) =>
      paths.split(' '),
    );
    expect(copied).toContain('src');
    for (const path of copied) {
      expect(existsSync(at(path)), path).toBe(true);
      expect(ignore).toContain(`!${path}`);
    }
  });

  test('sets nothing but settings of the bot', () => {
    const set = [...dockerfile.matchAll(/^ENV (.+)$/gm)].flatMap(([, line = '']) => line.split(' '));
    for (const assignment of set) expect(settings).toContain(assignment.split('=')[0]);
    expect(set).toContain('HEALTH_PORT=8080');
  });

  describe('asks for its health', () => {
    const [, command = '[]'] = /^HEALTHCHECK (?:.*\\\n)?.*CMD (\[.+\])$/m.exec(dockerfile) ?? [];
    const [program, ...parameters]: readonly string[] = JSON.parse(command);

    /** @returns the status that the check ends with: 0 for well */
    const check = async (port: string) => {
      expect(program).toBe('node');
      const checking = spawn(process.execPath, parameters, { env: { ...process.env, HEALTH_PORT: port } });
      const [status] = await once(checking, 'exit');
      return status;
    };

    test.each([
      [200, 0],
      [503, 1],
    ])('where HEALTH_PORT says: %i', async (answer, status) => {
      const server = createServer(({ url }, response) => {
        response.writeHead(url === '/healthz' ? answer : 404).end();
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const { port } = server.address() as AddressInfo;
      expect(await check(String(port))).toBe(status);
      await new Promise((closed) => server.close(closed));
      expect(await check(String(port))).toBe(1);
    });

    test('nowhere, if HEALTH_PORT is set to nothing', async () => {
      expect(await check('')).toBe(0);
    });
  });

  test('installs a Node.js that the bot can run on, runs no install script, and is not root', () => {
    const [, major = '0'] = /^FROM node:(\d+)/m.exec(dockerfile) ?? [];
    expect(Number(major)).toBeGreaterThanOrEqual(24);
    expect(dockerfile).toMatch(/npm ci --omit=dev --ignore-scripts/);
    expect(dockerfile.indexOf('\nUSER node')).toBeLessThan(dockerfile.indexOf('\nENTRYPOINT'));
    expect(dockerfile).toContain('\nUSER node');
  });
});

describe('the compose file', () => {
  const { services, volumes } = parse(read('deploy/compose.yaml'));

  test('builds the image, keeps the data, and takes away what the bot does not need', () => {
    const { bot } = services;
    expect(existsSync(at(bot.build.dockerfile))).toBe(true);
    expect(bot).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(bot.volumes[0]).toBe(`${Object.keys(volumes)[0]}:${bot.environment.DATA_DIR}`);
    for (const name of Object.keys(bot.environment)) expect(settings).toContain(name);
  });

  test('shows the bot the knowledge of the project, where the image has its own', () => {
    const [, workdir = ''] = /^WORKDIR (\S+)$/m.exec(read('deploy/Dockerfile')) ?? [];
    const [here, there, mode] = services.bot.volumes[1].split(':');
    expect(existsSync(at(`deploy/${here}/article.txt`))).toBe(true);
    expect([there, mode]).toEqual([`${workdir}/knowledge`, 'ro']);
    expect(read('deploy/Dockerfile')).toContain('\nCOPY knowledge ./knowledge\n');
  });
});

describe('the systemd unit', () => {
  const unit = read('deploy/xiaomi-pay-bot.service');

  test('starts the bot itself, reloads the knowledge, and keeps its data where it may write', () => {
    expect(unit).toContain('ExecStart=/usr/bin/node src/main.ts');
    expect(unit).toContain('ExecReload=/bin/kill -HUP $MAINPID');
    expect(unit).toMatch(/^StateDirectory=.+$/m);
    // As systemd would set it, with the settings of an unchanged .env.example.
    expect(readSettings({ DATA_DIR: '', STATE_DIRECTORY: '/var/lib/bot' })).toMatchObject({ DATA_DIR: '/var/lib/bot' });
    expect(readSettings({ DATA_DIR: 'here', STATE_DIRECTORY: '/var/lib/bot' })).toMatchObject({ DATA_DIR: 'here' });
    expect(unit).toMatch(/^DynamicUser=yes$/m);
  });
});

describe('the manifest for Kubernetes', () => {
  const [service, { spec }] = parseAllDocuments(read('deploy/kubernetes.yaml')).map((document) => document.toJS());
  const [container] = spec.template.spec.containers;
  const env: Readonly<Record<string, string | undefined>> = Object.fromEntries(
    container.env.map(({ name, value }: { readonly name: string; readonly value?: string }) => [name, value]),
  );

  test('sets nothing but settings of the bot, each to a value that the bot takes', () => {
    const { POD_INDEX: _, SHARD_IDS = '', ...others } = env;
    for (const name of Object.keys(others)) expect(settings).toContain(name);
    expect(readSettings({ ...others, SHARD_IDS: SHARD_IDS.replace('$(POD_INDEX)', '0') })).toMatchObject({
      HEALTH_HOST: '0.0.0.0',
      DATA_DIR: container.volumeMounts[0].mountPath,
    });
  });

  test('has each shard run by one of its processes', () => {
    const count = Number(env['SHARD_COUNT']);
    const run = Array.from({ length: spec.replicas }, (_, index) =>
      readShardIds(env['SHARD_IDS']?.replace('$(POD_INDEX)', String(index)) ?? '', count),
    );
    expect(run.flat()).toEqual(Array.from({ length: count }, (_, shard) => shard));
  });

  test('finds its processes by their label, and asks for their health where they answer', () => {
    expect(spec.selector.matchLabels).toEqual(service.spec.selector);
    expect(spec.template.metadata.labels).toMatchObject(service.spec.selector);
    expect(spec.serviceName).toBe(service.metadata.name);
    expect(container.ports).toContainEqual({ name: 'health', containerPort: Number(env['HEALTH_PORT']) });
    expect(container.livenessProbe.httpGet).toEqual({ path: '/healthz', port: 'health' });
  });

  test('updates the next process only when all shards of the last have had their turns to connect', () => {
    const shards = Number(env['SHARD_COUNT']) / spec.replicas;
    expect(spec.minReadySeconds).toBeGreaterThan(shards * 5.5);
  });

  test('takes away what the bot does not need', () => {
    expect(spec.template.spec.securityContext).toMatchObject({ runAsNonRoot: true });
    expect(container.securityContext).toMatchObject({ readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
  });
});
