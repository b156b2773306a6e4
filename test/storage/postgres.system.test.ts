import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Clock } from '../../src/operation/clock.ts';
import { ONE_SHARD, type Shards } from '../../src/operation/shards.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import { type Storage, StorageError } from '../../src/storage/storage.ts';
import { FakeClock } from '../fake-clock.ts';
import { postgres, stopPostgres } from './databases.ts';
import { databaseIn, GUARDED, noPostgres } from './postgres-server.ts';

const OPEN = { mode: 'open', language: 'de' } as const;
const never = new AbortController().signal;

/** Opens a database as one process of the bot; what it logs goes to `logged`. */
async function open(
  url: string,
  shards: Shards = ONE_SHARD,
  logged: string[] = [],
  signal = never,
  clock?: Clock,
): Promise<Storage> {
  const log = pino({ base: null }, { write: (line: string) => void logged.push(line) });
  const storage = await openPostgres(url, shards, log, signal, clock);
  // The test may have closed it.
  onTestFinished(() => storage.close().catch(() => {}));
  return storage;
}

/** Longer than any pause. */
const SOME_TIME = 30_000;

/** Looks when some time has passed. */
async function later<T>(clock: FakeClock, look: () => T): Promise<T> {
  await clock.advance(SOME_TIME);
  return look();
}

/** The message with which something is refused. */
async function refusal(refused: Promise<unknown>): Promise<string> {
  try {
    await refused;
  } catch (error) {
    if (error instanceof StorageError) return error.message;
    throw error;
  }
  return 'not refused';
}

/** A way to the database that can fall silent: nothing is cut, and nothing gets through. */
async function line(url: string) {
  const { hostname, port, pathname } = new URL(url);
  const ends = new Set<Socket>();
  let isSilent = false;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from);
      from.on('data', (bytes) => {
        if (!isSilent) to.write(bytes);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        ends.delete(from);
        if (!isSilent) to.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const end of ends) end.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return {
    url: `postgres://bot@127.0.0.1:${address.port}${pathname}`,
    fallSilent: () => {
      isSilent = true;
    },
    /** Lets new connections through again. */
    speak: () => {
      isSilent = false;
    },
  };
}

if (noPostgres) console.warn(`Not tested: a PostgreSQL database. ${noPostgres}.`);
describe.skipIf(noPostgres)('a PostgreSQL database', () => {
  afterAll(stopPostgres);

  test('is furnished once by however many processes start at once', async () => {
    const url = await (await postgres()).database();
    const processes = await Promise.all(Array.from({ length: 5 }, () => open(url)));
    await processes[0]?.channels.set('1', '10', OPEN);
    await expect.poll(() => processes.map(({ channels }) => channels.get('1'))).toEqual(Array(5).fill(OPEN));
  });

  test('keeps what is in it when the bot starts again', async () => {
    const url = await (await postgres()).database();
    const before = await open(url);
    await before.channels.set('1', '10', OPEN);
    await before.gaps.record({ text: 'band', meaning: 'band', language: 'en', topic: undefined }, '2026-01-01');
    await before.close();
    const after = await open(url);
    expect(after.channels.get('1')).toEqual(OPEN);
    expect((await after.gaps.all()).map(({ text }) => text)).toEqual(['band']);
  });

  test('is known to a process as far as its shards need it', async () => {
    const url = await (await postgres()).database();
    const [even, odd] = [String(2n << 22n), String(3n << 22n)];
    const all = await open(url);
    await all.channels.set('1', even, OPEN);
    await all.channels.set('2', odd, OPEN);
    const second = await open(url, { ids: [1], count: 2 });
    expect(['1', '2'].map((id) => second.channels.get(id).mode)).toEqual(['mentions', 'open']);
    await all.channels.set('3', even, OPEN);
    await all.channels.set('4', odd, OPEN);
    await expect.poll(() => second.channels.get('4').mode).toBe('open');
    expect(second.channels.get('3').mode).toBe('mentions');
  });

  describe('that is gone for a while', () => {
    test('is still known, takes nothing and says so, and is read anew when it is back', async () => {
      const server = await postgres();
      const url = await server.database();
      const logged: string[] = [];
      const clock = new FakeClock();
      const { channels, gaps, turns } = await open(url, ONE_SHARD, logged, never, clock);
      await channels.set('1', '10', OPEN);
      await server.pause();
      await expect.poll(() => logged.join()).toContain('out of reach: the bot answers by what it knows');
      expect(channels.get('1')).toEqual(OPEN);
      for (const refused of [
        channels.set('1', '10', { mode: 'off', language: undefined }),
        channels.forgetChannel('1'),
        channels.forgetGuild('10'),
        gaps.record({ text: 'band', meaning: 'band', language: 'en', topic: undefined }, '2026-01-01'),
        gaps.all(),
        turns.take(0, never),
      ]) {
        expect(await refusal(refused)).toMatch(/^The PostgreSQL database 127\.0\.0\.1:\d+\/bot_\d+ cannot be reached/);
      }
      expect(channels.get('1')).toEqual(OPEN);
      await server.resume();
      await server.query(databaseIn(url), "UPDATE xiaomi_pay_bot.channel_settings SET mode = 'off'");
      await expect.poll(() => later(clock, () => channels.get('1').mode)).toBe('off');
      await channels.set('1', '10', OPEN);
      await server.query(databaseIn(url), "UPDATE xiaomi_pay_bot.channel_settings SET mode = 'off'");
      await expect.poll(() => channels.get('1').mode).toBe('off');
      expect(logged.join()).toContain('the database is back');
    });

    test('when the bot starts is waited for', async () => {
      const server = await postgres();
      const url = await server.database();
      await server.pause();
      const logged: string[] = [];
      const clock = new FakeClock();
      const opening = open(url, ONE_SHARD, logged, never, clock);
      await expect.poll(() => later(clock, () => logged.length)).toBeGreaterThan(1);
      await server.resume();
      await expect.poll(() => clock.waits.length).toBe(1);
      await clock.advance(SOME_TIME);
      await (await opening).channels.set('1', '10', OPEN);
      expect(logged.join()).toContain('cannot be reached');
    });

    test('is waited for no longer than the bot runs', async () => {
      const server = await postgres();
      const url = await server.database();
      await server.pause();
      const stopping = new AbortController();
      const logged: string[] = [];
      const opening = open(url, ONE_SHARD, logged, stopping.signal);
      await expect.poll(() => logged).not.toEqual([]);
      stopping.abort();
      expect(await refusal(opening)).toContain('cannot be reached');
    });

    test('does not hold up the end', async () => {
      const server = await postgres();
      const storage = await open(await server.database());
      await server.pause();
      await storage.close();
    });
  });

  test('that falls silent lets nobody wait for longer than a command may take', async () => {
    const { url, fallSilent } = await line(await (await postgres()).database());
    const { channels, close } = await open(url);
    await channels.set('1', '10', OPEN);
    fallSilent();
    // One connection that was open before, and one that has to be opened.
    const refused = await Promise.all([
      refusal(channels.set('1', '10', { mode: 'off', language: undefined })),
      refusal(channels.set('2', '10', { mode: 'off', language: undefined })),
    ]);
    for (const message of refused) expect(message).toContain('cannot be reached');
    expect(channels.get('1')).toEqual(OPEN);
    await close();
  });

  test('that falls silent is noticed, and read anew when it speaks again', async () => {
    const server = await postgres();
    const direct = await server.database();
    const { url, fallSilent, speak } = await line(direct);
    const logged: string[] = [];
    const clock = new FakeClock();
    const { channels } = await open(url, ONE_SHARD, logged, never, clock);
    await channels.set('1', '10', OPEN);
    fallSilent();
    await server.query(databaseIn(direct), "UPDATE xiaomi_pay_bot.channel_settings SET mode = 'off'");
    await expect.poll(() => later(clock, () => logged.join())).toContain('out of reach');
    expect(channels.get('1')).toEqual(OPEN);
    speak();
    await expect.poll(() => later(clock, () => channels.get('1').mode)).toBe('off');
  });

  describe('that cannot be used ends the start with what to do:', () => {
    const addressFor = (url: string, user: string, password: string) =>
      url.replace('bot@', `${user}:${encodeURIComponent(password)}@`);

    test('the password is wrong, and is not shown', async () => {
      const url = addressFor(await (await postgres()).database(), GUARDED.user, 'se/cret word');
      const message = await refusal(open(url));
      expect(message).toMatch(/bot_\d+ refuses the user or the password\. Mend them in DATABASE_URL\.$/);
      expect(message).not.toMatch(/cret|guarded/);
    });

    test('there is no such database', async () => {
      const url = `${await (await postgres()).database()}_not`;
      expect(await refusal(open(url))).toMatch(/_not does not exist\. Make it \(createdb\)/);
    });

    test('the user may make nothing in it', async () => {
      const url = addressFor(await (await postgres()).database(), GUARDED.user, GUARDED.password);
      expect(await refusal(open(url))).toMatch(/Let it make a schema: GRANT CREATE ON DATABASE/);
    });

    test('it may only be read', async () => {
      const server = await postgres();
      const url = await server.database();
      await server.query(databaseIn(url), `ALTER DATABASE ${databaseIn(url)} SET default_transaction_read_only = on`);
      expect(await refusal(open(url))).toMatch(/may only be read\. Name the primary server/);
    });

    test('it is of a newer bot, and is left as it is', async () => {
      const server = await postgres();
      const url = await server.database();
      await (await open(url)).close();
      await server.query(databaseIn(url), 'UPDATE xiaomi_pay_bot.version SET version = 99');
      expect(await refusal(open(url))).toMatch(/was written by a newer version of the bot\. It was left as it is: /);
      expect(await server.query(databaseIn(url), 'SELECT version FROM xiaomi_pay_bot.version')).toEqual([
        { version: 99 },
      ]);
    });
  });

  test('may belong to a user who may only use what somebody else has made', async () => {
    const server = await postgres();
    const url = await server.database();
    await (await open(url)).close();
    await server.query(
      databaseIn(url),
      `GRANT USAGE ON SCHEMA xiaomi_pay_bot TO ${GUARDED.user};
       GRANT ALL ON ALL TABLES IN SCHEMA xiaomi_pay_bot TO ${GUARDED.user}`,
    );
    const { channels } = await open(url.replace('bot@', `${GUARDED.user}:${GUARDED.password}@`));
    await channels.set('1', '10', OPEN);
    expect(channels.get('1')).toEqual(OPEN);
  });
});
