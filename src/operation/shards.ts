/** Which connections to Discord ("shards") a process runs, of how many of the bot in all. */
export interface Shards {
  /** In order; none where only something else than servers is of interest. */
  readonly ids: readonly number[];
  readonly count: number;
}

/** A bot that needs no shards. */
export const ONE_SHARD: Shards = { ids: [0], count: 1 };

/** Some things have to be done by one process alone: the one that runs the first shard. */
export function isFirst({ ids }: Shards): boolean {
  return ids.includes(0);
}

/** Which shard is told of a server: https://docs.discord.com/developers/events/gateway#sharding */
export function shardOf(guildId: string, count: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(count));
}

/** What is wrong with the ids; a sentence without its subject. */
export class WrongShardIds extends Error {
  override readonly name = 'WrongShardIds';
}

const LIST = /^\d{1,6}(?:-\d{1,6})?(?:,\d{1,6}(?:-\d{1,6})?)*$/;
const PART = /^(?<part>\d{1,6})\/(?<parts>\d{1,6})$/;

/**
 * Reads `0,1,2`, `0-3`, both mixed, or `2/16`: the part with the index 2, of 16 parts as equal as can be.
 *
 * @param count how many shards the bot has in all
 * @throws {WrongShardIds}
 */
export function readShardIds(text: string, count: number): number[] {
  const written = text.replaceAll(/\s/g, '');
  const { part, parts } = PART.exec(written)?.groups ?? {};
  if (part !== undefined && parts !== undefined) return idsOfPart(Number(part), Number(parts), count);
  if (!LIST.test(written)) throw new WrongShardIds('must be ids like 0,1,2 or 0-3, or a part like 2/16');
  const ids = new Set<number>();
  for (const range of written.split(',')) {
    const [first = 0, last = first] = range.split('-').map(Number);
    if (last < first) throw new WrongShardIds(`must have ranges that go up, like ${last}-${first}`);
    if (last >= count) {
      throw new WrongShardIds(`must be below SHARD_COUNT, which is ${count}: the ids go from 0 to ${count - 1}`);
    }
    for (let id = first; id <= last; id++) ids.add(id);
  }
  return [...ids].sort((a, b) => a - b);
}

function idsOfPart(part: number, parts: number, count: number): number[] {
  if (parts === 0) throw new WrongShardIds('must have parts: the number after its slash cannot be 0');
  if (part >= parts) throw new WrongShardIds(`must have a part from 0 to ${parts - 1} before its slash`);
  if (parts > count) {
    throw new WrongShardIds(`must not ask for more parts than there are shards: SHARD_COUNT is ${count}`);
  }
  const first = Math.floor((part * count) / parts);
  const next = Math.floor(((part + 1) * count) / parts);
  return Array.from({ length: next - first }, (_, index) => first + index);
}

/** The ids in short: `0-3,7`. */
export function shardIdsInShort(ids: readonly number[]): string {
  const ranges: { first: number; last: number }[] = [];
  for (const id of ids) {
    const range = ranges.at(-1);
    if (range?.last === id - 1) range.last = id;
    else ranges.push({ first: id, last: id });
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}
