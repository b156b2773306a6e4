import type { Shards } from '../src/operation/shards.ts';

export const ONE_SHARD: Shards = { ids: [0], count: 1 };
