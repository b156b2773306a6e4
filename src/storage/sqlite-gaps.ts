import { z } from 'zod';
import { LANGUAGES } from '../knowledge/knowledge.ts';
import { type Gap, type GapStore, LATEST_KEPT, MAX_GAPS } from './gaps.ts';
import type { Database } from './node-sqlite.ts';
import type { Explained } from './sqlite.ts';

export const GAPS_TABLE = `
  CREATE TABLE gaps (
    id INTEGER PRIMARY KEY,
    language TEXT NOT NULL,
    meaning TEXT NOT NULL,
    text TEXT NOT NULL,
    topic TEXT,
    count INTEGER NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    UNIQUE (language, meaning)
  ) STRICT;
`;

const rowSchema = z.object({
  id: z.int(),
  text: z.string(),
  language: z.enum(LANGUAGES),
  topic: z.string().nullable(),
  count: z.int(),
  first_day: z.string(),
  last_day: z.string(),
});

export function sqliteGaps(database: Database, explained: Explained): GapStore {
  const upsert = database.prepare(
    `INSERT INTO gaps (language, meaning, text, topic, count, first_day, last_day) VALUES (?, ?, ?, ?, 1, ?5, ?5)
     ON CONFLICT (language, meaning) DO UPDATE SET
       topic = coalesce(excluded.topic, topic), count = count + 1, last_day = max(last_day, excluded.last_day)`,
  );
  const prune = database.prepare(
    `DELETE FROM gaps WHERE id IN
       (SELECT id FROM gaps WHERE id NOT IN (SELECT id FROM gaps ORDER BY last_day DESC, id DESC LIMIT ${LATEST_KEPT})
        ORDER BY count, last_day, id LIMIT max(0, (SELECT count(*) FROM gaps) - ${MAX_GAPS}))`,
  );
  const select = database.prepare(
    'SELECT id, text, language, topic, count, first_day, last_day FROM gaps ORDER BY count DESC, last_day DESC, id',
  );
  const remove = database.prepare('DELETE FROM gaps WHERE id IN (SELECT value FROM json_each(?))');
  const removeOld = database.prepare('DELETE FROM gaps WHERE last_day < ?');
  return {
    record: async ({ language, meaning, text, topic }, day) => {
      explained(() => upsert.run(language, meaning, text, topic ?? null, day));
      explained(() => prune.run());
    },
    all: async () => explained(() => select.all()).map(toGap),
    forget: async (ids) => Number(explained(() => remove.run(JSON.stringify(ids))).changes),
    forgetBefore: async (day) => void explained(() => removeOld.run(day)),
  };
}

function toGap(row: unknown): Gap {
  const { first_day: firstDay, last_day: lastDay, topic, ...rest } = rowSchema.parse(row);
  return { ...rest, topic: topic ?? undefined, firstDay, lastDay };
}
