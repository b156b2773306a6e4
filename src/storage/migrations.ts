/** What the two kinds of database call by different names. */
export interface Dialect {
  /** The type of Discord's ids. */
  readonly snowflake: string;
  /** The type of whole numbers of 64 bits. */
  readonly int64: string;
  /** Makes a key number its rows by itself. */
  readonly numbered: string;
  readonly tableOptions: string;
}

/**
 * What brings the tables from each version to the next, from an empty database on. Later versions are added to the end;
 * those that were released never change.
 */
export const migrations = ({ snowflake, int64, numbered, tableOptions }: Dialect): readonly string[] => [
  `CREATE TABLE channel_settings (
     channel_id ${snowflake} PRIMARY KEY,
     guild_id ${snowflake} NOT NULL,
     mode TEXT NOT NULL,
     language TEXT
   ) ${tableOptions};
   CREATE INDEX channel_settings_by_guild ON channel_settings (guild_id);`,

  `CREATE TABLE gaps (
     id ${int64} ${numbered} PRIMARY KEY,
     language TEXT NOT NULL,
     meaning TEXT NOT NULL,
     text TEXT NOT NULL,
     topic TEXT,
     count INTEGER NOT NULL,
     first_day TEXT NOT NULL,
     last_day TEXT NOT NULL,
     UNIQUE (language, meaning)
   ) ${tableOptions};`,

  `CREATE TABLE identify_turns (bucket INTEGER PRIMARY KEY, taken_at ${int64} NOT NULL) ${tableOptions};`,

  // The meaning of a question depended on the knowledge of the day.
  `ALTER TABLE gaps RENAME TO gaps_by_meaning;
   CREATE TABLE gaps (
     id ${int64} ${numbered} PRIMARY KEY,
     language TEXT NOT NULL,
     text TEXT NOT NULL,
     topic TEXT,
     count INTEGER NOT NULL,
     first_day TEXT NOT NULL,
     last_day TEXT NOT NULL,
     UNIQUE (language, text)
   ) ${tableOptions};
   INSERT INTO gaps (language, text, topic, count, first_day, last_day)
     SELECT language, text, max(topic), sum(count), min(first_day), max(last_day) FROM gaps_by_meaning
     GROUP BY language, text ORDER BY min(id);
   DROP TABLE gaps_by_meaning;
   CREATE TABLE feedback (
     topic TEXT NOT NULL,
     language TEXT NOT NULL,
     helpful INTEGER NOT NULL,
     unhelpful INTEGER NOT NULL,
     PRIMARY KEY (topic, language)
   ) ${tableOptions};
   CREATE TABLE notes (key TEXT PRIMARY KEY, value TEXT NOT NULL) ${tableOptions};`,
];
