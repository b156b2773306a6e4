import type { Clock } from '../operation/clock.ts';
import { BETWEEN_TURNS, type IdentifyTurns, turnsBy } from './identify-turns.ts';
import type { Postgres } from './postgres.ts';

export const IDENTIFY_TURNS_TABLE = `
  CREATE TABLE xiaomi_pay_bot.identify_turns (
    bucket INTEGER PRIMARY KEY,
    taken_at TIMESTAMPTZ NOT NULL
  );
`;

/** Of all advisory locks in a database, those with this number first are for the turns of the buckets. */
const TURNS = 1_481_003_081;

/**
 * Turns among processes anywhere, by the database's clock. An advisory lock lets them look one at a time; it is given back
 * at once, so that waiting takes no connection, and who is cut off while waiting holds up nobody.
 */
export function postgresIdentifyTurns({ transaction }: Postgres, clock: Clock): IdentifyTurns {
  return turnsBy(clock, (bucket) =>
    transaction(async (query) => {
      await query('SELECT pg_advisory_xact_lock($1, $2)', [TURNS, bucket]);
      const [taken] = await query(
        'SELECT extract(epoch FROM clock_timestamp() - taken_at) * 1000 AS ago FROM xiaomi_pay_bot.identify_turns WHERE bucket = $1',
        [bucket],
      );
      const ago = Number(taken?.['ago'] ?? BETWEEN_TURNS);
      // A turn that was taken in the future was taken before the clock was set back: it is over.
      if (ago >= 0 && ago < BETWEEN_TURNS) return Math.ceil(BETWEEN_TURNS - ago);
      await query(
        `INSERT INTO xiaomi_pay_bot.identify_turns (bucket, taken_at) VALUES ($1, clock_timestamp())
         ON CONFLICT (bucket) DO UPDATE SET taken_at = excluded.taken_at`,
        [bucket],
      );
      return 0;
    }),
  );
}
