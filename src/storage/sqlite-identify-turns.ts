import type { Clock } from '../operation/clock.ts';
import { BETWEEN_TURNS, type IdentifyTurns, turnsBy } from './identify-turns.ts';
import type { Database } from './node-sqlite.ts';
import type { Explained } from './sqlite.ts';

export const IDENTIFY_TURNS_TABLE = `
  CREATE TABLE identify_turns (
    bucket INTEGER PRIMARY KEY,
    taken_at INTEGER NOT NULL
  ) STRICT;
`;

/** Turns among processes on one machine, by its clock: who finds the bucket free takes it, in one statement. */
export function sqliteIdentifyTurns(database: Database, explained: Explained, clock: Clock): IdentifyTurns {
  // A turn that was taken in the future was taken before the clock was set back: it is over.
  const claim = database.prepare(
    `INSERT INTO identify_turns (bucket, taken_at) VALUES (?1, ?2)
     ON CONFLICT (bucket) DO UPDATE SET taken_at = excluded.taken_at
       WHERE taken_at <= excluded.taken_at - ${BETWEEN_TURNS} OR taken_at > excluded.taken_at`,
  );
  const select = database.prepare('SELECT taken_at FROM identify_turns WHERE bucket = ?');
  return turnsBy(clock, (bucket) => {
    const now = clock.date();
    if (explained(() => claim.run(bucket, now)).changes === 1) return 0;
    const takenAt = Number(explained(() => select.get(bucket))?.['taken_at']);
    return takenAt + BETWEEN_TURNS - now;
  });
}
