import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { BAKERY, STACK_TRACE, temporaryFolder } from '../terminal/run.ts';

vi.setConfig({ testTimeout: 60_000 });

const MAIN = fileURLToPath(new URL('../../src/workbench/main.ts', import.meta.url));

/** Starts the program and waits for its first line. */
async function start(...args: readonly string[]) {
  const workbench = spawn(process.execPath, [MAIN, '--knowledge', BAKERY, ...args], {
    cwd: temporaryFolder(),
    env: { PATH: process.env['PATH'] },
  });
  onTestFinished(() => void workbench.kill('SIGKILL'));
  let complaints = '';
  workbench.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const [line] = await once(workbench.stdout.setEncoding('utf8'), 'data');
  return { workbench, line: String(line), complaints: () => complaints };
}

function startInVain(...args: readonly string[]) {
  return spawnSync(process.execPath, [MAIN, ...args], { cwd: temporaryFolder(), encoding: 'utf8', env: {} });
}

describe('npm run workbench', () => {
  test('prints where it is open, warns of nothing, and ends at once when told', async () => {
    const { workbench, line, complaints } = await start('--port', '0');
    const url = /^The workbench is open at (http:\/\/127\.0\.0\.1:\d+\/) \(Ctrl\+C closes it\)\.\n$/.exec(line)?.[1];
    const page = await fetch(`${url}page.ts`);
    expect(await page.text()).toContain('EventSource');
    // A page that is open does not keep it from ending.
    const events = await fetch(`${url}events`);
    workbench.kill('SIGINT');
    const [code, signal] = await once(workbench, 'exit');
    expect({ code, signal, complaints: complaints() }).toEqual({ code: 0, signal: null, complaints: '' });
    await events.body?.cancel().catch(() => {});
  });

  test('names a port that is taken, and the remedy', async () => {
    const { line } = await start('--port', '0');
    const port = /:(\d+)\//.exec(line)?.[1] ?? '';
    const { status, stderr } = startInVain('--knowledge', BAKERY, '--port', port);
    expect(status).toBe(1);
    expect(stderr).toContain(`Port ${port} cannot be used (EADDRINUSE). Choose another with --port`);
    expect(stderr).not.toMatch(STACK_TRACE);
  });

  test.for(['99999', 'http', '-1', ''])('refuses %j as a port', (port) => {
    const { status, stderr } = startInVain(`--port=${port}`);
    expect(status).toBe(1);
    expect(stderr).toMatch(/is no port: choose a number from 0 to 65535\.\nUsage: npm run workbench/);
  });

  test('explains itself', () => {
    expect(startInVain('--help').stdout).toMatch(/^Usage: npm run workbench -- \[--port PORT\] \[--knowledge DIR\]/);
  });
});
