import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';

describe('the health check of the Dockerfile', () => {
  const dockerfile = readFileSync(new URL('../deploy/Dockerfile', import.meta.url), 'utf8');
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
  ])('asks where HEALTH_PORT says: %i', async (answer, status) => {
    const server = createServer(({ url }, response) => {
      response.writeHead(url === '/healthz' ? answer : 404).end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await check(String(port))).toBe(status);
    await new Promise((closed) => server.close(closed));
    expect(await check(String(port))).toBe(1);
  });

  test('asks nowhere if HEALTH_PORT is set to nothing', async () => {
    expect(await check('')).toBe(0);
  });
});
