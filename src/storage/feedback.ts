import type { Language } from '../knowledge/knowledge.ts';
import type { Connection, Tables } from './database.ts';

/** How often members rated a topic's answer in one language as helpful or unhelpful. */
export type Feedback = Readonly<Tables['feedback']>;

/** The votes. All methods reject with a `StorageError` if the database can't be used. */
export function feedbackStore({ db, run }: Connection) {
  return {
    /** @param change `-1` takes an earlier vote back */
    async vote(topic: string, language: Language, change: Record<'helpful' | 'unhelpful', -1 | 0 | 1>): Promise<void> {
      const insert = db.insertInto('feedback').values({ topic, language, ...change });
      const upsert = insert.onConflict((conflict) =>
        conflict.columns(['topic', 'language']).doUpdateSet((eb) => ({
          helpful: eb('feedback.helpful', '+', change.helpful),
          unhelpful: eb('feedback.unhelpful', '+', change.unhelpful),
        })),
      );
      await run(upsert);
    },

    /** In alphabetical order of topics. */
    all(): Promise<readonly Feedback[]> {
      return run(db.selectFrom('feedback').selectAll().orderBy('topic').orderBy('language'));
    },
  };
}
