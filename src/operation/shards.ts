/** Which connections to Discord ("shards") a process runs, of how many of the bot in all. */
export interface Shards {
  /** In ascending order; empty if no server's settings are needed. */
  readonly ids: readonly number[];
  readonly count: number;
}

/** Some things must be done by only one process: the one that runs shard 0. */
export function isFirst({ ids }: Shards): boolean {
  return ids.includes(0);
}

/**
 * Reads `0,1,2`, `0-3`, both mixed, or `2/16`: the part with the index 2, of 16 parts as equal as possible.
 *
 * @param count the total number of shards
 * @returns `undefined` if that isn't what the text says, or there are no such shards
 */
export function readShardIds(text: string, count: number): number[] | undefined {
  const all = Array.from({ length: count }, (_, id) => id);
  const [, part, parts] = (/^(\d+)\/(\d+)$/.exec(text.trim()) ?? []).map(Number);
  if (part !== undefined && parts !== undefined) {
    if (part >= parts || parts > count) return undefined;
    return all.slice(Math.floor((part * count) / parts), Math.floor(((part + 1) * count) / parts));
  }
  const ids = new Set<number>();
  for (const item of text.split(',')) {
    const [, first = '', last = first] = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(item) ?? [];
    if (first === '' || Number(last) < Number(first) || Number(last) >= count) return undefined;
    for (const id of all.slice(Number(first), Number(last) + 1)) ids.add(id);
  }
  return [...ids].sort((a, b) => a - b);
}
