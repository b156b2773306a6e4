import { expect, test } from 'vitest';
import { describeForEveryDatabase } from './databases.ts';

/** https://docs.discord.com/developers/events/gateway#rate-limiting */
const DISCORDS_WINDOW = 5_000;

const never = new AbortController().signal;

describeForEveryDatabase('the turn to connect', (fresh) => {
  test('comes at once where nobody was before, for each bucket', async () => {
    const { turns } = await (await fresh()).open();
    await Promise.all([0, 1, 15].map((bucket) => turns.take(bucket, never)));
  });

  test('comes once in five seconds for a bucket, whichever process asks', { timeout: 30_000 }, async () => {
    const database = await fresh();
    const processes = [await database.open(), await database.open(), await database.open()];
    const taken: number[] = [];
    await Promise.all(
      processes.map(async ({ turns }) => {
        await turns.take(7, never);
        taken.push(performance.now());
      }),
    );
    const [first = 0, second = 0, third = 0] = taken;
    expect(second - first).toBeGreaterThanOrEqual(DISCORDS_WINDOW);
    expect(third - second).toBeGreaterThanOrEqual(DISCORDS_WINDOW);
  });

  test('is not taken by who gives up waiting', { timeout: 30_000 }, async () => {
    const database = await fresh();
    const [one, two] = [await database.open(), await database.open()];
    await one.turns.take(0, never);
    const impatient = new AbortController();
    const given = two.turns.take(0, impatient.signal);
    impatient.abort(new Error('no more'));
    await expect(given).rejects.toThrow();
    const before = performance.now();
    await two.turns.take(0, never);
    expect(performance.now() - before).toBeLessThan(2 * DISCORDS_WINDOW);
  });
});
