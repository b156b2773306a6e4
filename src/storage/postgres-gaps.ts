import { z } from 'zod';
import { LANGUAGES } from '../knowledge/knowledge.ts';
import { type Gap, type GapStore, LATEST_KEPT, MAX_GAPS } from './gaps.ts';
import type { Postgres } from './postgres.ts';

export const GAPS_TABLE = `
  CREATE TABLE xiaomi_pay_bot.gaps (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    language TEXT NOT NULL,
    meaning TEXT NOT NULL,
    text TEXT NOT NULL,
    topic TEXT,
    count INTEGER NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    UNIQUE (language, meaning)
  );
`;

const rowSchema = z.object({
  id: z.coerce.number().int(),
  text: z.string(),
  language: z.enum(LANGUAGES),
  topic: z.string().nullable(),
  count: z.int(),
  first_day: z.string(),
  last_day: z.string(),
});

export function postgresGaps({ query }: Postgres): GapStore {
  return {
    async record({ language, meaning, text, topic }, day) {
      await query(
        `INSERT INTO xiaomi_pay_bot.gaps AS kept (language, meaning, text, topic, count, first_day, last_day)
         VALUES ($1, $2, $3, $4, 1, $5, $5)
         ON CONFLICT (language, meaning) DO UPDATE SET
           topic = coalesce(excluded.topic, kept.topic), count = kept.count + 1,
           last_day = greatest(kept.last_day, excluded.last_day)`,
        [language, meaning, text, topic ?? null, day],
      );
      await query(
        `DELETE FROM xiaomi_pay_bot.gaps WHERE id IN
           (SELECT id FROM xiaomi_pay_bot.gaps
            WHERE id NOT IN (SELECT id FROM xiaomi_pay_bot.gaps ORDER BY last_day DESC, id DESC LIMIT $1)
            ORDER BY count, last_day, id
            LIMIT greatest(0, (SELECT count(*) FROM xiaomi_pay_bot.gaps) - $2))`,
        [LATEST_KEPT, MAX_GAPS],
      );
    },
    async all() {
      const rows = await query(
        `SELECT id, text, language, topic, count, first_day, last_day FROM xiaomi_pay_bot.gaps
         ORDER BY count DESC, last_day DESC, id`,
      );
      return rows.map(toGap);
    },
    async forget(ids) {
      const forgotten = await query('DELETE FROM xiaomi_pay_bot.gaps WHERE id = ANY($1) RETURNING id', [ids]);
      return forgotten.length;
    },
    async forgetBefore(day) {
      await query('DELETE FROM xiaomi_pay_bot.gaps WHERE last_day < $1', [day]);
    },
  };
}

function toGap(row: unknown): Gap {
  const { first_day: firstDay, last_day: lastDay, topic, ...rest } = rowSchema.parse(row);
  return { ...rest, topic: topic ?? undefined, firstDay, lastDay };
}
