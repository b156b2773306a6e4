import type { Clock } from '../operation/clock.ts';

/**
 * Discord lets one shard of a bucket IDENTIFY in five seconds, and takes two as an invalid session; shards whose ids leave
 * the same rest when divided by `max_concurrency` share a bucket. The half second is for what a packet may be late.
 *
 * https://docs.discord.com/developers/events/gateway#rate-limiting
 */
export const BETWEEN_TURNS = 5_500;

/** Whose turn it is to IDENTIFY, among all processes of the bot. */
export interface IdentifyTurns {
  /**
   * Resolves when a shard of this bucket may IDENTIFY, now; the next one has to wait from then on. Whoever dies while
   * waiting holds up nobody.
   *
   * @param signal ends the waiting, which then rejects
   * @throws {StorageError} where nobody can tell whose turn it is
   */
  take(bucket: number, signal: AbortSignal): Promise<void>;
}

/**
 * Turns by way of a database.
 *
 * @param claim takes the turn of a bucket if it is free, and returns 0; or the milliseconds until it may be
 */
export function turnsBy(clock: Clock, claim: (bucket: number) => number | Promise<number>): IdentifyTurns {
  return {
    async take(bucket, signal) {
      for (;;) {
        signal.throwIfAborted();
        const rest = await claim(bucket);
        if (rest <= 0) return;
        await clock.wait(rest, { signal });
      }
    },
  };
}
