import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import type { LogLevel } from './settings.ts';
import { type Shards, shardIdsInShort } from './shards.ts';

export type { Logger } from 'pino';

/**
 * Structured lines, or readable ones when a terminal looks on. What is logged never holds a token or a word that
 * anybody wrote: only ids, numbers and names of topics.
 *
 * @param shards what each line is to say it comes from, where the bot has more than one
 */
export function openLog(level: LogLevel, shards?: Shards): Logger {
  const options = { level, base: originOf(shards), redact: ['token', '*.token', '*.headers', '*.requestBody'] };
  return process.stdout.isTTY ? pino(options, pretty({ sync: true, translateTime: 'HH:MM:ss' })) : pino(options);
}

function originOf(shards: Shards | undefined): object | null {
  if (!shards || shards.count === 1) return null;
  return shards.ids.length === 1 ? { shard: shards.ids[0] } : { shards: shardIdsInShort(shards.ids) };
}
