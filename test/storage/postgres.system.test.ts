import { type Logger, pino } from 'pino';
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { StorageError } from '../../src/storage/database.ts';
import { openStorage, type Storage } from '../../src/storage/storage.ts';
import { FakeClock } from '../fake-clock.ts';
import { ONE_SHARD } from '../one-shard.ts';
import { describeStorage } from './contract.ts';
import { databaseIn, GUARDED, noPostgres, postgres, stopPostgres } from './postgres-server.ts';

const OPEN = { mode: 'open', language: 'de' } as const;
const OFF = { mode: 'off', language: undefined } as const;
const MINUTE = 60_000;
const BAND = { text: 'band', language: 'en', topic: undefined } as const;
const never = new AbortController().signal;

interface Options {
  readonly clock?: FakeClock;
  /** Where messages of the log go. */
  readonly logged?: string[];
  readonly signal?: AbortSignal;
}

const logTo = (lines: string[]): Logger =>
  pino({ base: null }, { write: (line: string) => void lines.push(JSON.parse(line).msg) });

/** Opens a database as one process of the bot does; closed at the end of the test. */
async function open(
  DATABASE_URL: string,
  { clock = new FakeClock(), logged = [], signal = never }: Options = {},
): Promise<Storage> {
  const storage = await openStorage({ DATABASE_URL, DATA_DIR: '' }, ONE_SHARD, logTo(logged), signal, clock);
  onTestFinished(() => storage.close());
  return storage;
}

/** The message of a `StorageError`. */
async function refusal(refused: Promise<unknown>): Promise<string> {
  try {
    await refused;
  } catch (error) {
    if (error instanceof StorageError) return error.message;
    throw error;
  }
  return 'not refused';
}

/** An empty database, and ways to do in it what the bot's code doesn't. */
async function createDatabase() {
  const server = await postgres();
  const url = await server.database();
  const name = databaseIn(url);
  const execute = (sql: string) => server.query(name, `SET search_path TO xiaomi_pay_bot; ${sql}`);
  /** The process ids of the bot's connections, once there are such. */
  const backends = async (condition = 'true') => {
    const bots = `datname = '${name}' AND application_name = 'xiaomi-pay-bot' AND ${condition}`;
    const find = () => server.query('postgres', `SELECT pid FROM pg_stat_activity WHERE ${bots}`);
    await vi.waitFor(async () => expect(await find()).not.toEqual([]));
    return (await find()).map(({ pid }) => Number(pid));
  };
  /** Holds a lock until the transaction is ended. */
  const lock = async (table: string) => {
    const client = await server.connect(name);
    onTestFinished(() => client.end());
    await client.query(`BEGIN; LOCK TABLE xiaomi_pay_bot.${table} IN ACCESS EXCLUSIVE MODE`);
    return () => client.query('ROLLBACK');
  };
  return { server, url, name, execute, backends, lock };
}

if (noPostgres) console.warn(`Not tested: storage in PostgreSQL. ${noPostgres}.`);
describe.skipIf(noPostgres)('storage in PostgreSQL', () => {
  afterAll(stopPostgres);

  describeStorage(async () => {
    const { url, execute } = await createDatabase();
    return {
      open: (shards, log, clock) => openStorage({ DATABASE_URL: url, DATA_DIR: '' }, shards, log, never, clock),
      execute,
      passTime: (milliseconds) => execute(`UPDATE identify_turns SET taken_at = taken_at - ${milliseconds}`),
    };
  });

  test('is set up once by several processes that start together', async () => {
    const { url } = await createDatabase();
    const processes = await Promise.all(Array.from({ length: 5 }, () => open(url)));
    await Promise.all(processes.map(({ channels }, id) => channels.set(`${id}`, '10', OPEN)));
  });

  test('is adopted with its data from version 1, which had a numbering of its own', async () => {
    const { url, name, server, execute } = await createDatabase();
    await server.query(name, VERSION_1);
    const { channels, gaps, turns } = await open(url);
    expect(channels.get('1')).toEqual(OPEN);
    expect(await gaps.all()).toEqual([
      { id: 1, ...BAND, topic: 'watch', count: 5, firstDay: '2026-01-01', lastDay: '2026-01-04' },
      { id: 2, ...BAND, text: 'fees', count: 1, firstDay: '2026-01-03', lastDay: '2026-01-03' },
    ]);
    await gaps.record(BAND, '2026-01-05');
    await channels.set('1', '10', OFF);
    await turns.take(0, never);
    expect(await execute('SELECT version FROM version')).toEqual([{ version: 4 }]);
    expect((await open(url)).channels.get('1')).toEqual(OFF);
  });

  describe('can’t be used, and the start ends with a remedy:', () => {
    const addressFor = (url: string, user: string, password: string) =>
      url.replace('bot@', `${user}:${encodeURIComponent(password)}@`);

    test('the password is wrong, and isn’t shown', async () => {
      const { url } = await createDatabase();
      const message = await refusal(open(addressFor(url, GUARDED.user, 'se/cret word')));
      expect(message).toMatch(/bot_\d+ refuses the user or the password\. Fix them in DATABASE_URL\.$/);
      expect(message).not.toMatch(/cret|guarded/);
    });

    test('there is no such database', async () => {
      const { url } = await createDatabase();
      expect(await refusal(open(`${url}_not`))).toMatch(/_not does not exist\. Create it \(createdb\)/);
    });

    test('the user may not create anything in it', async () => {
      const { url } = await createDatabase();
      const message = await refusal(open(addressFor(url, GUARDED.user, GUARDED.password)));
      expect(message).toMatch(/denies the user a permission\. Allow it to create a schema: GRANT CREATE ON DATABASE/);
    });

    test('it is read-only', async () => {
      const { url, name, server } = await createDatabase();
      await server.query(name, `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
      expect(await refusal(open(url))).toMatch(/is read-only\. Name the primary server/);
    });

    test('it belongs to a newer bot, and is left unchanged', async () => {
      const { url, execute } = await createDatabase();
      await (await open(url)).close();
      await execute('UPDATE version SET version = 99');
      expect(await refusal(open(url))).toMatch(/was written by a newer version of the bot\. It was left as it is: /);
      expect(await execute('SELECT version FROM version')).toEqual([{ version: 99 }]);
    });
  });

  test('may be used by a user who may not create anything', async () => {
    const { url, execute } = await createDatabase();
    await (await open(url)).close();
    await execute(
      `GRANT USAGE ON SCHEMA xiaomi_pay_bot TO ${GUARDED.user};
       GRANT ALL ON ALL TABLES IN SCHEMA xiaomi_pay_bot TO ${GUARDED.user}`,
    );
    const { channels, gaps } = await open(url.replace('bot@', `${GUARDED.user}:${GUARDED.password}@`));
    await channels.set('1', '10', OPEN);
    await gaps.record(BAND, '2026-01-01');
    expect(channels.get('1')).toEqual(OPEN);
  });

  describe('while the server is away', () => {
    test('keeps the settings, refuses changes, and recovers', async () => {
      const { url, server } = await createDatabase();
      const [clock, logged] = [new FakeClock(), [] as string[]];
      const { channels, gaps, turns } = await open(url, { clock, logged });
      await channels.set('1', '10', OPEN);
      await server.pause();
      for (const refused of [channels.set('1', '10', OFF), gaps.all(), turns.take(0, never)]) {
        expect(await refusal(refused)).toMatch(/^The PostgreSQL database 127\.0\.0\.1:\d+\/bot_\d+ cannot be reached/);
      }
      await clock.advance(MINUTE);
      await vi.waitFor(() => expect(logged.join()).toContain('the ones loaded last still apply: The PostgreSQL'));
      expect(channels.get('1')).toEqual(OPEN);
      await server.resume();
      await channels.set('1', '10', OFF);
      await clock.advance(MINUTE);
      await vi.waitFor(() => expect(logged.at(-1)).toContain('the database is back'));
    });

    test('is waited for at the start, longer and longer, and logged at the 1st, 2nd, 4th, … attempt', async () => {
      const { url, server } = await createDatabase();
      await server.pause();
      const [clock, logged] = [new FakeClock(), [] as string[]];
      const opening = open(url, { clock, logged });
      for (const [pause, lines] of [
        [1_000, 1],
        [2_000, 2],
        [4_000, 2],
        [8_000, 3],
      ] as const) {
        await vi.waitFor(() => expect(clock.waits).toEqual([pause]));
        expect(logged).toHaveLength(lines);
        expect(logged.at(-1)).toMatch(/cannot be reached .+ Trying again\.$/);
        if (pause === 8_000) await server.resume();
        await clock.advance(pause);
      }
      await (await opening).channels.set('1', '10', OPEN);
    });

    test('is not waited for once the bot stops', async () => {
      const { url, server } = await createDatabase();
      await server.pause();
      const [clock, stopping] = [new FakeClock(), new AbortController()];
      const opening = refusal(open(url, { clock, signal: stopping.signal }));
      await vi.waitFor(() => expect(clock.waits).toEqual([1_000]));
      stopping.abort();
      expect(await opening).toContain('cannot be reached');
    });

    test('can be closed', async () => {
      const { url, server } = await createDatabase();
      const storage = await open(url);
      await server.pause();
      await storage.close();
    });
  });

  test('survives the loss of idle connections', async () => {
    const { url, server, backends } = await createDatabase();
    const { channels } = await open(url);
    for (const pid of await backends()) await server.query('postgres', `SELECT pg_terminate_backend(${pid})`);
    await vi.waitFor(() => channels.set('1', '10', OPEN));
  });

  test('survives the loss of a connection inside a transaction', async () => {
    const { url, server, backends, lock } = await createDatabase();
    await (await open(url)).close();
    const unlock = await lock('version');
    const clock = new FakeClock();
    const opening = open(url, { clock });
    const [pid] = await backends("wait_event_type = 'Lock'");
    await server.query('postgres', `SELECT pg_terminate_backend(${pid})`);
    await vi.waitFor(() => expect(clock.waits).toEqual([1_000]));
    await unlock();
    await clock.advance(1_000);
    await (await opening).channels.set('1', '10', OPEN);
  });

  test('survives a read that the server cancels', async () => {
    const { url, server, backends, lock } = await createDatabase();
    const [clock, logged] = [new FakeClock(), [] as string[]];
    const { channels } = await open(url, { clock, logged });
    await channels.set('1', '10', OPEN);
    const unlock = await lock('channel_settings');
    await clock.advance(MINUTE);
    const [pid] = await backends("wait_event_type = 'Lock'");
    await server.query('postgres', `SELECT pg_cancel_backend(${pid})`);
    await vi.waitFor(() => expect(logged.join()).toContain('still apply'));
    await unlock();
    await clock.advance(MINUTE);
    await vi.waitFor(() => expect(logged.at(-1)).toContain('the database is back'));
    expect(channels.get('1')).toEqual(OPEN);
  });

  test('survives a locked table: what is refused is not stored later, and other tables can be used', async () => {
    const { url, execute, lock } = await createDatabase();
    const { channels, notes } = await open(url);
    const unlock = await lock('channel_settings');
    const changes = ['1', '2', '3', '4'].map((id) => refusal(channels.set(id, '10', OPEN)));
    for (const message of await Promise.all(changes)) expect(message).toContain('cannot be reached');
    expect(await notes.get('application')).toBeUndefined();
    await unlock();
    await channels.set('5', '10', OPEN);
    expect(await execute('SELECT channel_id FROM channel_settings')).toEqual([{ channel_id: '5' }]);
  });

  test('survives a failover: changes are refused by a replica, and accepted by the next primary', async () => {
    const { url, name, server, backends } = await createDatabase();
    const { channels } = await open(url);
    await channels.set('1', '10', OPEN);
    const failOver = async (isReplica: boolean) => {
      await server.query('postgres', `ALTER DATABASE ${name} SET default_transaction_read_only = ${isReplica}`);
      for (const pid of await backends()) await server.query('postgres', `SELECT pg_terminate_backend(${pid})`);
    };
    await failOver(true);
    await vi.waitFor(async () => expect(await refusal(channels.set('1', '10', OFF))).toMatch(/is read-only/));
    expect(channels.get('1')).toEqual(OPEN);
    await failOver(false);
    await vi.waitFor(() => channels.set('1', '10', OFF));
    expect(channels.get('1')).toEqual(OFF);
  });

  test('gives up on a server that has gone silent, in time for the answer to a command', async () => {
    const { url, backends } = await createDatabase();
    const { channels } = await open(url);
    const silent = await backends();
    for (const pid of silent) process.kill(pid, 'SIGSTOP');
    onTestFinished(() => {
      for (const pid of silent) process.kill(pid, 'SIGCONT');
    });
    expect(await refusal(channels.set('1', '10', OPEN))).toContain('cannot be reached');
    expect(channels.get('1').mode).toBe('mentions');
  });
});

/** What the bot executed at first, and some data. */
const VERSION_1 = `
  CREATE SCHEMA xiaomi_pay_bot;
  CREATE TABLE xiaomi_pay_bot.version (version INTEGER NOT NULL);
  INSERT INTO xiaomi_pay_bot.version VALUES (1);
  CREATE TABLE xiaomi_pay_bot.channel_settings (
    channel_id BIGINT PRIMARY KEY, guild_id BIGINT NOT NULL, mode TEXT NOT NULL, language TEXT
  );
  CREATE INDEX ON xiaomi_pay_bot.channel_settings (guild_id);
  CREATE FUNCTION xiaomi_pay_bot.tell_of_channel_settings() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('xiaomi_pay_bot_channel_settings', coalesce(NEW.guild_id, OLD.guild_id)::text);
      RETURN NULL;
    END
  $$;
  CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON xiaomi_pay_bot.channel_settings
    FOR EACH ROW EXECUTE FUNCTION xiaomi_pay_bot.tell_of_channel_settings();
  CREATE TABLE xiaomi_pay_bot.gaps (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, language TEXT NOT NULL, meaning TEXT NOT NULL,
    text TEXT NOT NULL, topic TEXT, count INTEGER NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL,
    UNIQUE (language, meaning)
  );
  CREATE TABLE xiaomi_pay_bot.identify_turns (bucket INTEGER PRIMARY KEY, taken_at TIMESTAMPTZ NOT NULL);
  INSERT INTO xiaomi_pay_bot.channel_settings VALUES (1, 10, 'open', 'de');
  INSERT INTO xiaomi_pay_bot.gaps (language, meaning, text, topic, count, first_day, last_day) VALUES
    ('en', 'band', 'band', NULL, 2, '2026-01-01', '2026-01-02'),
    ('en', 'fee', 'fees', NULL, 1, '2026-01-03', '2026-01-03'),
    ('en', 'wrist', 'band', 'watch', 3, '2026-01-02', '2026-01-04');
  INSERT INTO xiaomi_pay_bot.identify_turns VALUES (0, now() - interval '1 minute');`;
