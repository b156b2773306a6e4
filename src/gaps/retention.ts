import { type Clock, every, systemClock } from '../operation/clock.ts';
import type { GapStore } from '../storage/gaps.ts';

const DAY = 86_400_000;
/** Questions that have not been asked for this long are deleted. */
const DAYS_KEPT = 90;

/** A moment as a day, like 2026-11-23, by universal time. */
export function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** Forgets what was last asked more than 90 days ago. */
export async function forgetOld(gaps: GapStore, clock: Clock = systemClock): Promise<void> {
  await gaps.forgetBefore(dayOf(clock.date() - DAYS_KEPT * DAY));
}

/** Forgets what is old now and once a day, recording or not; returns a function that ends it. */
export function keepForgetting(gaps: GapStore, clock: Clock, failed: (error: unknown) => void): () => void {
  const forget = () => void forgetOld(gaps, clock).catch(failed);
  forget();
  return every(DAY, clock, forget);
}
