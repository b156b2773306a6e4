import { describe, expect, test } from 'vitest';
import { BETWEEN_TURNS } from '../../src/storage/identify-turns.ts';
import type { FreshDatabase, TestDatabase } from './databases.ts';

/** https://docs.discord.com/developers/events/gateway#rate-limiting */
const DISCORDS_WINDOW = 5_000;

const never = new AbortController().signal;

/** How many wait for their turn; other waits are longer. */
const waiting = ({ clock }: TestDatabase) => clock.waits.filter((wait) => wait <= BETWEEN_TURNS).length;

/** Describes what holds for every kind of database. */
export const turnsToConnect = (fresh: FreshDatabase) =>
  describe('the turn to connect', () => {
    test('comes at once where nobody was before, for each bucket', async () => {
      const { turns } = await (await fresh()).open();
      await Promise.all([0, 1, 15].map((bucket) => turns.take(bucket, never)));
    });

    test('comes once in five seconds for a bucket, whichever process asks', async () => {
      const database = await fresh();
      const processes = [await database.open(), await database.open(), await database.open()];
      let taken = 0;
      const all = processes.map(async ({ turns }) => {
        await turns.take(7, never);
        taken += 1;
      });
      for (const turn of [1, 2, 3]) {
        await expect.poll(() => [taken, waiting(database)]).toEqual([turn, 3 - turn]);
        await database.passes(DISCORDS_WINDOW);
        expect(taken).toBe(turn);
        await database.passes(BETWEEN_TURNS - DISCORDS_WINDOW);
      }
      await Promise.all(all);
    });

    test('is not taken by one that gives up waiting', async () => {
      const database = await fresh();
      const [one, two] = [await database.open(), await database.open()];
      await one.turns.take(0, never);
      const impatient = new AbortController();
      const given = two.turns.take(0, impatient.signal);
      await expect.poll(() => waiting(database)).toBe(1);
      impatient.abort(new Error('no more'));
      await expect(given).rejects.toThrow('no more');
      await database.passes(BETWEEN_TURNS);
      await two.turns.take(0, never);
    });
  });
