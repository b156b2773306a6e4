import type { Generated, Kysely, RawBuilder } from 'kysely';
import { ExpectedError } from '../knowledge/expected-error.ts';
import type { Language } from '../knowledge/knowledge.ts';

/** The tables in SQLite and PostgreSQL. Days are like 2026-11-23, in UTC. */
export interface Tables {
  /** Someone may have edited it: mode and language can be anything. */
  channel_settings: { channel_id: string; guild_id: string; mode: string; language: string | null };
  gaps: {
    /** `pg` returns a BIGINT as a string. */
    id: Generated<number | string>;
    language: Language;
    text: string;
    topic: string | null;
    count: number;
    first_day: string;
    last_day: string;
  };
  /** When a shard of a bucket last identified, in milliseconds since 1970. */
  identify_turns: { bucket: number; taken_at: number };
  feedback: { topic: string; language: Language; helpful: number; unhelpful: number };
  notes: { key: string; value: string };
}

/** An open database of either kind, its tables up to date. */
export interface Connection {
  /** Builds statements. */
  readonly db: Kysely<Tables>;
  /** Executes it. Throws a `StorageError` within 2.5 seconds, as Discord wants a command answered within three. */
  run<T>(statement: { execute(): Promise<T> }): Promise<T>;
  /** Milliseconds since 1970, for use in a statement, by a clock that all processes of the bot share. */
  readonly now: RawBuilder<number>;
  close(): Promise<void>;
}

/** The database can't be used; the message says which, why, and what to do. Nothing was overwritten. */
export class StorageError extends ExpectedError {}

/** What the two kinds of database call by different names: types of columns, and what follows a table. */
type Dialect = Readonly<Record<'snowflake' | 'int64' | 'numberedKey' | 'tableOptions', string>>;

/**
 * The statements that bring the tables from each version to the next, starting with an empty database. Released ones
 * never change; new ones are added to the end.
 */
export function migrations({ snowflake, int64, numberedKey, tableOptions }: Dialect): readonly string[] {
  const gapColumns = `
    id ${numberedKey}, language TEXT NOT NULL, text TEXT NOT NULL, topic TEXT, count INTEGER NOT NULL,
    first_day TEXT NOT NULL, last_day TEXT NOT NULL`;
  return [
    `CREATE TABLE channel_settings (
       channel_id ${snowflake} PRIMARY KEY, guild_id ${snowflake} NOT NULL, mode TEXT NOT NULL, language TEXT
     ) ${tableOptions};
     CREATE INDEX channel_settings_by_guild ON channel_settings (guild_id);`,

    `CREATE TABLE gaps (${gapColumns}, meaning TEXT NOT NULL, UNIQUE (language, meaning)) ${tableOptions};`,

    `CREATE TABLE identify_turns (bucket INTEGER PRIMARY KEY, taken_at ${int64} NOT NULL) ${tableOptions};`,

    // Questions were told apart by a meaning that changed with the knowledge.
    `ALTER TABLE gaps RENAME TO gaps_by_meaning;
     CREATE TABLE gaps (${gapColumns}, UNIQUE (language, text)) ${tableOptions};
     INSERT INTO gaps (language, text, topic, count, first_day, last_day)
       SELECT language, text, max(topic), sum(count), min(first_day), max(last_day) FROM gaps_by_meaning
       GROUP BY language, text ORDER BY min(id);
     DROP TABLE gaps_by_meaning;
     CREATE TABLE feedback (
       topic TEXT, language TEXT, helpful INTEGER NOT NULL, unhelpful INTEGER NOT NULL, PRIMARY KEY (topic, language)
     ) ${tableOptions};
     CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) ${tableOptions};`,
  ];
}
