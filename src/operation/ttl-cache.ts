import type { Clock } from './clock.ts';

/** A map whose entries expire after `lifetime` milliseconds; beyond its capacity, the oldest go first. */
export function ttlCache<K, V>(lifetime: number, capacity: number, clock: Clock) {
  const entries = new Map<K, { readonly value: V }>();
  return {
    get: (key: K): V | undefined => entries.get(key)?.value,
    delete: (key: K): boolean => entries.delete(key),
    set(key: K, value: V): void {
      const entry = { value };
      entries.delete(key);
      entries.set(key, entry);
      const [oldest] = entries.keys();
      if (entries.size > capacity && oldest !== undefined) entries.delete(oldest);
      void clock.wait(lifetime, { ref: false }).then(() => {
        if (entries.get(key) === entry) entries.delete(key);
      });
    },
  };
}
