import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readSettings } from '../src/operation/settings.ts';
import { readShardIds } from '../src/operation/shards.ts';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const read = (path: string) => readFileSync(at(path), 'utf8');

const dockerfile = read('deploy/Dockerfile');
const { services, volumes } = parse(read('deploy/compose.yaml'));
const [service, { spec }] = parseAllDocuments(read('deploy/kubernetes.yaml')).map((document) => document.toJS());
const [container] = spec.template.spec.containers;
const env: Readonly<Record<string, string | undefined>> = Object.fromEntries(
  container.env.map(({ name, value }: { readonly name: string; readonly value?: string }) => [name, value]),
);

describe('what is deployed', () => {
  const allSet = readSettings({ HEALTH_PORT: '8080', SHARD_COUNT: '1', SHARD_IDS: '0' });
  const settings = ['DISCORD_TOKEN', 'NODE_ENV', 'POD_INDEX', ...Object.keys(allSet)];
  const inDockerfile = [...dockerfile.matchAll(/^ENV (.+)$/gm)].flatMap(([, line = '']) => line.split(' '));

  test.for([
    ['Dockerfile', inDockerfile.map((assignment) => assignment.split('=')[0] ?? '')],
    ['compose.yaml', Object.keys(services.bot.environment)],
    ['kubernetes.yaml', Object.keys(env)],
  ] as const)('sets nothing but settings of the bot: %s', ([, names]) => {
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !settings.includes(name))).toEqual([]);
  });

  test('is not root, and can write nothing but its data', () => {
    expect(dockerfile.indexOf('\nUSER node')).toBeGreaterThan(0);
    expect(services.bot).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    expect(spec.template.spec.securityContext).toMatchObject({ runAsNonRoot: true });
    expect(container.securityContext).toMatchObject({ readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
  });
});

test('the Dockerfile copies what is there, and what .dockerignore lets through', () => {
  const ignore = read('deploy/Dockerfile.dockerignore').split('\n');
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) => paths.split(' '));
  expect(copied).toContain('src');
  for (const path of copied) {
    expect(existsSync(at(path)), path).toBe(true);
    expect(ignore).toContain(`!${path}`);
  }
});

test('the compose file keeps the data, and shows the bot the knowledge of the project where the image has its own', () => {
  const { bot } = services;
  expect(existsSync(at(bot.build.dockerfile))).toBe(true);
  expect(bot.volumes[0]).toBe(`${Object.keys(volumes)[0]}:${bot.environment.DATA_DIR}`);
  const [, workdir = ''] = /^WORKDIR (\S+)$/m.exec(dockerfile) ?? [];
  const [here, there, mode] = bot.volumes[1].split(':');
  expect(existsSync(at(`deploy/${here}/article.txt`))).toBe(true);
  expect([there, mode]).toEqual([`${workdir}/knowledge`, 'ro']);
});

test('the systemd unit starts a program that is there, and gives it a place for its data', () => {
  const unit = read('deploy/xiaomi-pay-bot.service');
  const [, program = ''] = /^ExecStart=\S+ (\S+)$/m.exec(unit) ?? [];
  expect(existsSync(at(program))).toBe(true);
  expect(unit).toMatch(/^StateDirectory=.+$/m);
});

describe('the manifest for Kubernetes', () => {
  test('sets each setting to a value that the bot takes', () => {
    const SHARD_IDS = env['SHARD_IDS']?.replace('$(POD_INDEX)', '0');
    expect(readSettings({ ...env, SHARD_IDS })).toMatchObject({
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
});
