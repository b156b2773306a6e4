/** What the two kinds of database call by different names. */
export interface Dialect {
  /** The type of Discord's ids. */
  readonly snowflake: string;
  readonly int64: string;
  /** The type and constraints of a key that numbers the rows. */
  readonly numberedKey: string;
  readonly tableOptions: string;
}

/**
 * The statements that bring the tables from each version to the next, starting with an empty database. Released ones never
 * change; new ones are added to the end.
 */
export function migrations({ snowflake, int64, numberedKey, tableOptions }: Dialect): readonly string[] {
  const gapColumns = `
    id ${numberedKey},
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    topic TEXT,
    count INTEGER NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL`;
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
