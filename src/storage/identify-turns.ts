import { sql } from 'kysely';
import type { Clock } from '../operation/clock.ts';
import type { Connection } from './database.ts';

/**
 * Discord lets one shard of a bucket IDENTIFY in five seconds, and takes two as an invalid session; shards whose ids
 * leave the same remainder when divided by `max_concurrency` share a bucket. The half second allows for late packets.
 *
 * https://docs.discord.com/developers/events/gateway#rate-limiting
 */
export const BETWEEN_TURNS = 5_500;
/** How often to ask while it is another shard's turn, in milliseconds. */
const POLL_EVERY = 500;

/** Whose turn it is to IDENTIFY, among all processes of the bot. */
export function identifyTurns({ db, run, now }: Connection, clock: Clock) {
  return {
    /**
     * Resolves when a shard of this bucket may IDENTIFY; from then on the next one has to wait. Rejects once the signal
     * is aborted, and with a `StorageError`.
     */
    async take(bucket: number, signal: AbortSignal): Promise<void> {
      const insert = db.insertInto('identify_turns').values({ bucket, taken_at: now });
      const upsert = insert.onConflict((conflict) =>
        conflict
          .column('bucket')
          .doUpdateSet({ taken_at: now })
          // A turn far in the future was taken before the clock was set back.
          .where(({ ref }) => sql`abs(${now} - ${ref('identify_turns.taken_at')})`, '>=', BETWEEN_TURNS),
      );
      for (;;) {
        signal.throwIfAborted();
        const [taken] = await run(upsert.returning('bucket'));
        if (taken) return;
        await clock.wait(POLL_EVERY, { signal });
      }
    },
  };
}
