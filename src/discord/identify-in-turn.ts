import { SimpleIdentifyThrottler, type WebSocketOptions } from 'discord.js';
import { logFailure } from '../operation/failures.ts';
import type { Logger } from '../operation/log.ts';
import type { IdentifyTurns } from '../storage/identify-turns.ts';

/**
 * Options of discord.js with which a shard waits for its turn among all processes of the bot before it identifies. While
 * the database can't be used, it keeps to Discord's pace within this process: better an IDENTIFY that Discord refuses for
 * coming too soon, and that is repeated, than none.
 */
export function identifyInTurn(turns: IdentifyTurns, log: Logger): Pick<WebSocketOptions, 'buildIdentifyThrottler'> {
  return {
    buildIdentifyThrottler: async (connections) => {
      const { max_concurrency: buckets } = (await connections.fetchGatewayInformation()).session_start_limit;
      const alone = new SimpleIdentifyThrottler(buckets);
      return {
        async waitForIdentify(shard, signal) {
          try {
            await turns.take(shard % buckets, signal);
          } catch (error) {
            signal.throwIfAborted();
            logFailure(log, error, 'waiting for the turn to connect');
            await alone.waitForIdentify(shard, signal);
          }
        },
      };
    },
  };
}
