import { once } from 'node:events';
import { Client, DatabaseError, Pool } from 'pg';
import type { Logger } from 'pino';
import { type Clock, systemClock } from '../operation/clock.ts';
import type { Shards } from '../operation/shards.ts';
import {
  CHANNEL_SETTINGS_CHANGED,
  CHANNEL_SETTINGS_TABLE,
  PostgresChannelSettings,
} from './postgres-channel-settings.ts';
import { GAPS_TABLE, postgresGaps } from './postgres-gaps.ts';
import { IDENTIFY_TURNS_TABLE, postgresIdentifyTurns } from './postgres-identify-turns.ts';
import { type Storage, StorageError } from './storage.ts';

export type Row = Readonly<Record<string, unknown>>;

type Query = (sql: string, values?: unknown[]) => Promise<readonly Row[]>;

/** What the stores need of the database. What goes wrong is thrown as a `StorageError`, after 2.5 seconds at most. */
export interface Postgres {
  readonly query: Query;
  readonly transaction: <T>(work: (query: Query) => Promise<T>) => Promise<T>;
}

/** What each version of the tables adds to the one before. A database of a newer bot is refused. */
const MIGRATIONS: readonly string[] = [CHANNEL_SETTINGS_TABLE + GAPS_TABLE + IDENTIFY_TURNS_TABLE];

/** Together below the three seconds that Discord gives for the answer to a command. */
const CONNECT_WITHIN = 1_000;
const ANSWER_WITHIN = 1_500;
/** Most of the time one connection listens and no other is open. */
const MAX_CONNECTIONS = 3;
const IDLE = 30_000;
/** How often the listening connection is tried: so long it may take until it is noticed that changes are missed. */
const PULSE = 30_000;
const MAX_PAUSE = 30_000;
/** The advisory lock that lets one process at a time change the tables. */
const MIGRATING = '6360859784';

/**
 * Opens a database, and makes in it the schema `xiaomi_pay_bot` with the bot's tables if need be. One that cannot be reached
 * is tried again and again.
 *
 * @param shards of whose servers the settings are to be known
 * @param signal ends the attempts; the opening then rejects with what came of the last one
 * @throws {StorageError} where the database does not let the bot in or is one of a newer bot; later, from every method that
 * writes, where it cannot be written
 */
export async function openPostgres(
  url: string,
  shards: Shards,
  log: Logger,
  signal: AbortSignal,
  clock: Clock = systemClock,
): Promise<Storage> {
  const name = nameOf(url);
  const pool = new Pool({ ...optionsFor(url), max: MAX_CONNECTIONS, idleTimeoutMillis: IDLE });
  // A connection that nobody uses was lost: the next query opens another.
  pool.on('error', () => {});
  const postgres = speakingTo(pool, name);
  const channels = new PostgresChannelSettings(postgres, shards, clock);
  const closing = new AbortController();
  try {
    await untilReached(log, clock, signal, () => prepare(postgres, name));
    const listener = await untilReached(log, clock, signal, () => listen(url, name, channels, clock));
    const listening = keepListening(listener, () => listen(url, name, channels, clock), {
      name,
      log,
      clock,
      signal: closing.signal,
    });
    return {
      channels,
      gaps: postgresGaps(postgres),
      turns: postgresIdentifyTurns(postgres, clock),
      close: async () => {
        closing.abort();
        await Promise.all([listening, channels.close()]);
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

function optionsFor(connectionString: string) {
  return {
    connectionString,
    application_name: 'xiaomi-pay-bot',
    connectionTimeoutMillis: CONNECT_WITHIN,
    query_timeout: ANSWER_WITHIN,
    keepAlive: true,
  };
}

/** The database as people may see it: without user and password. */
function nameOf(url: string): string {
  const { host, pathname } = new URL(url);
  return `The PostgreSQL database ${host}${pathname}`;
}

function speakingTo(pool: Pool, name: string): Postgres {
  return {
    query: async (sql, values) => {
      try {
        return (await pool.query(sql, values)).rows;
      } catch (error) {
        throw explained(error, name);
      }
    },
    transaction: async (work) => {
      const client = await pool.connect().catch((error: unknown) => {
        throw explained(error, name);
      });
      let failed = true;
      try {
        const query: Query = async (sql, values) => (await client.query(sql, values)).rows;
        await query('BEGIN');
        const result = await work(query);
        await query('COMMIT');
        failed = false;
        return result;
      } catch (error) {
        throw explained(error, name);
      } finally {
        // One whose transaction failed is closed, which ends the transaction.
        client.release(failed);
      }
    },
  };
}

async function prepare({ transaction }: Postgres, name: string): Promise<void> {
  await transaction(async (query) => {
    await query('SELECT pg_advisory_xact_lock($1)', [MIGRATING]);
    // Asked for first: whoever may not make a schema can use one that is there.
    const [table] = await query("SELECT to_regclass('xiaomi_pay_bot.version') IS NOT NULL AS there");
    if (table?.['there'] !== true) {
      await query('CREATE SCHEMA IF NOT EXISTS xiaomi_pay_bot');
      await query('CREATE TABLE xiaomi_pay_bot.version (version INTEGER NOT NULL)');
      await query('INSERT INTO xiaomi_pay_bot.version VALUES (0)');
    }
    const [row] = await query('SELECT version FROM xiaomi_pay_bot.version');
    const version = Number(row?.['version']);
    if (version > MIGRATIONS.length) throw new StorageError(`${name} ${NEWER}`);
    if (version === MIGRATIONS.length) return;
    for (const migration of MIGRATIONS.slice(version)) await query(migration);
    await query('UPDATE xiaomi_pay_bot.version SET version = $1', [MIGRATIONS.length]);
  });
}

/** Opens a connection that hears of changes, and then reads everything: so nothing is missed in between. */
async function listen(url: string, name: string, channels: PostgresChannelSettings, clock: Clock): Promise<Client> {
  const client = new Client(optionsFor(url));
  // Its end says the same.
  client.on('error', () => {});
  client.on('notification', ({ payload }) => channels.changed(payload ?? ''));
  try {
    await client.connect();
    await client.query(`LISTEN ${CHANNEL_SETTINGS_CHANGED}`);
    await channels.readAll();
    return client;
  } catch (error) {
    await hangUp(client, clock);
    throw explained(error, name);
  }
}

interface Listening {
  readonly name: string;
  readonly log: Logger;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Listens until told to stop, through one connection after the other. */
async function keepListening(
  first: Client,
  again: () => Promise<Client>,
  { name, log, clock, signal }: Listening,
): Promise<void> {
  let client = first;
  for (;;) {
    await lost(client, clock, signal);
    await hangUp(client, clock);
    if (signal.aborted) return;
    log.warn(
      `${name} is out of reach: the bot answers by what it knows; what moderators set now fails → see that the database runs; the bot comes back by itself`,
    );
    try {
      client = await untilReached(log, clock, signal, again);
    } catch (error) {
      if (signal.aborted) return;
      log.error(`${error instanceof Error ? error.message : error} → mend it, then start the bot again`);
      return;
    }
    log.info('the database is back, and was read anew');
  }
}

/** Resolves when a connection ends or no longer answers, or when told to stop. */
async function lost(client: Client, clock: Clock, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const feelPulse = async () => {
    for (;;) {
      await clock.wait(PULSE, { signal: either, ref: false });
      await client.query('SELECT 1');
    }
  };
  try {
    await Promise.race([once(client, 'end', { signal: either }), feelPulse()]);
  } catch {
    // It gave no answer, or is no longer needed.
  } finally {
    over.abort();
  }
}

/** Without waiting for a server that may be gone. */
async function hangUp(client: Client, clock: Clock): Promise<void> {
  await Promise.race([client.end().catch(() => {}), clock.wait(CONNECT_WITHIN, { ref: false })]);
}

/**
 * Does something as soon as the database can be reached.
 *
 * @throws {StorageError} where it could not be by the time that the signal came
 */
async function untilReached<T>(log: Logger, clock: Clock, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Unreachable) || signal.aborted) throw error;
      const pause = Math.min(MAX_PAUSE, 1_000 * 2 ** attempt);
      log.warn({ seconds: pause / 1_000 }, `${error.message} Trying again.`);
      await clock.wait(pause, { signal }).catch(() => {
        throw error;
      });
    }
  }
}

/** The database may be there in a while. */
class Unreachable extends StorageError {}

const NEWER =
  'was written by a newer version of the bot. It was left as it is: run that version, or name another database in DATABASE_URL.';

/** By SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const REASONS: readonly { readonly state: RegExp; readonly reason: string }[] = [
  { state: /^28/, reason: 'refuses the user or the password. Mend them in DATABASE_URL.' },
  { state: /^3D000/, reason: 'does not exist. Make it (createdb), or mend its name in DATABASE_URL.' },
  {
    state: /^42501/,
    reason: 'does not let the user do what is needed. Let it make a schema: GRANT CREATE ON DATABASE … TO …',
  },
  { state: /^(?:53100|58030)/, reason: 'cannot write: its disk is full or broken. See to the disk of its server.' },
  { state: /^25006/, reason: 'may only be read. Name the primary server in DATABASE_URL, not a replica.' },
];

/** States in which a server is for a while: starting, stopping, or with too many connections. */
const PASSING = /^(?:08|53300|57P0)/;

function explained(error: unknown, name: string): StorageError {
  if (error instanceof StorageError) return error;
  if (error instanceof DatabaseError && !PASSING.test(error.code ?? '')) {
    const reason = REASONS.find(({ state }) => state.test(error.code ?? ''))?.reason;
    return new StorageError(`${name} ${reason ?? `refuses: ${error.message}. Look up its code ${error.code}.`}`, {
      cause: error,
    });
  }
  const why = error instanceof Error ? error.message || error.name : String(error);
  return new Unreachable(`${name} cannot be reached (${why}). See that it runs, and that DATABASE_URL is right.`, {
    cause: error,
  });
}
