import type { Clock } from './clock.ts';

/** A map whose entries expire after `lifetime` milliseconds; beyond its capacity, the oldest go first. */
export function ttlCache<K, V>(lifetime: number, capacity: number, clock: Clock) {
  const entries = new Map<K, { readonly value: V; readonly end: number }>();
  let isExpiring = false;

  /** Deletes expired entries, the oldest first. One timer for all: timers of their own would outlive evicted entries. */
  async function expire(): Promise<void> {
    isExpiring = true;
    for (let [oldest] = entries; oldest; [oldest] = entries) {
      const [key, { end }] = oldest;
      if (end > clock.now()) await clock.wait(end - clock.now(), { ref: false });
      else entries.delete(key);
    }
    isExpiring = false;
  }

  return {
    get: (key: K): V | undefined => entries.get(key)?.value,
    delete: (key: K): boolean => entries.delete(key),
    set(key: K, value: V): void {
      entries.delete(key);
      entries.set(key, { value, end: clock.now() + lifetime });
      const [oldest] = entries.keys();
      if (entries.size > capacity && oldest !== undefined) entries.delete(oldest);
      if (!isExpiring) void expire();
    },
  };
}
