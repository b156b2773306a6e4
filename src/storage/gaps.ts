import type { Language } from '../knowledge/knowledge.ts';
import type { Connection } from './database.ts';

/** An unanswered question. Nothing tells who asked it, or where. */
export interface Gap {
  /** Of this row; a question that is forgotten and asked again gets another one. */
  readonly id: number;
  /** Without names or anything else personal. */
  readonly text: string;
  readonly language: Language;
  /** The topic that was offered and didn't help; `undefined` if there was none. */
  readonly topic: string | undefined;
  readonly count: number;
  /** Like 2026-11-23, in UTC. */
  readonly firstDay: string;
  readonly lastDay: string;
}

export type RecordedQuestion = Pick<Gap, 'text' | 'language' | 'topic'>;

/** More questions than anybody reads; beyond it, those asked least and longest ago are forgotten. */
export const MAX_GAPS = 2_000;
/** But not the latest ones: a new question needs a chance to be asked again. */
const LATEST_KEPT = 500;

/** The unanswered questions. All methods reject with a `StorageError` if the database can't be used. */
export function gapStore({ db, run }: Connection) {
  return {
    async record({ text, language, topic }: RecordedQuestion, day: string): Promise<void> {
      const row = { text, language, topic: topic ?? null, count: 1, first_day: day, last_day: day };
      const insert = db.insertInto('gaps').values(row);
      const upsert = insert.onConflict((conflict) =>
        conflict.columns(['language', 'text']).doUpdateSet((eb) => ({
          topic: eb.fn.coalesce('excluded.topic', 'gaps.topic'),
          count: eb('gaps.count', '+', 1),
          last_day: day,
        })),
      );
      await run(upsert);
      const ids = db.selectFrom('gaps').select('id');
      const latest = ids.orderBy('last_day', 'desc').orderBy('id', 'desc').limit(LATEST_KEPT);
      const others = ids.where('id', 'not in', latest).orderBy('count', 'desc').orderBy('last_day', 'desc');
      const surplus = others.orderBy('id', 'desc').offset(MAX_GAPS - LATEST_KEPT);
      // SQLite has no offset without a limit.
      await run(db.deleteFrom('gaps').where('id', 'in', surplus.limit(MAX_GAPS)));
    },

    /** Those asked most come first. */
    async all(): Promise<readonly Gap[]> {
      const all = db.selectFrom('gaps').selectAll();
      const rows = await run(all.orderBy('count', 'desc').orderBy('last_day', 'desc').orderBy('id'));
      return rows.map(({ id, text, language, topic, count, first_day: firstDay, last_day: lastDay }) => {
        return { id: Number(id), text, language, topic: topic ?? undefined, count, firstDay, lastDay };
      });
    },

    /** @returns how many of these ids there were */
    async forget(ids: readonly number[]): Promise<number> {
      if (ids.length === 0) return 0;
      const [deleted] = await run(db.deleteFrom('gaps').where('id', 'in', ids));
      return Number(deleted?.numDeletedRows);
    },

    /** Forgets questions that nobody has asked since the day before this one. */
    async forgetBefore(day: string): Promise<void> {
      await run(db.deleteFrom('gaps').where('last_day', '<', day));
    },
  };
}
