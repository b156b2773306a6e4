import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { onTestFinished } from 'vitest';

/** The folder of PostgreSQL's programs, where Debian or the path have them; `undefined` where it is not installed. */
const PROGRAMS = [
  ...foldersIn('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`),
  ...(process.env['PATH'] ?? '').split(delimiter),
].find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));

function foldersIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort((a, b) => Number(b) - Number(a)) : [];
}

/** PostgreSQL refuses to run as root: then somebody else has to. */
const SERVANT = process.getuid?.() === 0 ? (accountOf('postgres') ?? accountOf('nobody')) : undefined;

function accountOf(user: string): { readonly uid: number; readonly gid: number } | undefined {
  const [, , uid, gid] = /^(.*)$/m.exec(lineOf(user))?.[1]?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

function lineOf(user: string): string {
  return (
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((line) => line.startsWith(`${user}:`)) ?? ''
  );
}

/** Why there is no PostgreSQL to be had here; `undefined` where there is one. */
export const noPostgres: string | undefined =
  PROGRAMS === undefined
    ? 'PostgreSQL is not installed here (apt-get install postgresql)'
    : process.getuid?.() === 0 && !SERVANT
      ? 'PostgreSQL refuses to run as root, and there is nobody else here'
      : undefined;

/** Asked for a password, unlike others. */
export const GUARDED = { user: 'guarded', password: 'open-sesame-17' } as const;

/** A PostgreSQL of one's own, on loopback, in a temporary folder. */
export class PostgresServer {
  readonly #folder: string;
  readonly #port: number;
  #process: ChildProcess | undefined;
  #databases = 0;

  private constructor(folder: string, port: number) {
    this.#folder = folder;
    this.#port = port;
  }

  static async start(): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
    if (SERVANT) chownSync(folder, SERVANT.uid, SERVANT.gid);
    const options = ['--username=bot', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
    execFileSync(program('initdb'), ['-D', join(folder, 'data'), ...options], {
      ...SERVANT,
      cwd: folder,
      stdio: 'pipe',
    });
    const access = join(folder, 'data', 'pg_hba.conf');
    const rules = readFileSync(access, 'utf8');
    writeFileSync(access, `host all ${GUARDED.user} 127.0.0.1/32 scram-sha-256\n${rules}`);
    appendFileSync(
      join(folder, 'data', 'postgresql.conf'),
      "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = off\nshared_buffers = '16MB'\n",
    );
    const server = new PostgresServer(folder, await freePort());
    await server.resume();
    await server.query('postgres', `CREATE ROLE ${GUARDED.user} LOGIN PASSWORD '${GUARDED.password}'`);
    return server;
  }

  /** Ends it for a while, as for an update: connections are cut. It is back at the latest when the test ends. */
  async pause(): Promise<void> {
    onTestFinished(() => this.resume());
    await this.#end();
  }

  async #end(): Promise<void> {
    const server = this.#process;
    this.#process = undefined;
    if (!server || server.exitCode !== null) return;
    server.kill('SIGINT');
    await once(server, 'exit');
  }

  /** Starts it, if it does not run. */
  async resume(): Promise<void> {
    if (this.#process) return;
    this.#process = spawn(program('postgres'), ['-D', join(this.#folder, 'data'), '-p', String(this.#port)], {
      ...SERVANT,
      cwd: this.#folder,
      stdio: 'ignore',
    });
    for (;;) {
      if (this.#process.exitCode !== null) throw new Error(`PostgreSQL ended with ${this.#process.exitCode}.`);
      try {
        await this.query('postgres', 'SELECT 1');
        return;
      } catch {
        await wait(50);
      }
    }
  }

  /** An empty database, by its address. */
  async database(): Promise<string> {
    const name = `bot_${++this.#databases}`;
    await this.query('postgres', `CREATE DATABASE ${name}`);
    return `postgres://bot@127.0.0.1:${this.#port}/${name}`;
  }

  /** A connection without the bot's code; the caller ends it. */
  async connect(database: string): Promise<Client> {
    const client = new Client({ host: '127.0.0.1', port: this.#port, user: 'bot', database });
    client.on('error', () => {});
    await client.connect();
    return client;
  }

  /** Runs SQL without the bot's code; returns the rows of the last statement. */
  async query(database: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const client = await this.connect(database);
    try {
      // Of several statements, each has a result.
      return [await client.query(sql)].flat().at(-1)?.rows ?? [];
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    await this.#end();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const program = (name: string) => join(PROGRAMS ?? '', name);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return address.port;
}

/** The name in a database's URL. */
export const databaseIn = (url: string) => new URL(url).pathname.slice(1);

let server: Promise<PostgresServer> | undefined;

/** The PostgreSQL of a test file, started when the first test needs it. */
export function postgres(): Promise<PostgresServer> {
  server ??= PostgresServer.start();
  return server;
}

/** For `afterAll`. */
export async function stopPostgres(): Promise<void> {
  await (await server)?.stop();
  server = undefined;
}
