import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import { DatabaseError, Pool } from 'pg';
import type { Logger } from 'pino';
import type { Clock } from '../operation/clock.ts';
import { retry } from '../operation/retry.ts';
import { type Connection, migrations, StorageError, type Tables } from './database.ts';

const MIGRATIONS = migrations({
  snowflake: 'BIGINT',
  int64: 'BIGINT',
  numberedKey: 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
  tableOptions: '',
});

/** Turns version 1, which only PostgreSQL had and which announced changes by a trigger, into version 3. */
const VERSION_1_TO_3 = `
  DROP TRIGGER tell ON channel_settings;
  DROP FUNCTION tell_of_channel_settings();
  ALTER TABLE identify_turns ALTER taken_at TYPE BIGINT USING (extract(epoch FROM taken_at) * 1000)::bigint;`;

/**
 * Opens a database, and creates in it the schema `xiaomi_pay_bot` with the bot's tables if necessary. Retries while the
 * server can't be reached.
 *
 * @param signal ends the attempts; the promise then rejects with the latest error
 * @throws {StorageError} if the database refuses the bot or belongs to a newer one
 */
export async function connectPostgres(
  url: string,
  log: Logger,
  clock: Clock,
  signal: AbortSignal,
): Promise<Connection> {
  const { host, pathname } = new URL(url);
  const name = `The PostgreSQL database ${host}${pathname}`;
  const pool = new Pool({
    connectionString: url,
    application_name: 'xiaomi-pay-bot',
    connectionTimeoutMillis: 1_000,
    query_timeout: 1_500,
    keepAlive: true,
    max: 3,
    // A connection may lead to a server that is gone, or no longer the primary.
    maxLifetimeSeconds: 30,
    // Before `query_timeout`, or what was refused would still be executed, and occupy its connection until then. As an
    // option of the pool, it would be a startup parameter, which PgBouncer refuses.
    onConnect: (client) => client.query('SET statement_timeout = 1400'),
  });
  // A lost connection fails its query, if it has one. Without listeners, it would also end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }).withSchema('xiaomi_pay_bot');
  const connection: Connection = {
    db,
    run: (statement) =>
      statement.execute().catch((error: unknown) => {
        throw asStorageError(error, name);
      }),
    now: sql<number>`(extract(epoch FROM clock_timestamp()) * 1000)::bigint`,
    close: () => db.destroy(),
  };
  try {
    await retry(() => connection.run({ execute: () => db.transaction().execute((tx) => prepare(tx, name)) }), {
      clock,
      signal,
      failed: (error, next) => log.warn(next, `${error instanceof Error ? error.message : error} Trying again.`),
    });
    return connection;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

async function prepare(tx: Transaction<Tables>, name: string): Promise<void> {
  // One process at a time changes the tables.
  await sql`SELECT pg_advisory_xact_lock(6360859784)`.execute(tx);
  // Checked first: a user who may not create a schema can use an existing one.
  const { rows } = await sql`SELECT WHERE to_regclass('xiaomi_pay_bot.version') IS NULL`.execute(tx);
  if (rows.length > 0) {
    await sql`CREATE SCHEMA IF NOT EXISTS xiaomi_pay_bot`.execute(tx);
    await sql`CREATE TABLE xiaomi_pay_bot.version AS SELECT 0 AS version`.execute(tx);
  }
  await sql`SET LOCAL search_path TO xiaomi_pay_bot`.execute(tx);
  const found = await sql<{ version: number }>`SELECT version FROM version`.execute(tx);
  const version = found.rows[0]?.version ?? 0;
  if (version > MIGRATIONS.length) throw new StorageError(`${name} ${NEWER}`);
  if (version === MIGRATIONS.length) return;
  if (version === 1) await sql.raw(VERSION_1_TO_3).execute(tx);
  await sql.raw(MIGRATIONS.slice(version === 1 ? 3 : version).join('\n')).execute(tx);
  await sql`UPDATE version SET version = ${MIGRATIONS.length}`.execute(tx);
}

/** The database may be back in a while. */
class Unreachable extends StorageError {
  override readonly isTemporary = true;
}

const NEWER =
  'was written by a newer version of the bot. It was left as it is: run that version, or name another database in DATABASE_URL.';
const DISK = 'cannot write: its disk is full or broken. Check the disk of its server.';

/** By the SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const REASONS: Readonly<Record<string, string>> = {
  '28000': 'refuses the user. Fix it in DATABASE_URL.',
  '28P01': 'refuses the user or the password. Fix them in DATABASE_URL.',
  '3D000': 'does not exist. Create it (createdb), or fix its name in DATABASE_URL.',
  '42501': 'denies the user a permission. Allow it to create a schema: GRANT CREATE ON DATABASE … TO …',
  '53100': DISK,
  '58030': DISK,
  '25006': 'is read-only. Name the primary server in DATABASE_URL, not a replica.',
};

/** A server that is starting, stopping or short of connections, or that cancelled a query. */
const PASSING = /^(?:08|53300|57P0|57014)/;

function asStorageError(error: unknown, name: string): StorageError {
  if (error instanceof StorageError) return error;
  if (error instanceof DatabaseError && !PASSING.test(error.code ?? '')) {
    const { code = '', message } = error;
    const reason = REASONS[code] ?? `reported: ${message} (SQLSTATE ${code}).`;
    return new StorageError(`${name} ${reason}`, { cause: error });
  }
  const why = error instanceof Error ? error.message || error.name : String(error);
  const reason = `cannot be reached (${why}). Check that it is running, and that DATABASE_URL is right.`;
  return new Unreachable(`${name} ${reason}`, { cause: error });
}
