import type { Connection } from './database.ts';

/** What else the bot remembers, by key. All methods reject with a `StorageError` if the database can't be used. */
export function noteStore({ db, run }: Connection) {
  return {
    async get(key: string): Promise<string | undefined> {
      const [row] = await run(db.selectFrom('notes').select('value').where('key', '=', key));
      return row?.value;
    },

    async set(key: string, value: string): Promise<void> {
      const insert = db.insertInto('notes').values({ key, value });
      await run(insert.onConflict((conflict) => conflict.column('key').doUpdateSet({ value })));
    },
  };
}
