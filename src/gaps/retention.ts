import type { GapStore } from '../storage/gaps.ts';

const DAY = 86_400_000;
/** What nobody has asked for this long is forgotten. */
const DAYS_KEPT = 90;

/** A moment as a day, like 2026-11-23, by universal time. */
export function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** Forgets what was last asked more than 90 days ago. */
export async function forgetOld(gaps: GapStore, now = Date.now()): Promise<void> {
  await gaps.forgetBefore(dayOf(now - DAYS_KEPT * DAY));
}

/**
 * Forgets what is old now and once a day, recording or not.
 *
 * @param failed told what went wrong, each time
 * @returns a function that ends it
 */
export function keepForgetting(gaps: GapStore, failed: (error: unknown) => void): () => void {
  const forget = () => void forgetOld(gaps).catch(failed);
  forget();
  const timer = setInterval(forget, DAY).unref();
  return () => clearInterval(timer);
}
